import { defineRule } from '../src/rule/index.ts';

export default defineRule({
  name: 'no-rpc-in-loop',
  meta: {
    description: 'disallow one remote call for each element of a list where one call can do them all',
    preset: 'strict',
    harm: 'fails',
    messages: {
      named: 'This makes one remote call ({effect}) for each element of a list, where `{counterpart}` does them all in one. The time it takes, and the load on the other side, grow with the list.',
      listed: 'This queries {effect} once for each element of a list, where one query with the list in its condition finds them all. The time it takes, and the load on the store, grow with the list.',
      grouped: 'This counts or sums {effect} once for each element of a list, where one query with the list in its condition, grouped by it, does so for all. The time it takes, and the load on the store, grow with the list.',
      nodes: 'This queries {effect} once for each node of a tree, where one query finds the children of a whole level, or of the whole tree. The time it takes, and the load on the store, grow with the tree.',
    },
  },
  on: {
    effect(effect, ask, report) {
      const found = ask.perItem(effect);
      if (found === null) return;
      report(effect, found.deep === true && found.counterpart === null ? 'nodes' : found.grouped === true ? 'grouped' : found.counterpart === null ? 'listed' : 'named', {
        data: { counterpart: found.counterpart ?? '' },
        within: found.region,
        // A list of unknown length may be a list of three; a script may take its time.
        preset: (found.deep === true || ask.isAsLongAsData(found.region)) && !ask.runsAlone() ? 'strict' : 'all',
        likely: effect.regions.some((region) => region.kind === 'opaque'),
      });
    },
  },
});
