import { defineRule } from '../src/rule/index.ts';

export default defineRule({
  name: 'no-claim-without-lease',
  meta: {
    description: 'disallow taking work by a state of its row that nothing takes back when the worker dies',
    preset: 'strict',
    harm: 'loses',
    messages: {
      state: 'The work is taken by setting `{field}` to {state}, others pass such rows over, and nothing takes one back when the process dies before it is done. That work is then never done.',
      stamp: 'The work is taken by stamping `{field}`, others pass stamped rows over, and nothing takes one back when the process dies before it is done. That work is then never done.',
    },
  },
  on: {
    write(write, ask, report) {
      const claim = ask.claimOf(write);
      if (claim === null) return;
      report(write, claim.state === null ? 'stamp' : 'state', {
        data: { field: claim.field, state: ask.constantOf(claim.state) },
        evidence: [...(claim.picked === null ? [] : [{ occurrence: claim.picked, message: 'picks rows that nobody has taken' }]), { occurrence: claim.ended, message: 'ends the claim' }],
        step: 'takes the work',
        here: true,
      });
    },
  },
});
