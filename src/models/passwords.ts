import type { LibraryModel, Operation } from '../vocabulary/model.ts';

const pure: Operation = { pure: true };
const tried: Operation = { effect: { kind: 'verify', guessable: true } };

/** Passwords and one-time codes, held against what is stored. */
export default {
  name: 'passwords',
  packages: ['bcrypt', 'bcryptjs', '@node-rs/bcrypt', 'argon2', '@node-rs/argon2', 'otplib', 'speakeasy'],
  source: 'bcrypt 6 (its types), bcryptjs 3.0, @node-rs/bcrypt 1.10, argon2 0.44, @node-rs/argon2 2.2, otplib 12.0, speakeasy 2.0 (its types)',
  verified: 'types',
  exports: {
    compare: tried, compareSync: tried, verify: tried, verifySync: tried,
    hash: pure, hashSync: pure, hashRaw: pure, genSalt: pure, genSaltSync: pure, getRounds: pure, needsRehash: pure,
    authenticator: 'Codes', totp: 'Codes', hotp: 'Codes',
  },
  types: {
    Codes: { members: { verify: tried, check: tried, verifyDelta: tried, checkDelta: tried, generate: pure, generateSecret: pure, keyuri: pure, timeRemaining: pure, clone: { returns: 'this' } } },
  },
} satisfies LibraryModel;
