/** A module whose callers can lose an update: a balance is read, and written back. */
export const ACCOUNT_STORE = `import { Pool } from 'pg';
export const pool = new Pool();
export async function balance(id: string): Promise<number> {
  const { rows } = await pool.query('SELECT amount FROM account WHERE id = $1', [id]);
  return rows[0].amount;
}
export async function setBalance(id: string, amount: number): Promise<void> {
  await pool.query('UPDATE account SET amount = $2 WHERE id = $1', [id, amount]);
}
`;
