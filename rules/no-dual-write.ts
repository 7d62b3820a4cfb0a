import { defineRule, type Occurrence } from '../src/rule/index.ts';
import type { Ask } from '../src/rule/index.ts';

const SECOND = new Set(['publish', 'send', 'charge', 'call', 'write']);

export default defineRule({
  name: 'no-dual-write',
  meta: {
    description: 'disallow committing to one system and then changing another when nothing finishes the job after a crash in between',
    preset: 'recommended',
    harm: 'corrupts',
    messages: {
      lost: '{first} is committed before {effect}, and nothing does the second after a crash or failure in between. The two systems then disagree for good.',
    },
  },
  on: {
    effect(second, ask, report) {
      if (!SECOND.has(second.effect.kind) || second.effect.weight !== 'business' || second.inHandler !== null || isVolatile(second) || ask.runsAlone()) return;
      const earlier = ask.occurrences.filter((other) => isRecord(other) && ask.before(other, second) && differs(other, second, ask) && other.inHandler === null && !isReleased(other, second, ask) && !ask.ensures(other, second) && ask.related(other, second) !== 'no');
      const first = earlier.findLast((other) => other.effect.system !== 'redis') ?? earlier.at(-1);
      if (first === undefined || finishes(first, second, ask)) return;
      report(second, 'lost', {
        data: { first: first.effect.resource === null ? first.effect.label : `\`${first.effect.resource}\`` },
        evidence: [{ occurrence: first, message: `writes ${first.effect.resource ?? first.effect.label}` }],
        preset: first.effect.system === 'redis' || !isStrong(second) || ask.isBestEffort(first, second) || !ask.names(first, second) ? 'all' : 'recommended',
        likely: first.effect.system === 'redis' || second.effect.system === 'redis' || second.regions.some((region) => region.kind === 'opaque') || second.effect.kind === 'send' || ask.related(first, second) === 'unknown',
      });
    },
  },
});

/** Who listens at the moment gets it, and nobody else; or it is void after a while: nothing of consequence hangs on it. */
const isVolatile = ({ effect }: Occurrence): boolean => (effect.kind === 'publish' && effect.shape.delivery === 'at-most-once') || (effect.kind === 'call' && effect.shape.durable === false);

/**
 * What an unknown service over HTTP is told is often told as well as it can be: a copy for sales, a webhook, a log. A mail can be asked for
 * again, and a file that is missing is seen. What is only logged when it fails can be done without.
 * (Redis, as the first of the two, mostly holds what can be made again.)
 */
const isStrong = ({ effect }: Occurrence): boolean => effect.kind === 'publish' || effect.kind === 'charge' || (effect.kind === 'call' && effect.system !== 'http');

const STORES = new Set(['sql', 'mongo', 'dynamo', 'firestore', 'cosmos', 'redis']);

/** A write of record: what the business would miss. */
const isRecord = (occurrence: Occurrence): boolean => occurrence.effect.kind === 'write' && STORES.has(occurrence.effect.system) && occurrence.effect.weight === 'business';

/** A lock held over the second write: the key is given back afterwards. */
const isReleased = (first: Occurrence, second: Occurrence, ask: Ask): boolean =>
  first.effect.system === 'redis' && ask.occurrences.some((later) => later.index > second.index && (later.effect.action === 'delete' || later.effect.action === 'execute') && later.effect.system === 'redis' && ask.sameRecord(first, later).is === 'yes');

function differs(first: Occurrence, second: Occurrence, ask: Ask): boolean {
  // A statement that says nothing of what it does is no second system.
  if (ask.isUnread(second)) return false;
  if (second.effect.kind !== 'write') return true;
  // An object that nothing names any more takes room, and nobody is misled: to delete it last is the right order.
  if (second.effect.system === 'objects' && second.effect.action === 'delete') return false;
  // Another store of record; the same rows cached in Redis are another matter.
  return second.effect.system !== first.effect.system && (second.effect.system === 'objects' || second.effect.system === 'search');
}

/** Something does the second part, or undoes the first, when the process dies or the call fails in between. */
function finishes(first: Occurrence, second: Occurrence, ask: Ask): boolean {
  const transaction = ask.openTransaction(first);
  // Still uncommitted when the second happens: another rule's matter.
  if (transaction?.region != null && second.regions.includes(transaction.region)) return true;
  if (ask.openTransaction(second)?.member === 'yes') return true;
  if (second.regions.some((region) => region.kind === 'step' || region.kind === 'idempotent')) return true;
  // A redelivered handler comes back to the second write, unless "already done" ends it first.
  const entry = ask.root.entry;
  if (ask.redelivers(second) !== 'no' && entry!.shape.ack !== 'none' && ask.reachedOnReplay(first, second)) return true;
  if (ask.isPolled(second) && ask.reachedOnReplay(first, second)) return true;
  // An outbox: the event was written beside the record, and is only announced here.
  if (ask.occurrences.some((other) => ask.recordsIntention(other) && other.regions.some((region) => region.kind === 'transaction' && first.regions.includes(region)) && ask.feeds(other, second))) return true;
  return compensated(first, second, ask);
}

/** The failure branch undoes the first write. */
const compensated = (first: Occurrence, second: Occurrence, ask: Ask): boolean =>
  second.attempts.some((attempt) => ask.occurrences.slice(...attempt.handler).some((undo) => undo.effect.kind === 'write' && (ask.sameResource(undo, first) === true) && undo.inHandler === attempt));
