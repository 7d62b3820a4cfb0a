import { defineRule } from '../src/rule/index.ts';

export default defineRule({
  name: 'no-unawaited-effect',
  meta: {
    description: 'disallow starting a change in another system and going on without waiting for it where the handler may end first',
    preset: 'recommended',
    harm: 'loses',
    messages: {
      suspended: 'Nothing waits for {effect}, and the platform may stop this process as soon as the handler has returned. The change is then lost, or happens at some later request.',
      consumed: 'Nothing waits for {effect}, and the message counts as done when the handler returns. When it fails, or the process ends first, nobody does it again.',
      overtaken: 'Nothing waits for {effect}, which is part of a transaction. The transaction may end first: then the change is refused or happens outside of it, and its failure rolls nothing back.',
      crash: 'Nothing waits for {effect} and nothing handles its failure. The caller is told that it worked, and an unhandled rejection ends the process with every other request in it.',
    },
  },
  on: {
    effect(work, ask, report) {
      const statement = work.effect.kind === 'write' && work.inHandler === null ? ask.overtaken(work) : null;
      if (statement !== null) {
        const expected = ask.isHandledAt(work, statement, true);
        report(work, 'overtaken', { call: statement, likely: expected || work.regions.some((region) => region.kind === 'opaque'), preset: expected ? 'all' : 'recommended' });
        return;
      }
      const entry = ask.root.entry?.shape;
      if (entry === undefined || !ask.isWork(work) || work.effect.kind === 'delegate' || work.inHandler !== null) return;
      const call = ask.droppedBefore(work, null);
      if (call === null || work.regions.some((region) => region.kind === 'background' || region.kind === 'deferred')) return;
      // Whatever handles the failure where the promise was dropped, or below, was thought of.
      const handled = ask.isHandledAt(work, call, true);
      const minor = work.effect.kind === 'send' || work.effect.kind === 'call';
      const redelivers = ask.redelivers(work);
      const opaque = work.regions.some((region) => region.kind === 'opaque');
      if (handled && minor) return;
      // Who handles the failure of what he does not wait for means it so.
      const preset = handled ? 'all' : 'recommended';
      if (entry.suspends === true) report(work, 'suspended', { call, likely: handled || minor || opaque, preset });
      else if (redelivers !== 'no' && entry.ack !== 'none') report(work, 'consumed', { call, likely: handled || minor || opaque || redelivers === 'likely', preset });
      else if (!handled && (entry.kind === 'http' || entry.kind === 'rpc')) report(work, 'crash', { call, likely: minor || opaque, preset: 'strict' });
    },
  },
});
