import { defineRule, type Occurrence } from '../src/rule/index.ts';
import type { Ask, Decision, Report } from '../src/rule/index.ts';

type State = Extract<NonNullable<ReturnType<Ask['decisionKind']>>, { readonly kind: 'state' }>;
type Id = 'absent' | 'renamed' | 'overwritten' | 'unhandled' | 'count' | 'last' | 'next' | 'state' | 'picked' | 'taken' | 'consume' | 'removed' | 'complete';

export default defineRule({
  name: 'no-check-then-act',
  meta: {
    description: 'disallow deciding on a read and then acting on it when nothing makes the act fail if the decision no longer holds',
    preset: 'recommended',
    harm: 'corrupts',
    harms: { unhandled: 'fails', picked: 'repeats', taken: 'repeats', complete: 'repeats' },
    messages: {
      absent: 'The row is inserted because an earlier look-up found none, and nothing stops another caller from inserting it in between. Two calls at once leave two rows.',
      overwritten: 'The record is written because an earlier look-up found none, and nothing stops another caller from writing it in between. Of two calls at once, the second takes the place of the first, and both go on as if they were alone.',
      renamed: 'This record gets its `{field}` because an earlier look-up found no other with it, and nothing stops another caller from giving it away in between. Two calls at once {outcome}.',
      unhandled: 'The row is inserted because an earlier look-up found none; the unique key stops the second of two calls at once, but nothing handles its error, so that caller gets a failure instead of the existing row.',
      count: 'This adds one more because an earlier count was below a bound, and calls that run at once all see the same count. Together they go over the bound.',
      last: 'This takes one away because an earlier count said that enough are left, and calls that run at once all see the same count. Together they leave fewer than that.',
      next: 'The `{field}` of this row continues the last one that was read before, and calls that run at once all read the same. They write the same `{field}`, and {outcome}.',
      state: '`{field}` was read and tested before, and {effect} is changed without testing it again. When two of these run at once, both pass the test and both act.',
      removed: '`{field}` was read and tested before, and the row of {effect} is deleted without testing it again. What another caller has made of the row in between goes with it.',
      complete: 'This is done once all parts are, as each execution counts after its own part. Two that end at once both count that all are done, and {effect} happens twice.',
      picked: 'Rows are picked by `{field}` and moved on here by their key alone, without testing `{field}` again. Two runs at once pick the same rows, and both go on with them: {harm}.',
      taken: 'A query within this statement picks rows by `{field}` and locks none of them, and the statement itself does not ask for `{field}` again. Of two that run at once, the second waits for the first and then takes the same rows.',
      consume: 'The row was looked up before and is deleted here without looking whether this call was the one that removed it. Of two calls at once, both go on as if they had used it up.',
    } satisfies Record<Id, string>,
  },
  on: {
    write(act, ask, report) {
      if (ask.runsAlone()) return;
      for (const feeding of ask.readsFeeding(act)) {
        const field = ask.continues(act, feeding);
        if (field === null || ask.exclusive(feeding.read, act) || ask.handlesConflict(act).is === 'yes' || ask.excludes(feeding.read, act).is !== 'no') continue;
        const columns = [field, ...feeding.read.effect.where.filter((criterion) => criterion.op === '=').map((criterion) => criterion.field)];
        const unique = act.effect.resource !== null && ask.isUnique(act.effect.resource, columns) === 'yes';
        report(act, 'next', { data: { field, outcome: unique ? 'the unique key refuses all but one, which nothing handles' : 'nothing refuses the second' }, evidence: [{ occurrence: feeding.read, message: `reads the last \`${field}\`` }], step: act.effect.action === 'insert' ? 'inserts the row' : 'gives the row the next one', likely: true, ...(act.effect.action === 'update' && !unique ? { preset: 'strict' as const } : {}) });
        break;
      }
      const taken = act.effect.picks?.find((column) => act.effect.values.some((written) => written.field === column));
      if (taken !== undefined) {
        const excluded = ask.excludes(act, act);
        if (excluded.is === 'no') report(act, 'taken', { data: { field: taken }, evidence: [], step: 'picks rows and takes them', likely: excluded.likely === true, decidedBy: act.effect.args[0] ?? null });
      }
      for (const read of ask.occurrences.slice(0, act.index)) {
        const field = read.effect.kind === 'read' ? ask.movesOn(act, read) : null;
        if (field === null || ask.exclusive(read, act) || ask.hasCondition(act, read, [field]).is !== 'no' || ask.excludes(read, act).is !== 'no') continue;
        const harm = doneTwice(act, read, ask);
        if (harm === undefined) continue;
        report(act, 'picked', { data: { field, harm: `${ask.nameOf(harm)} happens twice` }, evidence: [{ occurrence: read, message: `picks rows by \`${field}\`` }, { occurrence: harm, message: 'is done for each of them' }].filter((item) => item.occurrence.index !== act.index), step: `moves \`${field}\` on`, likely: true, preset: REPEATS.has(harm.effect.kind) ? 'recommended' : 'all' });
        break;
      }
    },
    effect(act, ask, report) {
      if (!ACTS.has(act.effect.kind) || ask.runsAlone()) return;
      const seen = new Set<Occurrence>();
      for (const decision of ask.decidedBy(act)) {
        const { read, guard: test } = decision;
        const verdict = seen.has(read) ? null : ask.decisionKind(decision, act);
        if (verdict === null || ask.exclusive(read, act)) continue;
        seen.add(read);
        const excluded = ask.excludes(read, act);
        if (excluded.is !== 'no') continue;
        const likely = excluded.likely === true || read.effect.weight === 'cache' || ask.perhapsAlone(read);
        switch (verdict.kind) {
          case 'absent': reportAbsent(act, decision, verdict.columns, likely, ask, report); break;
          case 'renamed': reportRenamed(act, decision, verdict, likely, ask, report); break;
          // Who is the first of all is asked for once, by whoever sets the system up.
          case 'count': report(act, 'count', { test, evidence: [{ occurrence: read, message: 'counts' }], step: 'adds one more', likely: likely || verdict.first === true, preset: verdict.first === true ? 'all' : 'recommended' }); break;
          case 'last': report(act, 'last', { test, evidence: [{ occurrence: read, message: 'counts' }], step: 'takes one away', likely: true }); break;
          // Read and tested once more, closer to the act: what was seen before decides nothing.
          case 'state': if (!isAskedAgain(act, read, verdict, ask)) reportState(act, decision, verdict, likely, ask, report); break;
          case 'removed': if (ask.hasCondition(act, read, [verdict.field]).is === 'no') report(act, 'removed', { test, data: { field: verdict.field, effect: ask.nameOf(act) }, evidence: [{ occurrence: read, message: `reads \`${verdict.field}\`, which is tested` }], step: 'deletes it', likely: true, preset: 'all' }); break;
          case 'complete': report(act, 'complete', { test, evidence: [{ occurrence: read, message: 'counts' }], likely: true, preset: 'strict' }); break;
          // Deleting what is gone already does no harm of its own; what is done for it, once more, does.
          case 'consume': if (usesUp(act, read, ask)) report(act, 'consume', { test, evidence: [{ occurrence: read, message: 'looks the row up' }], step: 'deletes it', likely: true, preset: 'all' }); break;
        }
      }
    },
  },
});

/** What a decision can allow and another caller make wrong. */
const ACTS = new Set(['write', 'charge', 'send', 'publish', 'call']);

/** Twice is one too many. */
const REPEATS = new Set(['publish', 'send', 'charge']);
const ADDS = new Set(['insert', 'increment', 'append']);

/** What else is done for the record, once too often when both go on. */
const doneTwice = (act: Occurrence, read: Occurrence, ask: Ask, among = ask.occurrences): Occurrence | undefined =>
  untilRefused(among.filter((other) => other !== act && other.index > read.index && ask.inSameRound(act, other) && !ask.exclusive(act, other) && other.inHandler === null), ask).find(repeats);

const repeats = ({ effect }: Occurrence): boolean => (REPEATS.has(effect.kind) || ADDS.has(effect.action)) && effect.weight === 'business' && effect.shape.delivery !== 'at-most-once';

/** The second of two that insert the same row ends there. */
function untilRefused(done: readonly Occurrence[], ask: Ask): readonly Occurrence[] {
  const refused = done.filter((other) => ask.refusesSecond(other));
  return done.filter((other) => !refused.some((row) => row.index <= other.index && !ask.exclusive(row, other)));
}

/** On another way that the same read decides, more is done than this. */
const doneElsewhere = (read: Occurrence, ask: Ask): boolean =>
  untilRefused(ask.occurrences.filter((other) => other.index > read.index && other.inHandler === null), ask).some((other) => repeats(other) && hangsOn(other, read, ask));

/** What is done whatever was read, the test keeps nobody from; nor does the test of one field from what another decides. */
const hangsOn = (act: Occurrence, read: Occurrence, ask: Ask, field?: string): boolean =>
  ask.decidedBy(act).some((decision) => {
    if (decision.read !== read || field === undefined) return decision.read === read;
    const tested = ask.fieldOf(read.effect, decision.origin.path);
    return tested === field || (tested === null && read.effect.where.some((criterion) => criterion.field === field));
  });

/** The row is a right to what is done: both callers do it, unless the second to delete fails before, or takes it back. */
function usesUp(act: Occurrence, read: Occurrence, ask: Ask): boolean {
  if (ask.isLookedAt(act)) return false;
  if (act.effect.shape.throwsWhenUnmatched !== true) return doneTwice(act, read, ask) !== undefined || ask.answersCaller() || (act.effect.system === 'redis' && ask.isMatched(act, read));
  const open = ask.openTransaction(act)?.region ?? null;
  return doneTwice(act, read, ask, ask.occurrences.slice(0, act.index).filter((other) => open === null || !other.regions.includes(open))) !== undefined;
}

const isAskedAgain = (act: Occurrence, read: Occurrence, { field, part }: State, ask: Ask): boolean =>
  ask.decidedBy(act).some((other) => {
    const verdict = other.read.index > read.index && other.read.effect !== read.effect ? ask.decisionKind(other, act) : null;
    return verdict?.kind === 'state' && verdict.field === field && verdict.part === part;
  });

/** A state is tested and then left: what else is done for it, and whether others lead on from there, says what two that do so at once make wrong. */
function reportState(act: Occurrence, { read, guard: test }: Decision, verdict: State, likely: boolean, ask: Ask, report: Report<Id>): void {
  const named = verdict.part === undefined ? verdict.field : `${verdict.field}.${verdict.part}`;
  const condition = ask.hasCondition(act, read, [verdict.field, named]).is;
  if (verdict.irreversible ? ask.dedupedBy(act) !== null && ask.dedupedBy(act) !== read : condition === 'yes') return;
  // One value computed from the other is the read-modify-write that another rule tells.
  if (verdict.part === undefined && ask.readsFeeding(act).some((feeding) => feeding.read === read && feeding.fields.includes(verdict.field))) return;
  // Two that only mark the record leave what one leaves; a row that each adds, a log of it as a rule, is no harm where it only was to be set.
  const twice = doneTwice(act, read, ask, ask.occurrences.filter((other) => hangsOn(other, read, ask, verdict.field)));
  const alike = twice === undefined && !ask.writtenFields(act).some((written) => written.how === 'atomic');
  const harmless = verdict.weak && alike;
  // A step of a state by itself: where no other leads on from there, two that take it leave what one leaves.
  const step = !verdict.weak && !verdict.irreversible && alike && ask.writesAlike(act);
  const others = step && ask.movesOtherwise(act, verdict.field);
  // A row that is refused later in the same transaction takes this back.
  const open = ask.openTransaction(act)?.region ?? null;
  const stopped = alike && ask.occurrences.some((row) => row.index > read.index && (row.index < act.index || (open !== null && row.regions.includes(open))) && ask.refusesSecond(row) && !ask.exclusive(row, act));
  const quiet = step && (verdict.already === true || others === false);
  const elsewhere = quiet && doneElsewhere(read, ask);
  if (quiet && !elsewhere && (verdict.already === true || stopped)) return;
  const idle = stopped || (quiet && !elsewhere);
  if (verdict.asked === true && harmless && !ask.answersCaller() && !ask.takesNext(read)) return;
  // Refused the second time by whoever moves the money.
  const refused = act.effect.kind === 'charge' && act.effect.shape.repeatable === true;
  const mild = harmless || idle || refused || (verdict.irreversible ? act.effect.kind === 'send' : verdict.weak && (verdict.asked !== true || verdict.stamped === true) && (twice?.effect.kind === 'write' || twice?.effect.kind === 'send'));
  const alone = ask.isUnrouted() || ask.perhapsAlone(read);
  report(act, 'state', { test, data: { field: named }, evidence: [{ occurrence: read, message: `reads \`${named}\`, which is tested` }], likely: likely || mild || quiet || others === null || alone || condition === 'unknown', preset: act.effect.kind !== 'charge' && (mild || alone) ? 'all' : 'recommended' });
}

function reportRenamed(act: Occurrence, { read, guard: test }: Decision, { field, columns }: { readonly field: string; readonly columns: readonly string[] }, likely: boolean, ask: Ask, report: Report<Id>): void {
  if (ask.handlesConflict(act).is !== 'no') return;
  const unique = act.effect.resource === null ? 'unknown' : ask.isUnique(act.effect.resource, columns);
  const outcome = unique === 'yes' ? 'end in an error of the unique key that nothing handles' : 'leave two records with it';
  report(act, 'renamed', { test, data: { field, outcome }, evidence: [{ occurrence: read, message: `looks for a row by \`${field}\`` }], step: 'gives the record its name', likely: likely || unique === 'unknown', preset: unique === 'no' ? 'strict' : 'all' });
}

/** The columns that were looked up decide: unique ones stop the second insert, and then its error must be handled. */
function reportAbsent(act: Occurrence, { read, guard: test }: Decision, columns: readonly string[], likely: boolean, ask: Ask, report: Report<Id>): void {
  const overwrites = act.effect.action === 'upsert' || act.effect.action === 'replace';
  if (!overwrites && ask.handlesConflict(act).is === 'yes') return;
  if (columns.length === 0) {
    if (ask.sameResource(read, act) === false) report(act, 'absent', { test, evidence: [{ occurrence: read, message: 'reads the rows it is searched in' }], step: 'inserts the row', likely: true });
    return;
  }
  // Inserted under a key of its own choice: the store refuses the second.
  const keyed = act.effect.where.some((criterion) => columns.includes(criterion.field));
  const unique = keyed ? 'yes' : act.effect.resource === null ? 'unknown' : ask.isUnique(act.effect.resource, columns);
  const evidence = [{ occurrence: read, message: `looks for a row by ${columns.slice(0, 3).map((column) => `\`${column}\``).join(', ')}` }];
  if (overwrites) report(act, 'overwritten', { test, evidence, step: 'writes it', likely: likely || ask.isUnrouted() });
  else if (unique === 'yes') report(act, 'unhandled', { test, evidence, step: 'inserts the row', likely, preset: ask.redelivers(act) === 'no' ? 'all' : 'strict' });
  else report(act, 'absent', { test, evidence, step: 'inserts the row', likely: likely || ((unique === 'unknown' || isPartlyRead(read)) && !ask.addressedByKey(act)) || ask.handlesConflict(act).is === 'unknown' });
}

/** It asks for more than is told: what tells the rows apart may be that. */
const isPartlyRead = ({ effect }: Occurrence): boolean => effect.where.some(({ field, op }) => field === '?' && op === '?');
