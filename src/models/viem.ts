import type { EffectShape, LibraryModel, Member, Operation } from '../vocabulary/model.ts';

/** Ten seconds and three retries of the transport over HTTP. */
const common: EffectShape = { system: 'rpc', retries: 3 };
const rows = (names: string, member: Member): Record<string, Member> => Object.fromEntries(names.split(' ').map((name) => [name, member]));
const made: Operation = { returns: { type: 'Client', handle: 'new' } };

export default {
  name: 'viem',
  packages: ['viem'],
  exports: { createPublicClient: made, createWalletClient: made, createTestClient: made, ...rows('http webSocket fallback parseEther formatEther parseUnits formatUnits encodeFunctionData decodeEventLog getAddress isAddress keccak256 toHex parseAbi hashMessage encodeAbiParameters', { pure: true }) },
  types: {
    Client: {
      aliases: ['PublicClient', 'WalletClient'], role: 'client',
      members: {
        ...rows('readContract multicall getBalance getBlock getBlockNumber getLogs getTransaction getTransactionReceipt getTransactionCount getCode getGasPrice estimateGas estimateContractGas simulateContract getChainId call verifyMessage', { effect: { ...common, kind: 'read', action: 'find' } }),
        waitForTransactionReceipt: { effect: { ...common, kind: 'read', action: 'find', deadline: 180_000, deadlineOption: 'a0.timeout' } },
        // A transaction of the same nonce is taken once.
        ...rows('sendTransaction writeContract deployContract', { effect: { ...common, kind: 'call', action: 'request', method: '#POST', idempotencyKey: 'a0.nonce' } }),
        sendRawTransaction: { effect: { ...common, kind: 'call', action: 'request', method: '#POST', repeatable: true } },
        ...rows('signMessage signTypedData signTransaction', { pure: true }), extend: { returns: 'this' },
        watchContractEvent: { registers: [{ entry: { kind: 'event', redelivers: false, source: 'a0.eventName' }, fn: 'a0.onLogs' }] }, watchBlocks: { registers: [{ entry: { kind: 'event', redelivers: false }, fn: 'a0.onBlock' }] },
      },
    },
  },
  source: 'viem 2.57',
  verified: 'types',
} satisfies LibraryModel;
