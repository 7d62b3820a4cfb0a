import { defineRule, type Occurrence } from '../src/rule/index.ts';
import type { Ask } from '../src/rule/index.ts';

export default defineRule({
  name: 'require-idempotent-handler',
  meta: {
    description: 'require that a request which is sent again after a lost answer does not do its work a second time',
    preset: 'strict',
    harm: 'repeats',
    messages: {
      repeats: 'When the answer to this request is lost, or a button is pressed twice, the client sends it again, and then {what} a second time. Nothing on the way tells the repeat from a new request.',
    },
  },
  on: {
    effect(effect, ask, report) {
      const form = formOf(effect, ask);
      if (form === null || !repeats(effect, ask)) return;
      // What hangs on a row that is made here is repeated with it.
      if (form.hangs === true && ask.occurrences.some((other) => other.index < effect.index && other.effect.action === 'insert' && ask.feeds(other, effect))) return;
      report(effect, 'repeats', { data: { what: whatRepeats(effect, ask) }, at: effect.regions.find((region) => region.kind === 'entry'), likely: form.likely || effect.regions.some((region) => region.kind === 'opaque'), preset: form.preset });
    },
  },
});

function formOf(effect: Occurrence, ask: Ask): { readonly preset: 'strict' | 'all'; readonly likely: boolean; readonly hangs?: true } | null {
  const { kind, action, weight, method } = effect.effect;
  if (weight !== 'business' || effect.inHandler !== null || effect.regions.some((region) => region.kind === 'background')) return null;
  switch (kind) {
    case 'charge': return method === null || method === 'POST' ? { preset: 'strict', likely: false } : null;
    // Somebody who presses the button twice gets the mail twice, and wonders little: services let that happen.
    case 'send': return { preset: 'all', likely: true };
    case 'call': return method === 'POST' && ask.makesRecord(effect) ? { preset: 'all', likely: true } : null;
    case 'publish': return { preset: 'all', likely: true, hangs: true };
    case 'write': return effect.effect.system === 'process' ? null : ask.adds(effect) ? { preset: 'all', likely: true, hangs: true } : ask.writtenFields(effect).some(({ how }) => how === 'atomic') || action === 'increment' ? { preset: 'strict', likely: true } : null;
    default: return null;
  }
}

/** A request that asks for something to be made, and may come twice. */
function repeats(effect: Occurrence, ask: Ask): boolean {
  const entry = ask.root.entry?.shape;
  if (entry === undefined || (entry.kind !== 'http' && entry.kind !== 'rpc') || ask.redelivers(effect) !== 'no') return false;
  const { method } = ask;
  if (method !== null && method !== 'POST' && method !== 'PATCH') return false;
  const converges = ask.convergent(effect);
  return converges.is === 'no' && !(effect.effect.kind === 'write' && converges.likely === true) && !ask.namedByCaller(effect) && ask.doneBefore(effect) === null;
}

function whatRepeats(effect: Occurrence, ask: Ask): string {
  const name = ask.nameOf(effect);
  switch (effect.effect.kind) {
    case 'charge': return `${name} moves money`;
    case 'send': return `${name} sends`;
    case 'publish': return `${name} is published to`;
    case 'call': return `${name} is called`;
    default: return ask.adds(effect) ? `a row is added to ${name}` : `${name} is changed`;
  }
}
