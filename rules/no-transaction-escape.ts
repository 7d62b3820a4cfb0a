import { defineRule } from '../src/rule/index.ts';

export default defineRule({
  name: 'no-transaction-escape',
  meta: {
    description: 'disallow using the outer client inside a transaction that the call should be part of',
    preset: 'recommended',
    harm: 'corrupts',
    harms: { read: 'stalls' },
    messages: {
      write: '{effect} is written through the outer client while a transaction is open, so it is not part of it. It stays when the transaction rolls back, and can wait for ever on rows that the transaction has locked.',
      apart: '{effect} is changed in a transaction of its own while another one is open around it. It stays when the outer one rolls back, and can wait for ever on rows that the outer one has locked.',
      read: '{effect} is read through the outer client while a transaction is open. It does not see what the transaction has changed, and takes a second connection that may not come.',
    },
  },
  on: {
    write(write, ask, report) {
      const outer = ask.apartFrom(write);
      if (outer !== null && ask.isFirstOf(write)) {
        report(write, 'apart', { at: outer, likely: true });
        return;
      }
      const open = ask.openTransaction(write);
      if (open?.region == null || open.member !== 'no' || !ask.isOuterClient(write, open.region)) return;
      report(write, 'write', { at: open.region, likely: open.likely || write.inHandler !== null });
    },
    read(read, ask, report) {
      const open = ask.openTransaction(read);
      if (open?.region == null || open.member !== 'no' || !ask.isOuterClient(read, open.region)) return;
      const stale = ask.occurrences.some((other) => other.effect.kind === 'write' && ask.before(other, read) && other.regions.includes(open.region!) && ask.sameResource(other, read) === true);
      report(read, 'read', { at: open.region, likely: !stale || open.likely });
    },
  },
});
