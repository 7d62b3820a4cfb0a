import type { Effect } from './effect.ts';
import type { Frame } from './frame.ts';
import type { Entry, Machine } from './machine.ts';
import { handleOf, resourceName } from './operation.ts';
import { type Call, inline, makeRegion, within } from './run.ts';
import type { Span } from '../vocabulary/ir.ts';
import type { HeardWrites } from '../vocabulary/model.ts';
import { type Value, UNKNOWN } from './value.ts';

/** Of one event; a bus that has more is how the program is wired up, not what one execution is about. */
const MAX_LISTENERS = 6;

/**
 * Listeners are executions of their own, and judged as such. Within a transaction that is open where they are told they do what they do
 * before it commits: there they are followed as what the call does.
 */
const isWithinTransaction = ({ walk, handlers }: Machine): boolean => {
  if (walk.silent > 0 || handlers !== null) return false;
  const at = walk.regions.findLastIndex((region) => region.kind === 'transaction');
  return at >= 0 && !walk.regions.slice(at).some((region) => region.kind === 'deferred' || region.kind === 'background');
};

/** `emitter.emit('placed', order)`, `bus.publish(new OrderPlaced(id))` */
export function tell(m: Machine, call: Call, name: Value): void {
  if (!isWithinTransaction(m)) return;
  const event = name.k === 'instance' ? name.of : resourceName(m, name);
  if (event === null) return;
  const isMeant = ({ shape, source, of, through }: Entry): boolean =>
    shape.hears === 'events' && (typeof event === 'string' ? of === undefined && source === event && isOneEmitter(through, call.receiver) : of?.file === event.file && of.id === event.id);
  const start = m.walk.occurrences.length;
  const listeners = m.entries.filter(isMeant).slice(0, MAX_LISTENERS);
  if (listeners.length === 0) return;
  const go = (): void => listeners.forEach(({ fn }) => void inline(m, call, fn, typeof event === 'string' ? call.args.slice(1) : [name], fn.self));
  // Whoever does not wait goes on, and may have committed before an asynchronous listener is done.
  if (call.use === 'awaited' || call.use === 'returned') go();
  else within(m, makeRegion(m, 'opaque', call.span, call.frame), go);
  // What becomes of a listener's promise is the emitter's affair.
  for (const occurrence of m.walk.occurrences.slice(start)) occurrence.handedOut = true;
}

/** Two emitters that the code in view makes are two, whatever their events are called. */
function isOneEmitter(through: Value | null | undefined, receiver: Value | null): boolean {
  const [registered, telling] = [handleOf(through ?? null), handleOf(receiver)];
  return registered?.k !== 'library' || telling?.k !== 'library' || registered.inView !== true || telling.inView !== true || registered === telling;
}

/** A row is written that a hook is called for. */
export function wrote(m: Machine, effect: Effect, frame: Frame, span: Span): void {
  if (effect.kind !== 'write' || effect.resource === null || effect.items !== null || !isOfTransaction(m, effect)) return;
  const isMeant = ({ shape, source }: Entry): boolean => typeof shape.hears === 'object' && source === effect.resource && shape.hears.actions.includes(effect.action) && (effect.action === 'insert' || effect.entity !== null);
  for (const { fn, shape } of m.entries.filter(isMeant).slice(0, MAX_LISTENERS)) inline(m, { frame, span, args: [] }, fn, given(shape.hears as HeardWrites, effect), fn.self);
}

function isOfTransaction(m: Machine, { handle }: Effect): boolean {
  if (m.walk.silent > 0 || m.handlers !== null) return false;
  if (handle?.k === 'library' && handle.type.shape.role === 'transaction') return true;
  return isWithinTransaction(m) && m.walk.regions.some((region) => region.kind === 'transaction' && (region.ambient || (handle !== null && handleOf(region.handle) === handleOf(handle))));
}

function given({ row, handle }: HeardWrites, effect: Effect): Value[] {
  const args: Value[] = [];
  for (const [path, value] of [[row, effect.entity ?? effect.result], [handle, effect.handle ?? UNKNOWN]] as const) {
    if (path === undefined) continue;
    const [argument, ...keys] = path.split('.');
    const index = Number(argument!.slice(1));
    const held = keys.reduceRight((inner, key): Value => ({ k: 'object', props: new Map([[key, inner]]), spreads: [], computed: [] }), value);
    const before = args[index];
    if (before?.k === 'object' && held.k === 'object') for (const [key, inner] of held.props) before.props.set(key, inner);
    else args[index] = held;
  }
  return args;
}
