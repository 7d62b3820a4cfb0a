import type { Frame } from '../program/frame.ts';
import { droppedBefore, handedOff, isHandledAt, isOfQueue, isWork, polls, promises, requeuedBlindly, swallowedBy } from '../questions/acknowledgement.ts';
import type { Attempt, Detached, Effect, Guard, Occurrence, OrderKey, Region, Retry } from '../program/effect.ts';
import type { Machine, Walk } from '../program/machine.ts';
import { type Batch, batchesOf, overflows } from '../questions/batches.ts';
import { type Bound, boundOf, fanOutsOf, fromMessage, isDelivery, limitedByGuard, overOf, ownedByGuard } from '../questions/bounds.ts';
import { comesFrom, fieldOf, leavesOf, originsOf, sourcesIn } from '../program/origins.ts';
import {
  type Answer, type Decision, type Feeding, before, conditionOf, decisionsOf, excludes, exclusive, isConsumed, isKey, isOpenHandle, isTransaction, isUnread, readsFeeding, sameRecord, sameResource, verifies, winnersOf, writtenFields,
} from '../questions/records.ts';
import { counted } from '../questions/counters.ts';
import { counterEdit } from './counter-edit.ts';
import type { SuggestedEdit } from './define-rule.ts';
import { failsAll, isBestEffort, mayReport, unreadFailures } from '../questions/failures.ts';
import { type PerItem, isOfRelated, perItem } from '../questions/loops.ts';
import { type Snapshot, comparesWithStored, snapshotWrite } from '../questions/message-state.ts';
import { type Carried, carriedRows } from '../questions/payload.ts';
import { type ClockComparison, clockComparison, clockCursor, lateWindow, clockIdentity, decidesWrite, missedByCursor, pages, skippedByCursor, takesOne, uniqueOrder } from '../questions/ordering.ts';
import { chanceBefore, namedApart, stepOf } from '../questions/durable.ts';
import { type LocalDecision, localDecision } from '../questions/local-state.ts';
import { pacesElsewhere, unpaced } from '../questions/pacing.ts';
import { type Deadline, deadlineOf, optionsMadeIn, outlasts, stopsWorker } from '../questions/deadlines.ts';
import { type KeyVerdict, carried, keyVerdict, leftOutIn, makesRecord } from '../questions/keys.ts';
import { type Layer, inLockstep, layersOf, retryAround } from '../program/retries.ts';
import { adds, claimedBefore, convergent, dedupedBy, doneBefore, ensures, handledConflict, isAlone, namedByCaller, reachedOnReplay, recordsIntention, refusesSecond } from '../questions/repeats.ts';
import { type Claim, claimOf } from '../questions/claims.ts';
import { isUnlimited, letsGuess } from '../questions/throttling.ts';
import { names, related } from '../questions/related.ts';
import { type Relay, relayOf, sentAgain } from '../questions/relays.ts';
import { type PutOff, putOffForEver } from '../questions/reschedules.ts';
import { requeuedAtOnce } from '../questions/requeues.ts';
import { type Scan, scanUnder } from '../questions/scans.ts';
import { type Scattered, scattered } from '../questions/shards.ts';
import { type Lock, comparedBefore, endlessWork, locksOf, misheld } from '../questions/locks.ts';
import type { Root } from '../program/roots.ts';
import { type OpenTransaction, apartFrom, isOuterClient, openTransaction, overtaken, sameStore } from '../questions/transactions.ts';
import { type Verdict, continues, decisionKind, isMatched, movesOn, movesOtherwise, writesAlike } from '../questions/decisions.ts';
import { type CallPlace, type Value, optionsOf } from '../program/value.ts';
import { waitsIn } from '../program/run.ts';
import type { Use } from '../vocabulary/ir.ts';
import type { Replicas } from '../vocabulary/deployment.ts';
import type { TableFacts } from '../vocabulary/schema.ts';

/** Computed and compared, or checked by the library that knows the sender. */
const isSignature = ({ effect }: Occurrence): boolean => effect.shape.guessable !== true && (effect.shape.compares !== true || effect.args.some((arg) => leavesOf(arg).some((leaf) => leaf.k === 'library' && leaf.type.library.name === effect.library)));
const AWAITED: ReadonlySet<Use> = new Set(['awaited', 'returned']);

/** The questions a rule may put about one execution. */
export class Ask {
  private readonly byEffect: ReadonlyMap<Effect, Occurrence>;
  private locks: readonly Lock[] | null = null;

  constructor(private readonly machine: Machine, private readonly walk: Walk, readonly root: Root) {
    this.byEffect = new Map(walk.occurrences.map((occurrence) => [occurrence.effect, occurrence]));
  }

  /** Every effect of the execution, in order. */
  get occurrences(): readonly Occurrence[] {
    return this.walk.occurrences;
  }

  /** Reads whose fields the write's absolute values are computed from. */
  readsFeeding(write: Occurrence): readonly Feeding[] {
    return readsFeeding(this.machine, this.byEffect, write);
  }

  /** A field that only counts from what was read, in the client's words for letting the store count; null where the client has none. */
  countedBy(write: Occurrence, read: Occurrence): SuggestedEdit | null {
    const field = counted(this.machine, write, read);
    const [spelling] = write.effect.shape.values ?? [];
    return field === null || (spelling !== 'prisma' && spelling !== 'mongo') ? null : { message: `Let the store count "${field}" itself.`, edit: (text) => counterEdit(text, field, spelling) };
  }

  /** Reads whose result decides whether the effect is reached. */
  decidedBy(effect: Occurrence): readonly Decision[] {
    return decisionsOf(this.byEffect, effect);
  }

  /** One row is taken of those that wait, whichever it is. */
  takesNext({ effect }: Occurrence): boolean {
    const named = effect.where.filter(({ op }) => op === '=');
    return effect.shape.cardinality === 'one' && (effect.order !== null ? !named.some(({ field }) => isKey(this.machine, effect, field)) : named.every(({ value }) => leavesOf(value).every((leaf) => leaf.k === 'literal' || leaf.k === 'external')));
  }

  /** What the read gave had to match what was brought along. */
  isMatched(effect: Occurrence, read: Occurrence): boolean {
    return isMatched(this.decidedBy(effect), read);
  }

  /** Some test or the caller looks at what the effect came to. */
  isLookedAt(effect: Occurrence): boolean {
    return isConsumed(this.machine, effect.effect);
  }

  /** Which kind of decision a read makes for an effect: absent then insert, count below a bound, a state. */
  decisionKind(decision: Decision, effect: Occurrence): Verdict | null {
    return decisionKind(this.machine, decision, effect);
  }

  /** The column in which an insert continues what was read: one more than the newest row, or than there were. */
  continues(write: Occurrence, feeding: Feeding): string | null {
    return continues(write, feeding);
  }

  /** The field by which a read picked its rows and which the write moves on, naming the row by its key alone. */
  movesOn(write: Occurrence, read: Occurrence): string | null {
    return movesOn(this.machine, write, read);
  }

  /** Two callers that both do this write leave what one leaves. */
  writesAlike(write: Occurrence): boolean {
    return writesAlike(this.machine, write);
  }

  /** Elsewhere in the program the field of such a row gets another constant. */
  movesOtherwise(write: Occurrence, field: string): boolean | null {
    return movesOtherwise(this.machine, write, field);
  }

  /** A row that the store refuses to the second of two calls at once, which ends there. */
  refusesSecond(write: Occurrence): boolean {
    return refusesSecond(this.machine, write);
  }

  /** Both are done for the same element of every iteration that the first stands in. */
  inSameRound(a: Occurrence, b: Occurrence): boolean {
    return a.regions.every((region) => (region.kind !== 'each' && region.kind !== 'loop') || b.regions.includes(region));
  }

  sameRecord(read: Occurrence, write: Occurrence): Answer {
    return sameRecord(read.effect, write.effect);
  }

  sameResource(a: Occurrence, b: Occurrence): boolean | null {
    return sameResource(a.effect, b.effect);
  }

  /** The write fails or recomputes when what the read saw has changed. */
  verifies(write: Occurrence, read: Occurrence, fields: readonly string[]): Answer {
    return verifies(this.machine, write, read, fields);
  }

  /** The write has a condition on what the read saw, whether or not anyone looks at its outcome. */
  hasCondition(write: Occurrence, read: Occurrence, fields: readonly string[]): Answer {
    return conditionOf(this.machine, write, read, fields);
  }

  /** Nobody else can come between the read and the write. */
  excludes(read: Occurrence, write: Occurrence): Answer {
    return excludes(this.machine, this.occurrences, read, write);
  }

  writtenFields(write: Occurrence): ReturnType<typeof writtenFields> {
    return writtenFields(this.machine, write.effect);
  }

  before(a: Occurrence, b: Occurrence): boolean {
    return before(a, b);
  }

  exclusive(a: Occurrence, b: Occurrence): boolean {
    return exclusive(a, b);
  }

  isKey(effect: Occurrence, field: string): boolean {
    return isKey(this.machine, effect.effect, field);
  }

  isUnique(table: string, columns: readonly string[]): 'yes' | 'no' | 'unknown' {
    return this.machine.program.host.isUnique(table, columns);
  }

  table(name: string): TableFacts | undefined {
    return this.machine.program.host.table(name);
  }

  /** The transaction that is open when the effect happens, and whether the effect is part of it. */
  openTransaction(effect: Occurrence): OpenTransaction | null {
    return openTransaction(effect);
  }

  /** The transaction around the one that the effect is part of, which the inner one does not belong to. */
  apartFrom(effect: Occurrence): Region | null {
    return apartFrom(effect);
  }

  /** The first write of the innermost transaction that it is part of. */
  isFirstOf(write: Occurrence): boolean {
    const region = write.regions.findLast(({ kind }) => kind === 'transaction');
    return region !== undefined && this.occurrences.find((other) => other.effect.kind === 'write' && other.regions.includes(region)) === write;
  }

  /** The dropped promise because of which a statement may be left behind by the transaction that it is part of. */
  overtaken(effect: Occurrence): Detached | null {
    return overtaken(effect);
  }

  sameStore(a: Occurrence, b: Occurrence): boolean {
    return sameStore(a.effect, b.effect);
  }

  isOpenHandle(effect: Occurrence): boolean {
    return isOpenHandle(this.machine, effect.effect.handle);
  }

  /** The iteration whose runs overlap at the effect, and how many there can be: the innermost that nothing bounds. */
  fanOut(effect: Occurrence): { readonly region: Region; readonly bound: Bound } | null {
    // One transaction is one connection: what goes through it waits in line.
    const transaction = openTransaction(effect);
    if (transaction?.member === 'yes' && transaction.region === null) return null;
    // `{ transaction }` as a caller gave it: whether it holds one, only the caller tells.
    const { handle } = effect.effect;
    if (handle?.k === 'library' && (handle.type.shape.serial === true || (handle.handle?.k === 'library' && handle.handle.type.shape.serial === true))) return null;
    if (transaction === null && handle !== null && (handle.k === 'param' || handle.k === 'access' || isTransaction(handle))) return null;
    const found = fanOutsOf(effect, transaction?.member === 'yes' ? transaction.region : null).map((region) => ({ region, bound: this.boundAt(region, effect) }));
    return found.find(({ bound }) => bound.is === 'data') ?? found[0] ?? null;
  }

  private boundAt(region: Region, { guards, regions }: Occurrence): Bound {
    if (region.over === null) return overOf(region, this.entryFunction);
    if (limitedByGuard(region.over, guards) || this.isDelivery(region.over)) return { is: 'bounded' };
    const bound = overOf(region, this.entryFunction, 0, regions);
    return bound.is === 'data' && ownedByGuard(region.over, guards) ? { ...bound, owned: true } : bound;
  }

  /** The messages of one call of the handler, whose number the consumer's settings say. */
  private isDelivery(list: Value): boolean {
    const shape = this.root.entry?.shape;
    return shape?.sized === true && shape.batch !== undefined && isDelivery(list, shape.batch.replaceAll('[]', '').split('.').slice(1), this.root.fn.ir);
  }

  /** Lists that go out in one call and can be longer than it takes. */
  overflowing(effect: Occurrence): readonly Batch[] {
    return batchesOf(this.machine, effect, this.root.fn.ir, this.entryFunction).filter(overflows);
  }

  /** The effect happens once for each element of a list, or each node of a tree, where one call could do them all. */
  perItem(effect: Occurrence): PerItem | null {
    return perItem(this.machine, this.walk, effect, this.root);
  }

  /** The message goes back into its queue each time its work fails, however often that was. */
  requeuedBlindly(nack: Occurrence): boolean {
    return requeuedBlindly(nack, this.walk.tests, this.root.entry?.shape.deliveries ?? []);
  }

  /** A piece of a list for a store that spreads rows by a column, where the list is not sorted by it. */
  scattered(write: Occurrence): Scattered | null {
    return scattered(this.machine, write);
  }

  /** Where the answer of a batch call is let go, though items can have failed and nothing reads which. */
  unreadFailures(effect: Occurrence): Frame | null {
    return unreadFailures(this.walk, effect);
  }

  /** The iteration over a batch of messages in which one failure makes the whole batch come again, though the source takes the failed ones by name. */
  failsBatch(effect: Occurrence): Region | null {
    const partial = this.root.entry?.shape.partial;
    if (partial === undefined || !this.isWork(effect) || !failsAll(effect) || mayReport(this.walk.returned, partial)) return null;
    return effect.regions.find((region) => (region.kind === 'each' || region.kind === 'loop') && region.over !== null && this.isDelivery(region.over)) ?? null;
  }

  /** A statement as text that is out of view. */
  isUnread({ effect }: Occurrence): boolean {
    return isUnread(effect);
  }

  /** Of the failure of the second alone nothing comes but a line in a log. */
  isBestEffort(first: Occurrence, second: Occurrence): boolean {
    return isBestEffort(this.occurrences, first, second);
  }

  bound(value: Value): Bound {
    return boundOf(value, this.entryFunction);
  }

  /** Doing it again with the same input changes nothing more. */
  convergent(effect: Occurrence): Answer {
    return convergent(this.machine, this.byEffect, effect, this.entryFunction);
  }

  /** The first only sees to it that a record is there; what follows is done whether or not it was. */
  ensures(first: Occurrence, second: Occurrence): boolean {
    return ensures(this.byEffect, first, second);
  }

  /** Makes a record that was not there. */
  adds({ effect }: Occurrence): boolean {
    return adds(effect);
  }

  /** A record of the message, or of the effect's own outcome, ends the handler before the effect. */
  dedupedBy(effect: Occurrence): Occurrence | null {
    return dedupedBy(this.byEffect, this.occurrences, effect, this.entryFunction);
  }

  /** What the message says is in the effect, or decides about it; what only says that it is time is nowhere looked at. */
  heedsMessage({ effect, guards }: Occurrence): boolean {
    return [...effect.args, ...effect.where.map(({ value }) => value), ...effect.values.map(({ value }) => value), ...guards.flatMap(({ test, together }) => together?.map((part) => part.test) ?? [test])].some((value) => fromMessage(value, this.entryFunction));
  }

  /** The verb of the request that is handled, when the code says it. */
  get method(): string | null {
    const method = this.root.entry?.shape.method;
    return this.root.entry?.method ?? (method?.startsWith('#') === true ? method.slice(1) : null);
  }

  /** What the effect leaves behind, or the handler with it, was looked for before, or is made under a condition that only the first request meets. */
  doneBefore(effect: Occurrence): Occurrence | null {
    return doneBefore(this.machine, this.byEffect, this.occurrences, effect);
  }

  /** Whoever asks for the record gives it its name. */
  namedByCaller(write: Occurrence): boolean {
    return namedByCaller(this.machine, write, this.entryFunction);
  }

  /** Messages come as fast as the source gives them, and nothing lets it wait for those that are at work. */
  isPushed(effect: Occurrence): boolean {
    const { entry } = this.root;
    if (entry?.shape.pushes !== true || effect.regions.some((region) => region.kind === 'limit' || region.kind === 'lock')) return false;
    const { paced } = this.machine;
    return entry.through != null && !paced.has(entry.through) && !paced.has(entry.file) && !paced.has(entry.fn.file);
  }

  /** The listener that is called for each element of a stream without being waited for, when it waits for something itself and nothing pauses the stream. */
  pushesInto(listening: Occurrence): boolean {
    const { shape, args, handle } = listening.effect;
    const listener = shape.pushes === undefined ? undefined : args[Number(shape.pushes.slice(1))];
    const { paced } = this.machine;
    return listener?.k === 'function' && listener.ir.async && waitsIn(listener.ir.body, AWAITED) > 0 && !paced.has(listening.frame.file) && (handle === null || !paced.has(handle));
  }

  /** Requests are limited elsewhere, in handlers that were followed or `anywhere` in the program, and nothing limits those that come here. */
  isUnlimited(anywhere: boolean): boolean {
    return isUnlimited(this.machine, this.walk, this.root, anywhere);
  }

  /** The request says what a stored password or code may be, and learns whether it is. */
  letsGuess(effect: Occurrence): boolean {
    return letsGuess(this.walk, effect, this.entryFunction);
  }

  /** Nothing out of view limits requests, by the word of the config. */
  get isClosed(): boolean {
    return this.machine.program.host.closed === true;
  }

  /** How many processes run the code that the execution starts in; null where nothing in view says it. */
  get replicas(): Replicas | null {
    return this.machine.program.host.replicasOf?.(this.root.entry?.file ?? this.root.fn.file) ?? null;
  }

  /** A lock or a claim that others share lets only one process come here. */
  isAlone(effect: Occurrence): boolean {
    return isAlone(this.occurrences, effect);
  }

  /** It happens in each process that runs this, at the same time. */
  firesEverywhere(effect: Occurrence): boolean {
    const timer = effect.regions.find((region) => region.everywhere === true);
    return this.root.entry?.shape.everywhere === true || (timer !== undefined && !this.isOwnTimer(effect, timer));
  }

  /** It goes on with what this execution made or read before it started the timer. */
  private isOwnTimer({ effect }: Occurrence, timer: Region): boolean {
    const given = [...effect.where.map(({ value }) => value), ...effect.values.map(({ value }) => value), ...effect.args];
    return given.some((value) => originsOf(value).some((origin) => this.byEffect.get(origin.effect)?.regions.includes(timer) === false));
  }

  /** What this process alone remembers decides whether the effect is reached. */
  localDecision(effect: Occurrence): LocalDecision | null {
    return localDecision(effect, this.entryFunction);
  }

  /** Counts requests in the memory of this process, and turns the rest away. */
  limitsHere({ effect }: Occurrence): boolean {
    const kind = this.root.entry?.shape.kind;
    return effect.system === 'process' && effect.action === 'increment' && (kind === 'http' || kind === 'rpc' || kind === 'middleware');
  }

  /** The step of a durable execution that it stands in. */
  stepOf(effect: Occurrence): Region | null {
    return stepOf(effect);
  }

  /** A clock or random value that is read anew when a durable execution goes on decides whether the effect is reached. */
  chanceBefore(effect: Occurrence): Guard | null {
    return chanceBefore(effect);
  }

  /** The earlier step that was given the same random value, which is made anew in between. */
  namedApart(effect: Occurrence): Occurrence | null {
    return namedApart(this.occurrences, effect);
  }

  /** What may call the effect a second time for the same cause: a retry around it, a redelivery, the caller of a request. */
  repeatedBy(effect: Occurrence): { readonly region: Region; readonly by: 'retry' | 'message' | 'relay' | 'request'; readonly likely: boolean } | null {
    const retry = retryAround(this.walk, effect);
    if (retry !== null && !(retry.value?.k === 'literal' && Number(retry.value.value) < 1)) return { region: retry, by: 'retry', likely: false };
    const entry = effect.regions.find((region) => region.kind === 'entry');
    if (entry === undefined) return null;
    const redelivers = this.redelivers(effect);
    if (redelivers !== 'no') return { region: entry, by: 'message', likely: redelivers === 'likely' };
    const kind = this.root.entry?.shape.kind;
    const rows = sentAgain(this.machine, this.occurrences, effect);
    if (rows !== null) return { region: rows, by: 'relay', likely: true };
    return kind === 'http' || kind === 'rpc' ? { region: entry, by: 'request', likely: true } : null;
  }

  /** The innermost retry that does the effect again when it fails. */
  retryAround(effect: Occurrence): Region | null {
    return effect.inHandler === null ? retryAround(this.walk, effect) : null;
  }

  /** After a failure the consumer puts what it was given back into its own queue, where it comes at once. */
  requeuedAtOnce(message: Occurrence): boolean {
    return requeuedAtOnce(message, this.root);
  }

  /** A row whose work failed is put off and taken again, and nothing looks at how often. */
  putOffForEver(write: Occurrence): PutOff | null {
    return putOffForEver(this.machine, this.walk, write);
  }

  /** The loop, or the call of the library, says that there are no more than so many attempts. */
  triesAtMost({ over, value }: Region, attempts: number): boolean {
    if (value?.k === 'literal') return Number(value.value) < attempts;
    const limit = over?.k === 'derived' && (over.op === '<' || over.op === '<=') ? over.from[1]! : null;
    return limit?.k === 'literal' && Number(limit.value) + (over?.k === 'derived' && over.op === '<=' ? 1 : 0) <= attempts;
  }

  /** What was put around the client sends its requests again without a pause: where that is set up. */
  resentAtOnce({ effect }: Occurrence): CallPlace | null {
    const { resent } = effect;
    return resent === undefined || resent.pause.k !== 'undefined' || (resent.times.k === 'literal' && Number(resent.times.value) < 2) ? null : resent.at;
  }

  /** All that try the effect again when it fails, the outermost first. */
  retryLayers(effect: Occurrence): readonly Layer[] {
    return effect.inHandler === null ? layersOf(this.machine, effect, this.root.entry?.source ?? null) : [];
  }

  /** Others are at the same: the elements of a list, the messages of a queue, the workers of a schedule. */
  manyTry(effect: Occurrence): boolean {
    const entry = this.root.entry?.shape.kind;
    return entry === 'queue' || entry === 'stream' || entry === 'job' || fanOutsOf(effect).length > 0;
  }

  /** Every pause is told by how many attempts there were: nothing spreads them. */
  inLockstep(retry: Retry): boolean {
    return inLockstep(retry);
  }

  /** The failure that is tried again is a lost race for a record: whoever comes second goes on at once. */
  retriesConflict(effect: Occurrence): boolean {
    return effect.attempts.some((attempt) => attempt.recognises.has('unique') || attempt.recognises.has('condition'));
  }

  /** The key by which the other side can tell that it has done this before, where the region runs again. */
  key(effect: Occurrence, region: Region): KeyVerdict {
    return keyVerdict(effect, region);
  }

  /** What the call carries. */
  carried(effect: Occurrence): Value | null {
    return carried(effect);
  }

  /** The activation that left out what a wrapper of the call would hand on. */
  leftOutIn(effect: Occurrence): Frame | null {
    return leftOutIn(effect);
  }

  /** Within the region, only one of several runs gets past a conditional write before the effect. */
  claimedWithin(effect: Occurrence, region: Region): boolean {
    const claim = claimedBefore(this.occurrences, effect);
    return claim !== null && (claim.regions.includes(region) || this.walk.recursions.includes(region));
  }

  /** Within the region, a look-up of what is written there ends it when it was done already: all but what comes in between. */
  markedWithin(effect: Occurrence, region: Region): boolean {
    const read = this.dedupedBy(effect);
    return read !== null && read.regions.includes(region) && this.occurrences.some((write) => write.effect.kind === 'write' && sameResource(read.effect, write.effect) === true);
  }

  /** As many iterations as there are rows, elements of a message or of an answer: the code sets no limit. What one parent owns is mostly little. */
  isAsLongAsData(region: Region): boolean {
    const bound = overOf(region, this.entryFunction);
    return bound.is === 'data' ? bound.owned !== true : region.over !== null && this.fromMessage(region.over);
  }

  /** Makes something on the other side whose identity is kept. */
  makesRecord(effect: Occurrence): boolean {
    return makesRecord(this.machine, this.occurrences, this.walk.returned, effect);
  }

  /** The loop that makes these calls, as many as the data has, with nothing that holds it back. */
  unpaced(effect: Occurrence): Region | null {
    return unpaced(this.machine, effect, this.entryFunction);
  }

  /** Other calls of the program are held back. */
  get pacesElsewhere(): boolean {
    return pacesElsewhere(this.machine);
  }

  /** Whether the client is for this execution alone: it is neither handed on to the next one, nor made by a module that is loaded once. */
  servesOnce(made: Occurrence): 'left' | 'closed' | null {
    const { handle } = made.effect;
    const outermost = made.stack[0]?.frame ?? made.frame;
    if (handle?.k !== 'library' || handle.fate === 'kept' || outermost.fn.kind === 'module' || this.walk.returned.includes(handle)) return null;
    return handle.fate === 'closed' ? 'closed' : 'left';
  }

  /** What it is given comes from the request or message, or from a row that was read. */
  dependsOnInput(effect: Occurrence): boolean {
    return effect.effect.args.some((arg) => this.fromMessage(arg) || originsOf(arg).length > 0);
  }

  /** Nobody waits for the worker that makes the call, over and over; it waits for the call itself. */
  stopsWorker(effect: Occurrence): boolean {
    return stopsWorker(effect);
  }

  /** What ends the call when the other side does not answer. */
  deadline(effect: Occurrence): Deadline {
    return deadlineOf(this.machine, effect);
  }

  /** Whoever waits for the call gives up before the call's own deadline. */
  outlasts(effect: Occurrence): ReturnType<typeof outlasts> {
    return outlasts(effect);
  }

  /** The activation that made the options of the call. */
  optionsMadeIn(effect: Occurrence): Frame {
    return optionsMadeIn(effect);
  }

  /** The row says what is still to be done. */
  recordsIntention(write: Occurrence): boolean {
    return recordsIntention(this.machine, write);
  }

  /** A redelivery after the first write still comes to the second. */
  reachedOnReplay(first: Occurrence, second: Occurrence): boolean {
    return reachedOnReplay(this.machine, this.byEffect, this.occurrences, first, second, this.entryFunction);
  }

  /** What this function fetched from a queue it acknowledges only after the effect: when that fails, the message comes again. */
  isPolled(effect: Occurrence): boolean {
    return this.root.entry === null && this.occurrences.some((ack) => ack.effect.kind === 'ack' && ack.index > effect.index && ack.inHandler === null && polls(this.occurrences, ack) && before(effect, ack));
  }

  /** The insert stands in a `try` whose handler knows a unique violation, or says itself what to do on conflict. */
  handlesConflict(effect: Occurrence): Answer {
    return handledConflict(effect);
  }

  /** The store addresses the record by its key, so that two inserts are one record that was written twice. */
  addressedByKey(effect: Occurrence): boolean {
    return effect.effect.system === 'dynamo' || effect.effect.system === 'redis' || effect.effect.system === 'objects';
  }

  fromMessage(value: Value): boolean {
    return fromMessage(value, this.entryFunction);
  }

  originsOf = originsOf;
  leavesOf = leavesOf;
  fieldOf = fieldOf;
  sourcesIn = sourcesIn;

  winners(guard: Guard): readonly Occurrence[] {
    return winnersOf(this.occurrences, guard);
  }

  /** The effect goes through the client that the transaction was opened on. */
  isOuterClient(effect: Occurrence, region: Region): boolean {
    return isOuterClient(effect.effect.handle, region);
  }

  /** Started by hand or on deploy, alone; who started it sees it fail. */
  runsAlone(): boolean {
    return this.root.entry === null && this.machine.program.host.role(this.root.fn.file) === 'script';
  }

  /** The field of the write says what is to be done to rows of another table. */
  isOfRelated(write: Occurrence, field: string): boolean {
    return isOfRelated(write.effect, field);
  }

  /** The program has handlers, and none in view leads here: a processor behind a registry is such a function, and may run one at a time. */
  isUnrouted(): boolean {
    return this.root.entry === null && this.machine.entries.length > 0;
  }

  /** A queue hands a message to one worker at a time: whether another message is about the same record, the code does not show. */
  perhapsAlone(read: Occurrence): boolean {
    const kind = this.root.entry?.shape.kind;
    return (kind === 'queue' || kind === 'job') && read.effect.where.some((criterion) => criterion.op === '=' && fromMessage(criterion.value, this.entryFunction));
  }

  /** The execution ends with a yes or a no, on which a caller out of view goes on. */
  answersCaller(): boolean {
    const answers = this.root.entry === null ? this.walk.returned.flatMap(optionsOf) : [];
    return [true, false].every((given) => answers.some((answer) => answer.k === 'literal' && answer.value === given));
  }

  /** The effects are about one thing. */
  related(first: Occurrence, second: Occurrence): 'yes' | 'no' | 'unknown' {
    return related(first.effect, second.effect);
  }

  /** The second says which record the first wrote. */
  names(first: Occurrence, second: Occurrence): boolean {
    return names(first.effect, second.effect);
  }

  /** What one effect writes is what the other sends on. */
  feeds(write: Occurrence, effect: Occurrence): boolean {
    return [...effect.effect.values.map((field) => field.value), ...effect.effect.rest].some((value) => comesFrom(value, write.effect));
  }

  /** The handler is called again with the same message after a failure or a lost acknowledgement. */
  redelivers(effect: Occurrence): 'yes' | 'likely' | 'no' {
    const entry = this.root.entry;
    if (entry === null) return 'no';
    const { redelivers } = entry.shape;
    if (redelivers === 'attempts') return entry.source !== null && this.machine.retried.has(entry.source) ? 'yes' : 'likely';
    return redelivers === true || (redelivers === undefined && this.verifiesSignatureBefore(effect)) ? 'yes' : 'no';
  }

  /** A signature is checked on the way: the handler is a webhook, which senders repeat. */
  verifiesSignatureBefore(effect: Occurrence): boolean {
    return this.occurrences.some((other) => other.effect.kind === 'verify' && isSignature(other) && other.index < effect.index && !exclusive(other, effect));
  }

  /** The dropped promise because of which the work may still be going on when the other happens; with null, when the handler returns. */
  droppedBefore(work: Occurrence, after: Occurrence | null): Detached | null {
    return droppedBefore(work, after);
  }

  /** The failure of the work comes to a handler where its promise was dropped, or `below`. */
  isHandledAt(work: Occurrence, dropped: CallPlace, below: boolean): boolean {
    return isHandledAt(work, dropped, below);
  }

  /** The message was stored or passed on before it was acknowledged. */
  handedOff(ack: Occurrence): Occurrence | null {
    return handedOff(this.occurrences, ack);
  }

  /** What the message or request asks for: a change outside of the process, or a handler out of view. */
  isWork(occurrence: Occurrence): boolean {
    return isWork(occurrence, this.root.fn.ir, this.root.entry !== null);
  }

  /** The function handed in is declared to give a promise; undefined where its type does not say. */
  promises(delegate: Occurrence): boolean | undefined {
    return promises(delegate.effect.resourceValue);
  }

  /** The write puts the state that the message carries in the place of what is stored. */
  overwritesWithMessage(write: Occurrence): Snapshot | null {
    return snapshotWrite(this.machine, this.byEffect, write, this.root.fn.ir, this.root.entry?.shape.identity ?? []);
  }

  /** A test on the way tells whether what the message says is newer than what is stored. */
  comparesWithStored(write: Occurrence): boolean {
    return comparesWithStored(write.guards, this.root.fn.ir);
  }

  /** The handler itself, or a function that stands in its text. */
  isOwn(frame: Frame): boolean {
    for (let at: Frame | null = frame; at !== null; at = at.up) if (at.caller === null && at.fn.kind !== 'module') return true;
    return false;
  }

  /** Rows that a message holds whole, as they were read. */
  carriedRows(message: Occurrence): readonly Carried[] {
    return carriedRows(this.byEffect, this.occurrences, message);
  }

  /** It ends a message: the queue is told by a consumer, or the sender of a webhook. */
  settlesMessage(ack: Occurrence): boolean {
    return isOfQueue(ack) ? this.root.entry !== null || polls(this.occurrences, ack) : this.redelivers(ack) !== 'no';
  }

  /** The handler that takes the failure of the work for itself, so that the message counts as done. */
  swallowedBy(work: Occurrence): Attempt | null {
    const ack = this.root.entry?.shape.ack;
    if (ack === 'none' || ack === 'auto') return null;
    const explicit = this.root.entry === null || ack === 'explicit';
    if (this.root.entry === null ? !this.occurrences.some((other) => other.effect.kind === 'ack' && other.index > work.index && polls(this.occurrences, other)) : this.redelivers(work) === 'no') return null;
    return swallowedBy(this.occurrences, work, explicit, (frame) => frame.caller === null);
  }

  uniqueOrder(read: Occurrence, keys: readonly OrderKey[]): Answer {
    return uniqueOrder(this.machine, read, keys);
  }

  /** One of several pages: it starts at an offset or after a cursor. */
  pages(read: Occurrence): boolean {
    return pages(read.effect);
  }

  /** The first sort key of a page that starts after a value of it, when rows with that value can be left out. */
  skippedByCursor(read: Occurrence): ReturnType<typeof skippedByCursor> {
    return skippedByCursor(this.machine, read);
  }

  /** A page that starts after a value of another key than the first that it is sorted by. */
  missedByCursor(read: Occurrence): ReturnType<typeof missedByCursor> {
    return missedByCursor(read);
  }

  takesOne(read: Occurrence): boolean {
    return takesOne(read);
  }

  decidesWrite(read: Occurrence): boolean {
    return decidesWrite(this.machine, this.byEffect, this.occurrences, read);
  }

  /** Fields that a write gives, and the key that it names its record by. */
  namingFields(write: Occurrence): readonly { readonly field: string; readonly value: Value }[] {
    const keys = write.effect.system === 'objects' || write.effect.system === 'redis' ? write.effect.where.filter((criterion) => criterion.op === '=') : [];
    return [...this.writtenFields(write), ...keys];
  }

  clockIdentity(write: Occurrence, field: string, value: Value): 'proven' | 'likely' | null {
    return clockIdentity(this.machine, write, field, value);
  }

  clockComparison(write: Occurrence): ClockComparison | null {
    return clockComparison(this.byEffect, write);
  }

  clockCursor(read: Occurrence): string | null {
    return clockCursor(read);
  }

  /** A time kept for the next execution to read on from, taken after the rows were read. */
  lateWindow(read: Occurrence): ReturnType<typeof lateWindow> {
    return lateWindow(this.machine, this.byEffect, this.occurrences, read);
  }

  /** The lock that this effect takes, by a library's own call or by writing a key that was not there. */
  lockOf(effect: Occurrence): Lock | null {
    this.locks ??= locksOf(this.machine, this.occurrences);
    return this.locks.find((lock) => lock.acquired === effect) ?? null;
  }

  /** The read by which the release of a lock finds out whose it is. */
  comparedBefore(lock: Lock, release: Occurrence): Occurrence | null {
    return comparedBefore(this.occurrences, lock, release);
  }

  /** Work under a lock that takes as long as the data is. */
  endlessWork(lock: Lock): Occurrence | null {
    return endlessWork(this.occurrences, lock, this.entryFunction);
  }

  /** Work taken by a state of its row that nothing in the program takes back when the process dies. */
  claimOf(write: Occurrence): Claim | null {
    return claimOf(this.machine, this.occurrences, write);
  }

  /** Rows read many at once, one of which this effect sends on, and the write that says so. */
  relayOf(sent: Occurrence): Relay | null {
    return relayOf(this.machine, this.occurrences, sent);
  }

  /** Pages read by offset in a loop in which this write changes which rows are on them. */
  scanUnder(write: Occurrence): Scan | null {
    return scanUnder(this.machine, this.occurrences, write);
  }

  /** A lock of the database that is gone with the statement, or stays with whichever connection of the pool took it. */
  misheld(effect: Occurrence): 'statement' | 'connection' | null {
    return misheld(this.machine, effect);
  }

  /** How a message names a constant. */
  constantOf(value: Value | null): string {
    if (value?.k === 'literal') return `\`${String(value.value)}\``;
    return value?.k === 'access' && typeof value.key === 'string' ? `\`${value.key}\`` : 'a state of its own';
  }

  /** How a message names the effect's target. */
  nameOf(effect: Occurrence): string {
    return effect.effect.resource === null ? effect.effect.label : `\`${effect.effect.resource}\``;
  }

  private get entryFunction(): object | null {
    return this.root.entry === null ? null : this.root.fn.ir;
  }
}
