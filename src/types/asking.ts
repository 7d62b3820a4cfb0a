import type { Event, FileIR, FunctionIR, V } from '../vocabulary/ir.ts';

/** Whether a file calls a member of one of these names on something that is no import and was made in no plain way: its receivers may have to be asked for. */
export function asks(ir: FileIR, names: ReadonlySet<string>): boolean {
  return ir.functions.some((fn) => fn.kind !== 'module' && some(fn.body, (event) => {
    if (event[0] !== 'call') return false;
    const callee = fn.values[event[2]];
    return callee?.[0] === 'get' && typeof callee[2] === 'string' && names.has(callee[2]) && isOpen(fn, callee[1], 6);
  }));
}

function isOpen(fn: FunctionIR, v: V, depth: number): boolean {
  const term = fn.values[v];
  if (term === undefined || depth === 0) return false;
  if (term[0] === 'get' || term[0] === 'await') return isOpen(fn, term[1], depth - 1);
  return !['import', 'global', 'lit', 'tpl', 'obj', 'arr', 'regex', 'fn', 'class'].includes(term[0]);
}

function some(events: readonly Event[], test: (event: Event) => boolean): boolean {
  return events.some((event) => {
    if (test(event)) return true;
    switch (event[0]) {
      case 'if': return some(event[2], test) || some(event[3], test);
      case 'loop': return some(event[3], test);
      case 'try': return some(event[2], test) || some(event[3] ?? [], test) || some(event[4] ?? [], test);
      case 'switch': return event[2].some(([, body]) => some(body, test));
      case 'label': return some(event[2], test);
      default: return false;
    }
  });
}
