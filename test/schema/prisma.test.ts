import { expect, test } from 'vitest';
import { readPrismaSchema } from '../../src/schema/index.ts';

test('ids, unique fields, compound keys and the names of the database', () => {
  const [user, membership] = readPrismaSchema(
    `
    datasource db { provider = "postgresql" }

    /// A person. model Fake { }
    model User {
      id        String   @id @default(cuid())
      email     String   @unique(map: "users_email") // @unique
      createdAt DateTime @default(now()) @map("created_at")
      memberships Membership[]

      @@map("users")
    }

    model Membership {
      userId String @map("user_id")
      orgId  String
      role   String @default("a) \\" @unique")

      @@id([userId, orgId])
      @@unique(fields: [orgId, role(sort: Desc)], name: "role", map: "m_role")
      @@index([role])
    }`,
    'schema.prisma',
  );
  expect(user).toEqual({
    name: 'User',
    aliases: ['User', 'users'],
    unique: [{ columns: ['id'], primary: true }, { columns: ['email'] }],
    columns: ['id', 'email', 'createdAt', 'memberships', 'created_at'],
    relations: { memberships: 'Membership' },
    file: 'schema.prisma',
    line: 5,
  });
  expect(membership.unique).toEqual([
    { columns: ['userId', 'orgId'], primary: true, name: 'userId_orgId' },
    { columns: ['user_id', 'orgId'], primary: true, name: 'userId_orgId' },
    { columns: ['orgId', 'role'], name: 'role' },
  ]);
});

test('a list over several lines, and a condition on the key', () => {
  const [table] = readPrismaSchema(
    'model Slot {\n  a Int\n  b Int\n  @@unique([\n    a, // first\n    b\n  ], where: raw("b > 0"))\n}',
    's.prisma',
  );
  expect(table.unique).toEqual([{ columns: ['a', 'b'], partial: true, name: 'a_b' }]);
});

test('a broken schema gives what can be read', () => {
  const text = 'model A {\n  id Int @id\n  x @@@ ((\nmodel B {\n  id Int @id(\n  "\n}\nmodel C {\n id Int @id\n}';
  expect(readPrismaSchema(text, 's.prisma').map((table) => table.name)).toEqual(['A', 'B', 'C']);
  for (let end = 0; end < text.length; end++) readPrismaSchema(text.slice(0, end), 's.prisma');
});
