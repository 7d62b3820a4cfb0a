import type { LibraryModel, Member, Operation } from '../vocabulary/model.ts';

const id: Operation = { yields: 'id' };
const sortable: Operation = { yields: 'sortable-id' };
const pure: Operation = { pure: true };
const derived = (names: string): Record<string, Member> => Object.fromEntries(names.split(' ').map((name) => [name, pure]));

export default {
  name: 'uuid',
  packages: ['uuid', 'nanoid', 'nanoid/*', '@paralleldrive/cuid2', 'cuid', 'ulid', 'ulidx', 'bson'],
  source: 'uuid 14.0, nanoid 5.1, @paralleldrive/cuid2 3.3, ulid 3.0, ulidx, bson 7.3 type declarations',
  verified: 'types',
  exports: {
    v1: id, v4: id, v6: sortable, v7: sortable,
    ...derived('v3 v5 v1ToV6 v6ToV1 parse stringify validate version NIL MAX'),
    nanoid: id, customAlphabet: { returns: { type: 'Generator' } }, customRandom: { returns: { type: 'Generator' } }, random: { yields: 'random' },
    createId: id, init: { returns: { type: 'Generator' } }, isCuid: pure,
    /** With a seed time it is still random. */
    ulid: sortable, monotonicFactory: { returns: { type: 'SortableGenerator' } }, factory: { returns: { type: 'SortableGenerator' } },
    ...derived('decodeTime encodeTime isValid fixULIDBase32'),
    ObjectId: 'ObjectId', ObjectID: 'ObjectId',
    ...derived('UUID Long Decimal128 Binary Double Int32 Timestamp serialize deserialize'),
  },
  types: {
    Generator: { call: id },
    SortableGenerator: { call: sortable },
    ObjectId: {
      aliases: ['ObjectID'],
      call: [{ when: [{ at: 'a0', kind: 'absent' }], yields: 'id' }, pure],
      construct: [{ when: [{ at: 'a0', kind: 'absent' }], yields: 'id' }, pure],
      members: { '*': pure },
      statics: { '*': pure },
    },
  },
} satisfies LibraryModel;
