import { defineRule } from '../src/rule/index.ts';

export default defineRule({
  name: 'no-unbounded-batch',
  meta: {
    description: 'disallow putting a list of any length into one call that takes only so much',
    preset: 'recommended',
    harm: 'fails',
    harms: { rows: 'stalls' },
    messages: {
      items: 'One call to {effect} takes at most {max} items, but it is given all of a list, and {why}. With more the whole call is refused.',
      open: 'One call to {effect} takes at most {max} items, but it is given whatever list a caller hands in, whole. A caller with more than {max} gets nothing at all.',
      known: 'One call to {effect} takes at most {max} {unit}, but it is given up to {given}. With more than {max} the whole call is refused.',
      binds: 'Every row of the list is {each} of this statement, which takes at most {max}, and {why}. With more the whole statement is refused.',
      listed: 'Every element of the list is a parameter of this statement, which takes at most {max}, and {why}. With more the whole statement is refused.',
      url: 'All of a list is written into one URL, and {why}. Servers refuse a URL of more than some 8 KB, and then nothing is answered.',
      rows: 'One statement changes the rows of a whole list, and {why}. It holds its locks until the last row is changed, and does nothing at all when it is cut off.',
    },
  },
  on: {
    effect(effect, ask, report) {
      for (const { list, bound, of, max, each } of ask.overflowing(effect)) {
        const data = { max: String(max), unit: UNITS[of], each: each === 1 ? 'a parameter' : `${each} parameters` };
        const options = { decidedBy: list, likely: effect.regions.some((region) => region.kind === 'opaque'), preset: of === 'binds' && (max ?? 0) > FEW && bound.is === 'data' && (bound.owned === true || bound.why !== 'query') ? 'all' as const : PRESETS[of] };
        if (bound.is === 'unknown') report(effect, 'open', { ...options, data, likely: true, preset: 'all' });
        else if (bound.is === 'bounded') report(effect, 'known', { ...options, data: { ...data, given: String((bound.max ?? 0) * each) } });
        else report(effect, of, { ...options, data: { ...data, why: WHY[bound.why] }, likely: options.likely || bound.likely || of === 'url' });
        return;
      }
    },
  },
});

/** More parameters are more than a request, an answer or one parent holds, as a rule. */
const FEW = 1_000;
const PRESETS = { items: 'recommended', binds: 'strict', listed: 'all', url: 'strict', rows: 'all' } as const;
const UNITS = { items: 'items', binds: 'parameters', listed: 'parameters', url: 'characters', rows: 'rows' } as const;

const WHY = {
  query: 'the query that lists them has no limit',
  message: 'the sender of the request or message decides how many there are',
  response: 'another service decides how many there are',
  file: 'the file or directory decides how many there are',
};
