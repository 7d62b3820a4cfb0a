/** `schema.prisma` to tables. Tolerant: what does not read as a field or an attribute is passed over. */
import type { TableFacts, UniqueKey } from '../vocabulary/schema.ts';
import { renamed } from './merge.ts';

interface Block {
  readonly name: string;
  readonly line: number;
  readonly lines: readonly string[];
}

export function readPrismaSchema(text: string, file: string): TableFacts[] {
  const read = blocks(text);
  const models = new Set(read.map((block) => block.name));
  return read.map((block) => readModel(block, models, file));
}

function readModel(block: Block, models: ReadonlySet<string>, file: string): TableFacts {
  const aliases = [block.name];
  const fields: string[] = [];
  const columnOf = new Map<string, string>();
  const keys: UniqueKey[] = [];
  const relations: Record<string, string> = {};
  for (const line of block.lines) {
    const attributes = readAttributes(line);
    if (line.startsWith('@@')) {
      for (const { name, args } of attributes) {
        if (name === '@@map') aliases.push(args.text('name') ?? block.name);
        if (name !== '@@id' && name !== '@@unique') continue;
        const columns = args.list('fields');
        if (columns.length > 0)
          keys.push({
            columns,
            ...(name === '@@id' && { primary: true }),
            ...(args.has('where') && { partial: true }),
            name: args.text('name', false) ?? columns.join('_'),
          });
      }
      continue;
    }
    const field = /^[A-Za-z]\w*/.exec(line)?.[0];
    if (!field || !/^\w+\s+[A-Za-z]/.test(line)) continue;
    fields.push(field);
    const type = /^\w+\s+(\w+)/.exec(line)![1];
    if (models.has(type)) relations[field] = type;
    for (const { name, args } of attributes) {
      if (name === '@id') keys.push({ columns: [field], primary: true });
      else if (name === '@unique') keys.push({ columns: [field], ...(args.has('where') && { partial: true }) });
      else if (name === '@map') {
        const column = args.text('name');
        if (column) columnOf.set(field, column);
      }
    }
  }
  return {
    name: block.name,
    aliases: [...new Set(aliases)],
    unique: keys.flatMap((key) => [key, ...renamed(key, columnOf)]),
    columns: [...new Set([...fields, ...columnOf.values()])],
    ...(Object.keys(relations).length > 0 && { relations }),
    file,
    line: block.line,
  };
}

/** The bodies of `model` and `view` blocks, comments removed, brackets that span lines joined. */
function blocks(text: string): Block[] {
  const found: Block[] = [];
  let open: { name: string; line: number; lines: string[] } | null = null;
  let pending = '';
  const lines = text.split(/\r?\n/);
  for (let i = 0; i < lines.length; i++) {
    const line = withoutComment(lines[i]).trim();
    if (!open) {
      const head = /^(?:model|view)\s+(\w+)\s*\{?\s*(.*)$/.exec(line);
      if (!head) continue;
      const [, name, rest] = head;
      open = { name, line: i + 1, lines: rest ? [rest.replace(/\}$/, '').trim()] : [] };
      if (!rest.endsWith('}')) continue;
      found.push(open);
      open = null;
      continue;
    }
    const joined = pending ? `${pending} ${line}` : line;
    if (line === '}' || /^(?:model|view|enum|type|datasource|generator)\s+\w+\s*\{$/.test(line)) {
      if (pending) open.lines.push(pending);
      pending = '';
      found.push(open);
      open = null;
      if (line !== '}') i--; // the closing brace was forgotten
      continue;
    }
    if (unclosed(joined) && joined.length < 10_000) pending = joined;
    else {
      if (joined) open.lines.push(joined);
      pending = '';
    }
  }
  if (open) found.push(open);
  return found;
}

function withoutComment(line: string): string {
  let inString = false;
  for (let i = 0; i < line.length; i++) {
    if (line[i] === '\\' && inString) i++;
    else if (line[i] === '"') inString = !inString;
    else if (!inString && line[i] === '/' && line[i + 1] === '/') return line.slice(0, i);
  }
  return line;
}

function unclosed(line: string): boolean {
  let depth = 0;
  let inString = false;
  for (let i = 0; i < line.length; i++) {
    const char = line[i];
    if (char === '\\' && inString) i++;
    else if (char === '"') inString = !inString;
    else if (!inString && (char === '(' || char === '[')) depth++;
    else if (!inString && (char === ')' || char === ']')) depth--;
  }
  return depth > 0;
}

interface Args {
  has(name: string): boolean;
  /** A string argument by name, or the unnamed one where that is allowed. */
  text(name: string, unnamed?: boolean): string | undefined;
  /** Field names of a list, each without its `(sort: Desc)`; composite fields keep their dots. */
  list(name: string): string[];
}

function readAttributes(line: string): { name: string; args: Args }[] {
  const found: { name: string; args: Args }[] = [];
  const attribute = /@{1,2}[A-Za-z][\w.]*/y;
  for (let i = 0; i < line.length; i++) {
    if (line[i] === '"') {
      i = endOfString(line, i);
      continue;
    }
    if (line[i] !== '@') continue;
    attribute.lastIndex = i;
    const name = attribute.exec(line)?.[0];
    if (!name) continue;
    i += name.length;
    const parts = line[i] === '(' ? splitArguments(line, i + 1) : { parts: [], end: i - 1 };
    i = parts.end;
    found.push({ name, args: toArgs(parts.parts) });
  }
  return found;
}

const endOfString = (line: string, from: number): number => {
  let i = from + 1;
  while (i < line.length && line[i] !== '"') i += line[i] === '\\' ? 2 : 1;
  return i;
};

/** Arguments between the brackets, split at the commas of the outermost level. */
function splitArguments(line: string, from: number): { parts: string[]; end: number } {
  const parts: string[] = [];
  let depth = 0;
  let start = from;
  let i = from;
  for (; i < line.length; i++) {
    const char = line[i];
    if (char === '"') i = endOfString(line, i);
    else if (char === '(' || char === '[') depth++;
    else if ((char === ')' || char === ']') && depth-- === 0) break;
    else if (char === ',' && depth === 0) {
      parts.push(line.slice(start, i).trim());
      start = i + 1;
    }
  }
  const last = line.slice(start, i).trim();
  if (last) parts.push(last);
  return { parts, end: i };
}

function toArgs(parts: readonly string[]): Args {
  const named = new Map<string, string>();
  for (const part of parts) {
    const label = /^([A-Za-z]\w*)\s*:\s*/.exec(part);
    if (label) named.set(label[1], part.slice(label[0].length));
    else if (!named.has('')) named.set('', part);
  }
  return {
    has: (name) => named.has(name),
    text: (name, unnamed = true) => {
      const value = named.get(name) ?? (unnamed ? named.get('') : undefined);
      return value?.startsWith('"') ? value.slice(1, endOfString(value, 0)) : undefined;
    },
    list: (name) => {
      const value = named.get(name) ?? named.get('');
      if (!value?.startsWith('[')) return [];
      return splitArguments(value, 1).parts.flatMap((part) => /^[\w.]+/.exec(part)?.[0] ?? []);
    },
  };
}
