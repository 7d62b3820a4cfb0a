import type { Invocation, LibraryModel, Member, Operation } from '../vocabulary/model.ts';

const pure: Operation = { pure: true };
const rows = (names: string, operation: Member): Record<string, Member> => Object.fromEntries(names.split(' ').map((name) => [name, operation]));

const item: Invocation = { fn: 'a1', args: ['a0[]', null, null], times: 'per-item', over: 'a0', concurrency: 'unbounded' };
/** Calls its function for each element at once: one that is async overlaps. */
const each: Operation = { invokes: [item], returns: 'invoked' };
/** The function answers about an element. */
const test: Operation = { invokes: [item], pure: true };
const fold: Operation = { invokes: [{ ...item, args: [null, 'a0[]', null], concurrency: 'sequential' }], pure: true };
const through: Operation = { returns: 'a0' };
const retry = (value: string): Operation => ({ invokes: [{ fn: 'a0', times: 'retried', region: { kind: 'retry', value, pause: 'a1.delay', reruns: true } }], returns: 'invoked' });
const bounded = (then: Operation): readonly Operation[] => [
  { when: [{ at: 'a2.concurrency', kind: 'present' }], ...then, invokes: [{ ...item, concurrency: 'a2.concurrency' }] },
  { when: [{ at: 'a2', kind: 'absent' }], ...then, invokes: [item] },
  { when: [{ at: 'a2.concurrency', kind: 'absent' }], ...then, invokes: [item] },
  then,
];

const members: Record<string, Member> = {
  ...rows('map flatMap flatMapDeep mapValues', each),
  ...rows('forEach each forEachRight eachRight forOwn forIn forEachObj', { invokes: [item], returns: 'a0' }),
  times: { invokes: [{ fn: 'a1', times: 'per-item', over: 'a0', concurrency: 'unbounded' }], returns: 'invoked' },
  ...rows('mapKeys mapToObj filter reject find findLast findIndex findLastIndex findKey some every partition groupBy keyBy indexBy countBy sortBy orderBy uniqBy uniqueBy sumBy minBy maxBy meanBy omitBy pickBy takeWhile dropWhile remove dropRightWhile takeRightWhile firstBy', test),
  ...rows('reduce reduceRight transform', fold),
  /** Bounded lists, of `a1` elements each; in the data-last form of `a0`. */
  chunk: pure,
  ...rows('once memoize debounce throttle unary ary partial negate identity tap cloneDeep clone', through),
  ...rows('merge assign defaults defaultsDeep set unset extend assignIn mergeWith', { returns: 'a0', mutates: 'a0' }),
  delay: [{ when: [{ at: 'a0', kind: 'function' }], invokes: [{ fn: 'a0', when: 'later', region: { kind: 'background' } }] }, pure],
  defer: { invokes: [{ fn: 'a0', args: ['a1', 'a2'], when: 'later', region: { kind: 'background' } }] },
  attempt: { invokes: [{ fn: 'a0', args: ['a1', 'a2'] }], returns: 'invoked' }, attemptAsync: { invokes: [{ fn: 'a0' }], returns: 'invoked' },
  now: { yields: 'clock' }, ...rows('random sample sampleSize shuffle randomInt randomInteger randomString', { yields: 'random' }),
  uniqueId: pure,
  // es-toolkit: asynchronous, with a limit or without
  mapAsync: bounded({ returns: 'invoked' }), forEachAsync: bounded({}), filterAsync: bounded({}), flatMapAsync: bounded({ returns: 'invoked' }),
  reduceAsync: { invokes: [{ ...item, args: [null, 'a0[]', null], concurrency: 'sequential' }] },
  limitAsync: { returns: { type: 'LimitedFunction', handle: 'new' } },
  withTimeout: { invokes: [{ fn: 'a0', region: { kind: 'timeout', value: 'a1' } }], returns: 'invoked' }, timeout: pure,
  retry: [
    { when: [{ at: 'a1', kind: 'absent' }], ...retry('#Infinity') },
    { when: [{ at: 'a1', kind: 'object' }, { at: 'a1.retries', kind: 'absent' }], ...retry('#Infinity') },
    { when: [{ at: 'a1', kind: 'object' }], ...retry('a1.retries') },
    retry('a1'),
  ],
  Semaphore: 'async-sema#Sema', Mutex: 'async-sema#Sema',
  ...rows('compact concat difference differenceBy differenceWith drop dropRight fill flatten flattenDeep flattenDepth flat flow fromPairs fromEntries fromKeys functions get getOr has hasIn head first last initial includes indexOf intersection intersectionBy intersectionWith invert invertBy isArray isArrayLike isBoolean isBuffer isDate isDeepEqual isDefined isElement isEmpty isEmptyObject isEqual isEqualWith isError isFinite isFunction isInteger isMatch isNaN isNil isNonNullish isNull isNullish isNumber isObject isObjectLike isPlainObject isPromise isRegExp isString isSymbol isTruthy isTypedArray isUndefined join keys keysIn lastIndexOf length max mean min nth omit pad padEnd padStart parseInt pathOr pick pipe piped prop pull pullAll pullAllBy pullAt range rangeRight rearg repeat replace result reverse size slice splice sortedIndex split splitAt startsWith endsWith snakeCase camelCase kebabCase startCase upperCase upperFirst lowerCase lowerFirst capitalize trim trimEnd trimStart truncate toCamelCase toKebabCase toSnakeCase sort sum tail take takeRight template toArray toFinite toInteger toLower toNumber toPairs toPairsIn toPath toString toUpper union unionBy unionWith uniq unique uniqWith values valuesIn when without words xor xorBy xorWith zip zipObject zipWith entries invariant sum add subtract multiply divide ceil floor round clamp inRange constant noop stubTrue stubFalse castArray cond conforms matches property escape unescape escapeRegExp deburr chain addProp mergeAll mergeDeep objOf hasAtLeast', pure),
};

/** Each function is also a package or a subpath of its own, as the default export. */
export default {
  name: 'lodash',
  packages: ['lodash', 'lodash-es', 'lodash/*', 'lodash.*', 'lodash-es/*', 'es-toolkit', 'es-toolkit/*', 'remeda', 'underscore'],
  source: 'lodash 4.18, es-toolkit 1.53, remeda 2.61: names of the exports, and type declarations of those that call a function',
  verified: 'types',
  exports: { ...members, default: 'Lodash' },
  types: {
    Lodash: { aliases: ['LoDashStatic', 'default.LoDashStatic'], call: pure, members: { ...members, '*': pure } },
    LimitedFunction: { call: pure },
  },
} satisfies LibraryModel;
