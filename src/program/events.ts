import type { Event } from '../vocabulary/ir.ts';

/** Whether one of these events, however deep in the statements, is of the kind. */
export const anyEvent = (events: readonly Event[], isOfKind: (event: Event) => boolean): boolean => events.some((event) => {
  if (isOfKind(event)) return true;
  switch (event[0]) {
    case 'if': return anyEvent(event[2], isOfKind) || anyEvent(event[3], isOfKind);
    case 'loop': return anyEvent(event[3], isOfKind);
    case 'try': return anyEvent(event[2], isOfKind) || anyEvent(event[3] ?? [], isOfKind) || anyEvent(event[4] ?? [], isOfKind);
    case 'switch': return event[2].some(([, body]) => anyEvent(body, isOfKind));
    case 'label': return anyEvent(event[2], isOfKind);
    default: return false;
  }
});
