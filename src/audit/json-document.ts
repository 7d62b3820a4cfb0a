import { parseSync, type Expression } from 'oxc-parser';

export interface JsonDocument {
  readonly value: unknown;
  /** 1-based line of the deepest key on the path that is there. */
  lineOf(path: readonly PropertyKey[]): number | undefined;
}

export interface JsonError {
  readonly error: string;
  readonly line?: number;
}

/** Deeper brackets could overflow the parser's native stack, and no config nests so. */
const MAX_DEPTH = 200;

/** JSON that knows its lines; comments and trailing commas are forgiven, as in tsconfig.json. Never throws. */
export function jsonDocument(source: string): JsonDocument | JsonError {
  const text = source.replace(/^\ufeff/, '');
  if (depth(text) > MAX_DEPTH) return { error: `brackets nest deeper than ${MAX_DEPTH}` };
  const lead = '(';
  const lineAt = (offset: number): number => text.slice(0, Math.max(0, offset - lead.length)).split('\n').length;
  const { program, errors } = parseSync('config.js', `${lead}${text}\n)`);
  if (text.trim() === '') return { error: 'not valid JSON: the file is empty' };
  if (errors.length > 0) {
    const offset = errors[0]!.labels[0]?.start ?? 0;
    const what = offset >= lead.length + text.trimEnd().length ? 'the end is missing' : errors[0]!.message;
    return { error: `not valid JSON: ${what}`, line: lineAt(Math.min(offset, text.trimEnd().length)) };
  }
  const statement = program.body[0];
  if (program.body.length !== 1 || statement?.type !== 'ExpressionStatement') return { error: 'not valid JSON', line: 1 };
  try {
    const root = statement.expression;
    return { value: evaluate(root), lineOf: (path) => lineAt(locate(root, path)) };
  } catch (error) {
    if (error instanceof NotJson) return { error: 'not valid JSON: only literal values may stand here', line: lineAt(error.offset) };
    throw error;
  }
}

class NotJson extends Error {
  constructor(readonly offset: number) {
    super();
  }
}

function evaluate(node: Expression): unknown {
  switch (node.type) {
    case 'ParenthesizedExpression':
      return evaluate(node.expression);
    case 'Literal':
      if (node.value === null || ['string', 'number', 'boolean'].includes(typeof node.value)) return node.value;
      break;
    case 'UnaryExpression':
      if (node.operator === '-' && node.argument.type === 'Literal' && typeof node.argument.value === 'number') return -node.argument.value;
      break;
    case 'ArrayExpression':
      return node.elements.map((element) => {
        if (element === null || element.type === 'SpreadElement') throw new NotJson(element?.start ?? node.start);
        return evaluate(element);
      });
    case 'ObjectExpression':
      // Not by assignment: a key may be `__proto__`.
      return Object.fromEntries(node.properties.map((property) => {
        if (property.type === 'SpreadElement' || property.key.type !== 'Literal' || property.computed) throw new NotJson(property.start);
        return [String(property.key.value), evaluate(property.value)];
      }));
  }
  throw new NotJson(node.start);
}

function locate(root: Expression, path: readonly PropertyKey[]): number {
  let node = root;
  let offset = root.start;
  for (const key of path) {
    while (node.type === 'ParenthesizedExpression') node = node.expression;
    if (node.type === 'ArrayExpression') {
      const element = node.elements[Number(key)];
      if (element == null || element.type === 'SpreadElement') break;
      offset = element.start;
      node = element;
    } else if (node.type === 'ObjectExpression') {
      const property = node.properties.findLast(
        (property) => property.type === 'Property' && property.key.type === 'Literal' && String(property.key.value) === String(key),
      );
      if (property?.type !== 'Property') break;
      offset = property.start;
      node = property.value;
    } else {
      break;
    }
  }
  return offset;
}

function depth(text: string): number {
  let now = 0;
  let most = 0;
  for (const [token] of text.matchAll(/"(?:[^"\\\n]|\\.)*"|[[\]{}()]/g)) {
    if (token.length > 1) continue;
    now += '[{('.includes(token) ? 1 : -1;
    most = Math.max(most, now);
  }
  return most;
}
