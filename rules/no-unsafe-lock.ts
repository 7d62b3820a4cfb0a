import { defineRule, type Occurrence } from '../src/rule/index.ts';
import type { Ask, Report } from '../src/rule/index.ts';

type Id = 'forever' | 'steps' | 'looked' | 'stolen' | 'compared' | 'outlived' | 'statement' | 'connection';

export default defineRule({
  name: 'no-unsafe-lock',
  meta: {
    description: 'disallow distributed locks that stay after a crash, that somebody else can release, or that hold nothing',
    preset: 'recommended',
    harm: 'corrupts',
    harms: { forever: 'stalls', steps: 'stalls' },
    far: true,
    messages: {
      forever: 'The lock has no expiry. When the process dies before it gives the lock back, nobody ever gets it again.',
      steps: 'The key is set and given its expiry in two steps. When the process dies in between, the key never expires and nobody ever gets the lock again.',
      looked: 'The lock is taken in two steps: the key is looked at and then set. Two processes at once both find it free and both go on.',
      stolen: 'The lock is released without looking whose it is. When the work took longer than the lock lasts, this removes the lock of whoever got it since, and a third one gets in beside them.',
      compared: 'Whose lock it is is read first, and the lock is removed in a second step. When it expires in between, this removes the lock of whoever got it since.',
      outlived: 'The lock expires after a fixed time, and the work under it takes as long as the data is. When that is longer, a second process gets in while the first still works.',
      statement: 'This lock lasts until the transaction ends, and no transaction is open: it is gone as soon as the statement has run, and protects nothing.',
      connection: 'This lock belongs to one connection, and each call through the pool may take another one. What releases it then releases nothing, and the lock stays with a connection that others use.',
    } satisfies Record<Id, string>,
  },
  on: {
    effect(effect, ask, report) {
      const misheld = ask.misheld(effect);
      if (misheld !== null) report(effect, misheld, { here: true });
      const lock = ask.lockOf(effect);
      if (lock === null) return;
      const release = lock.released[0];
      const prolongs = lock.prolonged[0];
      if (lock.lookedAt !== null) {
        if (release !== undefined) report(effect, 'looked', { evidence: [{ occurrence: lock.lookedAt, message: 'looks whether the lock is free' }, given(release)], step: 'takes the lock' });
      } else if (lock.expires === 'no') {
        if (prolongs !== undefined) report(effect, 'steps', { here: true, evidence: [{ occurrence: prolongs, message: 'sets the expiry' }], step: 'takes the lock' });
        else if (release !== undefined) report(effect, 'forever', { here: true, evidence: [given(release)], step: 'takes the lock' });
      } else if (lock.expires === 'yes') reportExpiring(effect, lock, ask, report);
    },
  },
});

const given = (occurrence: Occurrence): { occurrence: Occurrence; message: string } => ({ occurrence, message: 'gives the lock back' });

/** So long that no work outlives it. */
const HOUR = 3_600_000;

function reportExpiring(acquired: Occurrence, lock: NonNullable<ReturnType<Ask['lockOf']>>, ask: Ask, report: Report<Id>): void {
  const taken = { occurrence: acquired, message: 'takes the lock' };
  for (const release of lock.released) {
    if (release.effect.kind === 'unlock') continue;
    const compared = ask.comparedBefore(lock, release);
    const likely = (lock.lifetime !== null && lock.lifetime >= HOUR) || lock.prolonged.length > 0;
    if (compared === null) report(release, 'stolen', { here: true, evidence: [taken], step: 'removes the lock', likely });
    else report(release, 'compared', { here: true, evidence: [taken, { occurrence: compared, message: 'reads whose lock it is' }], step: 'removes the lock', likely, preset: 'strict' });
  }
  const work = lock.prolonged.length > 0 || lock.lifetime === null || lock.lifetime >= HOUR ? null : ask.endlessWork(lock);
  if (work !== null) report(acquired, 'outlived', { here: true, evidence: [{ occurrence: work, message: 'works under the lock' }], step: 'takes the lock', preset: 'strict', likely: true });
}
