import type { LibraryModel, Member, Operation } from '../vocabulary/model.ts';

const pure: Operation = { pure: true };
const pures = (names: string): Record<string, Member> => Object.fromEntries(names.split(' ').map((name) => [name, pure]));
const digest: Operation = { pure: true, returns: { type: 'Digest', handle: 'new' } };

const members: Record<string, Member> = {
  randomUUID: { yields: 'id' },
  randomBytes: { yields: 'random' }, randomInt: { yields: 'random' }, pseudoRandomBytes: { yields: 'random' },
  randomFill: { yields: 'random' }, randomFillSync: { yields: 'random', returns: 'a0' }, getRandomValues: { yields: 'random', returns: 'a0' },
  timingSafeEqual: { effect: { kind: 'verify', compares: true } },
  createHash: digest, createHmac: digest, createSign: digest, createVerify: digest,
  createCipheriv: digest, createDecipheriv: digest,
  ...pures('hash sign verify pbkdf2 pbkdf2Sync scrypt scryptSync hkdf hkdfSync createPrivateKey createPublicKey createSecretKey publicEncrypt privateDecrypt privateEncrypt publicDecrypt getHashes getCiphers getCurves'),
  subtle: 'platform#Pure',
  webcrypto: 'platform#Crypto',
};

export default {
  name: 'node-crypto',
  packages: ['node:crypto', 'crypto'],
  source: '@types/node 22',
  verified: 'types',
  exports: members,
  types: {
    /** A hash, signature or cipher being fed. */
    Digest: {
      aliases: ['Hash', 'Hmac', 'Sign', 'Verify', 'Signer', 'Verifier', 'Cipher', 'Decipher'],
      members: { update: { returns: 'this', mutates: 'this' }, '*': pure },
    },
  },
} satisfies LibraryModel;
