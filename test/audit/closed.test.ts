import { expect, test } from 'vitest';
import { auditAll } from '../support/audit-files.ts';

const program = {
  'src/invite.ts': `
    import express from 'express';
    import { Resend } from 'resend';

    const app = express();
    const resend = new Resend(process.env.RESEND_API_KEY);

    app.post('/invitations', async (req, res) => {
      await resend.emails.send({ from: 'regatta@example.com', to: req.body.to, subject: 'You are invited', html: '' });
      res.sendStatus(204);
    });
  `,
};
const found = async (closed?: boolean) =>
  (await auditAll(program, { preset: 'all', certainty: 'likely', config: closed === undefined ? {} : { closed } })).filter(({ ruleId }) => ruleId === 'distributed/require-inbound-throttling').map(({ certainty, location }) => `${certainty} ${location.startLine}`);

test('where no handler is limited, a gateway may do it, unless the config says that nothing out of view does', async () => {
  expect(await found()).toEqual([]);
  expect(await found(false)).toEqual([]);
  expect(await found(true)).toEqual(['proven 9']);
});
