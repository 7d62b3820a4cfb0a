import type { Certainty, Harm, PresetName } from '../vocabulary/finding.ts';
import type { FunctionIR, Span } from '../vocabulary/ir.ts';
import type { Effect, Occurrence } from '../program/effect.ts';
import { wrapperOf } from '../program/evaluate.ts';
import type { Frame } from '../program/frame.ts';
import { type Machine, type Walk } from '../program/machine.ts';
import { type Root } from '../program/roots.ts';
import { forget } from '../program/told.ts';
import { type Value, optionsOf } from '../program/value.ts';
import { fromMessage } from '../questions/bounds.ts';
import { Ask } from './ask.ts';
import type { ReportOptions, Rule, SuggestedEdit } from './define-rule.ts';
import type { Questions } from './questions.ts';

export interface Place { readonly file: string; readonly span: Span }
export interface Step extends Place { readonly message: string }

/** A finding in offsets, before it is placed in lines. */
export interface Problem extends Place {
  readonly rule: string;
  readonly message: string;
  /** Key of the message among the rule's, and what its placeholders were filled with. */
  readonly messageId: string;
  readonly data: Readonly<Record<string, string>>;
  readonly certainty: Certainty;
  readonly harm: Harm;
  readonly form: PresetName;
  readonly steps: readonly Step[];
  /** What the finding is about, apart from where it stands: symbolic function name and effect. */
  readonly identity: string;
  /** Gives the text at a place anew. */
  readonly suggestion?: Place & SuggestedEdit;
  /** Present when the questions are kept. */
  readonly decided?: readonly string[];
}

export interface CheckOptions {
  readonly onRule?: (rule: Rule, milliseconds: number) => void;
  readonly questions?: Questions | undefined;
  /** What would stand in another file need not be found. */
  readonly within?: string;
}

/** Whether an activation comes through a handler that something delivers to: a script that calls it by hand knows less of it than its own execution does. */
function isInHandler({ delivered }: Machine, frame: Frame): boolean {
  for (let at: Frame | null = frame; at !== null; at = at.caller?.frame ?? null) if (delivered.has(at.fn)) return true;
  return false;
}

/** Puts the rules' questions to one execution. */
export function check(machine: Machine, root: Root, walk: Walk, rules: readonly Rule[], { onRule, questions, within }: CheckOptions = {}): Problem[] {
  const problems: Problem[] = [];
  const byHand = root.entry === null && machine.delivered.size > 0;
  // A finding stands in one of the activations that lead to what it is about.
  const wanted = (all: readonly Occurrence[]): readonly Occurrence[] =>
    within === undefined && !byHand ? all : all.filter((occurrence) => (within === undefined || comesThrough(occurrence, within)) && !(byHand && isInHandler(machine, occurrence.frame)));
  const [occurrences, opened] = [wanted(walk.occurrences), wanted(walk.opened)];
  if (occurrences.length + opened.length === 0) return problems;
  forget();
  const ask = questions === undefined ? new Ask(machine, walk, root) : questions.listenTo(new Ask(machine, walk, root));
  for (const rule of rules) {
    const start = onRule === undefined ? 0 : performance.now();
    const report = (at: Occurrence, message: string, options: ReportOptions = {}): void => {
      const problem = place(machine, rule, root, at, message, options);
      if (problem !== null) problems.push(questions === undefined ? problem : { ...problem, decided: questions.asked() });
    };
    for (const occurrence of rule.meta.far === true ? walk.occurrences : occurrences) {
      questions?.begin();
      rule.on[occurrence.effect.kind]?.(occurrence, ask, report);
      rule.on.effect?.(occurrence, ask, report);
    }
    for (const occurrence of opened) rule.on.open?.(occurrence, ask, report);
    onRule?.(rule, performance.now() - start);
  }
  return problems;
}

const comesThrough = (occurrence: Occurrence, file: string): boolean => occurrence.frame.file === file || occurrence.stack.some((site) => site.frame.file === file);

const framesOf = (occurrence: Occurrence): readonly Frame[] => [...occurrence.stack.map((site) => site.frame), occurrence.frame];

function place({ hooks }: Machine, rule: Rule, root: Root, at: Occurrence, messageId: string, options: ReportOptions): Problem | null {
  const chain = framesOf(at);
  const evidence = options.evidence ?? [];
  const region = options.at ?? options.within;
  // The innermost activation in which all of the evidence meets; what is written inside of it, in callbacks, still counts as in it.
  const others = [...evidence.map((item) => framesOf(item.occurrence)), ...(region === undefined ? [] : [chain.slice(0, openedIn(region.frame, chain) + 1)])];
  let depth = 0;
  if (others.length === 0) depth = chain.length - 1;
  else while (depth + 1 < chain.length && others.every((frames) => frames[depth + 1] === chain[depth + 1])) depth += 1;
  const iteration = options.at?.kind === 'each' || options.at?.kind === 'loop' ? options.at : null;
  if (iteration !== null) depth = closingDepth(chain, depth, iteration.over);
  else if (region?.kind !== 'entry') for (let inner = depth + 1; inner < chain.length; inner += 1) if (writtenIn(chain[inner]!, chain.slice(0, depth + 1)) || isDecorated(chain[inner]!, chain.slice(0, depth + 1)) || hooks.has(chain[inner]!.fn)) depth = inner;
  if (region?.kind === 'entry') depth = Math.min(handlerDepth(at, chain, root), ...evidence.map((item) => meeting(framesOf(item.occurrence), chain)));
  const call = options.call !== undefined && chain.includes(options.call.frame) ? options.call : null;
  if (call !== null) depth = chain.indexOf(call.frame);
  else if (options.decidedIn != null && chain.includes(options.decidedIn)) depth = chain.indexOf(options.decidedIn);
  else if (options.decidedBy != null) depth = closingDepth(chain, depth, options.decidedBy);
  // What was read may have been handed in: the mistake is where it is tested and acted upon.
  if (options.test !== undefined) depth = Math.max(depth, chain.indexOf(options.test.frame));
  const anchor = options.here === true ? chain.length - 1 : depth;
  const frame = chain[anchor]!;
  const span = call !== null ? call.span : iteration !== null && iteration.frame === frame ? iteration.span : anchor < chain.length - 1 ? at.stack[anchor]!.span : at.span;

  const steps: Step[] = [{ file: root.fn.file, span: root.fn.ir.nameSpan, message: entrySentence(root) }];
  for (let i = 0; i < depth; i += 1) steps.push({ file: chain[i]!.file, span: at.stack[i]!.span, message: `calls ${callee(at.stack[i]!.to)}` });
  for (const { occurrence, message } of [...evidence].sort((a, b) => a.occurrence.index - b.occurrence.index)) {
    const frames = framesOf(occurrence);
    for (let i = Math.min(depth, meeting(frames, chain)); i < frames.length - 1; i += 1) steps.push({ file: frames[i]!.file, span: occurrence.stack[i]!.span, message: `calls ${callee(occurrence.stack[i]!.to)}` });
    steps.push({ file: occurrence.frame.file, span: occurrence.span, message });
  }
  for (let i = depth; i < chain.length - 1; i += 1) steps.push({ file: chain[i]!.file, span: at.stack[i]!.span, message: `calls ${callee(at.stack[i]!.to)}` });
  if (options.setUp !== undefined) steps.push({ file: options.setUp.frame.file, span: options.setUp.span, message: 'sets up the client' });
  steps.push({ file: at.frame.file, span: at.span, message: options.step ?? describe(at.effect) });
  const template = rule.meta.messages[messageId] ?? messageId;
  const data: Record<string, string> = {};
  const message = template.replaceAll(/\{(\w+)\}/g, (_, name: string) => (data[name] = options.data?.[name] ?? (name === 'effect' ? nameOf(at.effect) : name)));
  return {
    rule: rule.name, message, messageId, data, certainty: options.likely === true || root.cut === true ? 'likely' : 'proven', harm: rule.meta.harms?.[messageId] ?? rule.meta.harm, form: options.preset ?? rule.meta.preset, ...(options.setUp === undefined ? { file: frame.file, span } : { file: options.setUp.frame.file, span: options.setUp.span }), steps: distinct(steps),
    identity: [(options.setUp?.frame ?? frame).fn.name, messageId, at.effect.label, at.effect.resource ?? ''].join('|'),
    ...(options.suggestion == null ? {} : { suggestion: { ...options.suggestion, file: at.frame.file, span: at.span } }),
  };
}

/** The activation on the way that opened the region, where need be through a function that does nothing else: `const tx = await begin(options)`. */
function openedIn(frame: Frame | null, chain: readonly Frame[]): number {
  let at = frame;
  while (at !== null && !chain.includes(at)) at = at.caller?.frame ?? null;
  return at === null ? 0 : chain.indexOf(at);
}

/** The activation of the handler: what a wrapper was given and hands the request to (`withAuth(async (request) => …)`), or what a table gives for the kind of message. */
function handlerDepth(at: Occurrence, chain: readonly Frame[], { entry, fn }: Root): number {
  // A request is taken apart for whatever it asks for; a message is for its handler.
  const isMessage = entry !== null && entry.shape.kind !== 'http' && entry.shape.kind !== 'rpc';
  let depth = 0;
  for (let i = 1; i < chain.length; i += 1) {
    const [from, to] = [chain[depth]!, chain[i]!];
    if (i === depth + 1 && isPicked(at, chain, depth)) depth = i;
    else if (wasGiven(from, to.fn) && (isHandedOn(from, to) || (isMessage && parts(to.args).some((arg) => fromMessage(arg, fn.ir))))) depth = i;
  }
  return depth;
}

const parts = (args: readonly Value[]): readonly Value[] => args.flatMap((arg) => (arg.k === 'object' ? [arg, ...arg.props.values()] : [arg]));

/** One of the functions around this one, which made it, was called with that function. */
function wasGiven(made: Frame, fn: FunctionIR): boolean {
  for (let at = made.up; at !== null && at.fn.kind !== 'module'; at = at.up) if (at.args.some((arg) => gives(arg, fn, 2))) return true;
  return false;
}

const gives = (arg: Value, fn: FunctionIR, depth: number): boolean =>
  arg.k === 'function' ? arg.ir === fn : arg.k === 'derived' ? arg.wraps?.ir === fn : depth > 0 && (arg.k === 'object' ? [...arg.props.values()] : arg.k === 'phi' ? arg.options : []).some((held) => gives(held, fn, depth - 1));

/** What the one received, the other is called with, alone or among other things. */
function isHandedOn(from: Frame, to: Frame): boolean {
  const received = new Set<Value | undefined>([...from.args, ...from.fn.values.flatMap((term, v) => (term[0] === 'param' ? [from.values[v]] : []))]);
  const isReceived = (value: Value): boolean => received.has(value) || (value.k === 'param' && value.fn === from.fn);
  return parts(to.args).some(isReceived);
}

/** `handlers[message.type](message)` */
const isPicked = ({ guards, stack }: Occurrence, chain: readonly Frame[], depth: number): boolean =>
  guards.some(({ test, frame, span }) => frame === chain[depth] && span === stack[depth]?.span && test.k === 'derived' && test.op === 'dispatch' && test.from[0]?.k === 'phi' && test.from[0].by !== undefined);

/** Index of the innermost activation that two paths share. */
const meeting = (a: readonly Frame[], b: readonly Frame[]): number => {
  let at = 0;
  while (at + 1 < a.length && a[at + 1] === b[at + 1]) at += 1;
  return at;
};

/** A callback that stands in the text of one of these activations, whoever calls it. */
const writtenIn = (inner: Frame, outer: readonly Frame[]): boolean => {
  for (let at = inner.up; at !== null; at = at.up) if (at.fn.kind !== 'module' && outer.includes(at)) return true;
  return false;
};

/** The method that a decorator stands on: what the decorator does around it was asked for there. */
const isDecorated = (inner: Frame, outer: readonly Frame[]): boolean => {
  const wrapper = inner.fn.decorators === undefined ? null : wrapperOf(inner.fn);
  return wrapper !== null && outer.some(({ fn }) => fn === wrapper);
};

/** The activation that knows the collection: where a caller handed it in, the call in the caller. */
function closingDepth(chain: readonly Frame[], depth: number, over: Value | null): number {
  let at = depth;
  while (at > 0 && over !== null && chain[at]!.args.some((arg) => optionsOf(over).includes(arg) || (arg.k !== 'literal' && arg.k !== 'undefined' && (reaches(over, arg, 8) || holds(arg, over, 2))))) at -= 1;
  return at;
}

/** An options object or list that the value was handed in with. */
const holds = (arg: Value, value: Value, depth: number): boolean => arg === value || (depth > 0 && (arg.k === 'object' ? [...arg.props.values()] : arg.k === 'array' ? arg.items : []).some((held) => holds(held, value, depth - 1)));

function reaches(value: Value, target: Value, depth: number): boolean {
  if (value === target) return true;
  if (depth === 0) return false;
  switch (value.k) {
    case 'access': case 'item': return reaches(value.of, target, depth - 1);
    case 'derived': return value.from.some((from) => reaches(from, target, depth - 1));
    case 'phi': return value.options.some((option) => reaches(option, target, depth - 1));
    case 'array': return value.spreads.some((spread) => reaches(spread, target, depth - 1)) || value.pushed.some((push) => push.region?.over != null && reaches(push.region.over, target, depth - 1));
    default: return false;
  }
}

const distinct = (steps: readonly Step[]): Step[] => steps.filter((step, i) => i === 0 || step.file !== steps[i - 1]!.file || step.span !== steps[i - 1]!.span || step.message !== steps[i - 1]!.message);

const callee = (name: string): string => (name === '' || name.endsWith('<anonymous>') ? 'the callback' : `\`${name.split('.').slice(-2).join('.')}\``);

const ENTRIES: Record<string, string> = { http: 'HTTP handler', rpc: 'RPC handler', queue: 'queue consumer', stream: 'stream consumer', webhook: 'webhook', cron: 'scheduled job', event: 'event listener', job: 'job', cdc: 'change stream consumer', script: 'script', test: 'test', middleware: 'middleware' };

function entrySentence(root: Root): string {
  const { name: own } = root.fn.ir;
  const name = own.endsWith('<anonymous>') ? '' : ` \`${own === '' ? 'module' : own.split('.').slice(-2).join('.')}\``;
  if (root.entry === null) return `${name === '' ? 'a function' : name.slice(1)} is called`;
  const kind = ENTRIES[root.entry.shape.kind] ?? root.entry.shape.kind;
  return `${kind}${name} is called${root.entry.source === null ? '' : ` for ${root.entry.source}`}`;
}

const VERBS: Record<Effect['kind'], string> = { read: 'reads', write: 'writes', publish: 'publishes to', send: 'sends through', charge: 'moves money through', call: 'calls', lock: 'locks', unlock: 'unlocks', ack: 'acknowledges', nack: 'rejects', verify: 'verifies', delegate: 'calls', open: 'opens connections with' };

/** `writes order (prisma.order.update)`. */
export const describe = (effect: Effect): string => (effect.resource === null ? `${VERBS[effect.kind]} ${nameOf(effect)}` : `${VERBS[effect.kind]} \`${effect.resource}\` (${spelled(effect)})`);

/** How a message names the effect's target. */
export const nameOf = (effect: Effect): string => (effect.resource !== null ? `\`${effect.resource}\`` : spelled(effect) === effect.label ? effect.label : `\`${spelled(effect)}\``);

/** What the platform itself has goes by its bare name in code. */
const spelled = ({ label }: Effect): string => label.replace(/^platform\./, '');
