import type { Arg, Event, FileIR, FunctionIR, Key, TypeRef, V } from '../../src/vocabulary/ir.ts';

/** A readable rendering of IR, for tests and for looking at. Values are written out as terms; a phi within itself (a loop) as `…`. */
export function printIR(ir: FileIR): string {
  return ir.functions.map((fn, id) => `${heading(fn, id)}\n${lines(fn, fn.body, 1).join('\n')}`.trimEnd()).join('\n');
}

function heading(fn: FunctionIR, id: number): string {
  const flags = [fn.async && 'async', fn.generator && 'generator'].filter(Boolean).map((flag) => `${flag} `);
  const params = fn.params.map((param) => (param.rest ? '...' : '') + (param.name || '{}') + (param.type ? `: ${printType(param.type)}` : ''));
  const slots = fn.slots.length === 0 ? '' : ` slots[${fn.slots.map((v) => printValue(fn, v)).join(', ')}]`;
  return `#${id} ${flags.join('')}${fn.kind} ${fn.name}(${params.join(', ')})${slots}`;
}

export function printEvents(fn: FunctionIR): string[] {
  return lines(fn, fn.body, 0);
}

function lines(fn: FunctionIR, events: readonly Event[], depth: number): string[] {
  const pad = '  '.repeat(depth);
  const value = (v: V): string => printValue(fn, v);
  const nested = (body: readonly Event[]): string[] => lines(fn, body, depth + 1);
  return events.flatMap((event): string[] => {
    switch (event[0]) {
      case 'call':
      case 'new':
        return [`${pad}r${event[1]} = ${event[0] === 'new' ? 'new ' : ''}${value(event[2])}(${printArgs(fn, event[3])}) ${event[4]}`];
      case 'tag':
        return [`${pad}r${event[1]} = ${value(event[2])}\`${event[3].join('${}')}\`(${printArgs(fn, event[4])}) ${event[5]}`];
      case 'await':
      case 'yield':
      case 'throw':
        return [`${pad}${event[0]} ${value(event[1])}`];
      case 'return':
        return [`${pad}return${event[1] < 0 ? '' : ` ${value(event[1])}`}`];
      case 'set':
        return [`${pad}${value(event[1])}${printKey(fn, event[2])} = ${value(event[3])}`];
      case 'assign':
        return [`${pad}cap(${event[1]},${event[2]}) = ${value(event[3])}`];
      case 'break':
      case 'continue':
        return [`${pad}${event[0]}${event[1] == null ? '' : ` ${event[1]}`}`];
      case 'if':
        return [`${pad}if ${value(event[1])}`, ...nested(event[2]), ...(event[3].length > 0 ? [`${pad}else`, ...nested(event[3])] : [])];
      case 'loop':
        return [`${pad}loop ${event[1]}${event[2] < 0 ? '' : ` ${value(event[2])}`}`, ...nested(event[3])];
      case 'try':
        return [
          `${pad}try ${event[1]}`,
          ...nested(event[2]),
          ...(event[3] == null ? [] : [`${pad}catch`, ...nested(event[3])]),
          ...(event[4] == null ? [] : [`${pad}finally`, ...nested(event[4])]),
        ];
      case 'switch':
        return [
          `${pad}switch ${value(event[1])}`,
          ...event[2].flatMap(([tests, body]) => [`${pad}case ${tests == null ? 'default' : tests.map(value).join(', ')}`, ...nested(body)]),
        ];
      case 'label':
        return [`${pad}label ${event[1]}`, ...nested(event[2])];
    }
  });
}

function printArgs(fn: FunctionIR, args: readonly Arg[]): string {
  return args.map((arg) => (typeof arg === 'number' ? printValue(fn, arg) : `...${printValue(fn, arg[0])}`)).join(', ');
}

function printKey(fn: FunctionIR, key: Key, within: readonly V[] = []): string {
  return typeof key === 'string' ? `.${key}` : `[${printValue(fn, key, within)}]`;
}

export function printValue(fn: FunctionIR, v: V, within: readonly V[] = []): string {
  if (within.includes(v)) return '…';
  const inside = [...within, v];
  const value = (inner: V): string => printValue(fn, inner, inside);
  const term = fn.values[v]!;
  switch (term[0]) {
    case 'param':
      return `p${term[1]}`;
    case 'this':
    case 'super':
    case 'unknown':
      return term[0];
    case 'undef':
      return 'undefined';
    case 'import':
      return `import(${term[1]} ${term[2]})`;
    case 'global':
    case 'regex':
      return term[1];
    case 'lit':
      return JSON.stringify(term[1]);
    case 'tpl':
      return `tpl(${term[1].join('${}')}; ${(term.slice(2) as V[]).map(value).join(', ')})`;
    case 'obj':
      return `{${(term.slice(1) as (readonly [Key, V] | readonly [V])[]).map((prop) => (prop.length === 1 ? `...${value(prop[0])}` : `${printKey(fn, prop[0], inside).replace(/^\./, '')}: ${value(prop[1])}`)).join(', ')}}`;
    case 'arr':
      return `[${(term.slice(1) as Arg[]).map((arg) => (typeof arg === 'number' ? value(arg) : `...${value(arg[0])}`)).join(', ')}]`;
    case 'get':
      return `${value(term[1])}${printKey(fn, term[2], inside)}`;
    case 'bin':
      return `(${value(term[2])} ${term[1]} ${value(term[3])})`;
    case 'logic':
      return `(${value(term[2])} ${term[1]} ${value(term[3])})`;
    case 'un':
      return `${term[1]}(${value(term[2])})`;
    case 'cond':
      return `(${value(term[1])} ? ${value(term[2])} : ${value(term[3])})`;
    case 'res':
      return `r${term[1]}`;
    case 'rest':
      return `rest(${value(term[1])}; ${term[2].join(', ')})`;
    case 'cap':
      return `cap(${term[1]},${term[2]})`;
    case 'fn':
    case 'class':
      return `${term[0]}#${term[1]}`;
    case 'in':
      return `in(#${term[1]}, ${term[2]})`;
    case 'caught':
      return `caught(${term[1]})`;
    case 'default':
    case 'item':
    case 'key':
    case 'await':
    case 'phi':
      return `${term[0]}(${(term.slice(1) as V[]).map(value).join(', ')})`;
  }
}

export function printType(type: TypeRef): string {
  const args = (list: readonly TypeRef[] | undefined): string => (list ?? []).map(printType).join(', ');
  const from = type.spec == null ? '' : `${type.spec}#`;
  switch (type.name) {
    case '=>':
    case 'new':
      return `${type.name === 'new' ? 'new ' : ''}(${args(type.params)}) => ${printType(type.return!)}`;
    case '{}':
      return `{ ${Object.entries(type.members ?? {}).map(([name, member]) => `${name}: ${printType(member)}`).join('; ')} }`;
    case '[]':
      return `[${args(type.args)}]`;
    case '|':
    case '&':
      return (type.args ?? []).map(printType).join(` ${type.name} `);
    case 'typeof':
      return `typeof ${from}${type.value}`;
    case 'literal':
      return `'${type.key}'`;
    case 'T[K]':
      return `${args(type.args)}[${type.key ?? ''}]`;
    default:
      return `${from}${type.name}${type.args == null ? '' : `<${args(type.args)}>`}`;
  }
}
