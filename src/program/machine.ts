import type { ClassIR, FunctionIR, Span, TypeRef } from '../vocabulary/ir.ts';
import type { EntryShape, Provision } from '../vocabulary/model.ts';
import type { Attempt, Guard, Occurrence, Region } from './effect.ts';
import type { CallSite, Frame } from './frame.ts';
import type { Program } from './program.ts';
import type { Descent } from './recursion.ts';
import type { ClassValue, FunctionValue, InstanceValue, LibraryValue, Value } from './value.ts';

/** A function that a library or framework calls: where executions begin. */
export interface Entry {
  readonly shape: EntryShape;
  readonly fn: FunctionValue;
  readonly args: readonly (Value | null)[];
  /** Index of the message among the arguments. */
  readonly message: number;
  /** One of the arguments is what is held for all handlers. */
  readonly hands?: { readonly key: string; readonly as: number };
  readonly file: string;
  readonly span: Span;
  /** Name of the export that a convention finds. */
  readonly name?: string;
  /** Route, queue, topic or event, when constant. */
  readonly source: string | null;
  /** Of a handler that is registered for a class of messages: that class. */
  readonly of?: ClassValue;
  /** What messages come through: a channel, a stream. */
  readonly through?: Value | null;
  /** It is registered behind something that lets only so many requests through. */
  readonly throttled?: true;
  /** The library by which it is registered. */
  readonly by?: string;
  /** The queue as it was given, where it is no constant. */
  readonly from?: Value;
  /** HTTP verb, when constant. */
  readonly method?: string;
}

/** Conditions under which control left a stretch of code early: what follows runs only when they did not hold. */
export interface Scope {
  readonly kind: 'function' | 'loop' | 'try' | 'root';
  readonly guards: number;
  readonly exits: (readonly Guard[])[];
  label: string | null;
  /** loop: conditions under which it was left for what comes after it. */
  breaks?: (readonly Guard[])[];
  /** Branches all of whose ways led out of them: what follows is not reached through them. */
  closed?: (readonly Guard[])[];
  /** What the only way here made sure of: the end of a loop, a return. */
  held?: Guard[];
}

/** What a container was handed under a name. It is made when first asked for; null while it is being made. */
export interface Held {
  readonly file: string;
  readonly span: Span;
  readonly as: Provision;
  readonly value: Value;
  readonly container: Value | null;
  made?: Value | null;
}

/** Two functions compared, a `<` on values, an equality: what a rule may want to see that is no effect. */
export interface Comparison {
  readonly op: string;
  readonly left: Value;
  readonly right: Value;
  readonly frame: Frame;
}

/** Tests of one execution that are kept; past these, any may have looked at anything. */
export const MAX_TESTS = 5_000;

/** One execution from a root, followed in order. */
export interface Walk {
  readonly occurrences: Occurrence[];
  /** Clients that it made, in their places among the occurrences. */
  readonly opened: Occurrence[];
  readonly guards: Guard[];
  regions: Region[];
  readonly scopes: Scope[];
  attempts: Attempt[];
  inHandler: Attempt | null;
  /** How many scopes were open when that handler began. */
  handling: number;
  /** Above zero: values are computed, nothing happens. */
  silent: number;
  steps: number;
  /** Steps by call in the text. */
  readonly spent: Map<Span, number>;
  /** How often a function was followed in vain: it did nothing that anyone else could notice. Below zero: it has done something. */
  readonly idle: Map<FunctionIR, number>;
  /** Marks that code has left: a member or variable that is not its own set, an exception thrown, a failure told from others, a client closed. */
  left: number;
  /** Values computed. */
  evaluated: number;
  /** Timers started. */
  timers: number;
  /** Time of the timer that was started last. */
  timer: Value | null;
  /** Promises rejected by the code in view. */
  rejected: number;
  /** Pauses: timers that a promise waits for. */
  readonly pauses: { readonly for: Value; readonly regions: readonly Region[]; readonly handler: Attempt | null; /** Effects before it. */ readonly after: number }[];
  /** The time after which a timer calls what is followed now. */
  delay: Value | null;
  /** Functions that call themselves again after a failure. */
  readonly recursions: Region[];
  /** Functions that call themselves for each element of a list. */
  readonly descents: Descent[];
  /** Within the function that a promise is made with: promises that it goes on after. */
  chained: Value[] | null;
  readonly files: Set<string>;
  truncated: boolean;
  /** Tells it from the others. */
  readonly mark: object;
  /** Every value that a branch tested, and what the root returned. */
  readonly tests: Value[];
  returned: readonly Value[];
  /** Values given to fields of injected instances. */
  readonly changed: Map<InstanceValue, Map<string, Value>>;
  /** A function of it answers that there are too many requests. */
  refuses: boolean;
  /** The function that returned last always throws. */
  thrown: boolean;
  /** It begins with a message, or a job, that may be of many kinds; steps that were taken for one kind of them. */
  readonly consumes: boolean;
  givenBack: number;
  /** How many functions the longest table holds that a call takes one of, and the first of them that is followed. */
  handlers: number;
  firstHandler: number;
}

/** The beginning of an execution in the text of a module. */
export interface Start { readonly args: readonly Value[]; readonly self: Value | null; readonly span: Span }

const MAX_DEPTH = 14;

/** Events followed below a root, or while a module is set up. */
export const MAX_STEPS = 24_000;

/** State shared by all walks of one program. Values of modules and injected instances are made once. */
export class Machine {
  readonly modules = new Map<string, Frame>();
  readonly instances = new Map<string, InstanceValue>();
  /** Functions that make what programs are wired up from, as run before any execution. */
  readonly activations = new Map<FunctionIR, Frame>();
  /** What stands for a type argument, by where it is written. */
  readonly promised = new Map<TypeRef, Value>();
  /** What functions written as arguments are called with, as the parameter that they are given to says. */
  readonly contextual = new Map<FunctionIR, { readonly file: string; readonly params: readonly TypeRef[] }>();
  readonly ambientLibraries = new Map<string, LibraryValue>();
  readonly entries: Entry[] = [];
  /** Handlers that something delivers to, and again after a failure. */
  readonly delivered = new Set<FunctionIR>();
  /** Hooks of rows: what they do is their own affair, whoever writes a row. */
  readonly hooks = new Set<FunctionIR>();
  /** Functions seen called from another function: they are no roots. */
  readonly called = new Set<object>();
  /** What modules, or objects when they are made, start: with what it is called. */
  readonly started = new Map<FunctionIR, Start[]>();
  /** Functions that an execution was followed into, and those that one was too long or too deep to be followed into. */
  readonly entered = new Set<FunctionIR>();
  readonly cut = new Set<FunctionIR>();
  /** Told of every call that is followed into a function. */
  onCall: ((callee: FunctionIR, caller: Frame) => void) | null = null;
  /** Told of every effect. */
  onEffect: ((occurrence: Occurrence) => void) | null = null;
  /** Static fields of classes whose static initialisers have run. */
  readonly statics = new Map<ClassIR, Map<string, Value>>();
  readonly initialisedClasses = new Set<ClassIR>();
  /** Collects what methods of an instance set a field to. */
  setOn: { readonly instance: InstanceValue; readonly key: string; readonly values: Value[] } | null = null;
  /** Evaluations within each other. */
  nesting = 0;
  /** Calls followed below a root: one in the first pass. What a module or injected instance holds is always followed in full, for it is remembered. */
  maxDepth = MAX_DEPTH;
  /** While roots are looked for, those found: each is followed in full later. */
  handlers: Set<object> | null = null;
  /** No deeper than this for now, in the code itself: what modules hold is remembered, so it is followed in full. */
  shallow: { readonly depth: number; readonly silent: number } | null = null;
  walk: Walk = newWalk();
  /** Libraries whose calls join the open transaction by themselves. */
  readonly joining = new Set<string>();
  /** What containers give for a name, by library and name. */
  readonly held = new Map<string, Held[]>();
  /** What the program puts on the global object, by name, seen before any execution is followed; null where it puts several there. */
  readonly globals = new Map<string, Value | null>();
  /** Queues whose jobs are seen to run more than once when they fail, and how often, where the code shows the number. */
  readonly retried = new Map<string, number | null>();
  /** Tags in front of functions that could not be read. */
  readonly misread = new Map<FunctionIR, { readonly file: string; readonly span: Span; readonly message: string }>();
  /** Channels and streams that are paced, and the files that pace one. */
  readonly paced = new Set<Value | string>();
  /** Requests are seen to be limited in some handlers. */
  throttles = false;
  /** Libraries by which a limiter is mounted in front of all handlers. */
  readonly limitedInFront = new Set<string>();
  private regionIds = 0;

  constructor(readonly program: Program) {}

  get depthLimit(): number {
    const { shallow, walk } = this;
    const depth = walk.silent > 0 ? MAX_DEPTH : this.maxDepth;
    return shallow !== null && shallow.silent === walk.silent ? Math.min(shallow.depth, depth) : depth;
  }

  nextRegionId(): number {
    this.regionIds += 1;
    return this.regionIds;
  }
}

export const newWalk = (): Walk => ({
  mark: {}, occurrences: [], opened: [], guards: [], regions: [], scopes: [{ kind: 'root', guards: 0, exits: [], label: null }], attempts: [], inHandler: null, handling: 0, silent: 0, steps: 0, spent: new Map(), idle: new Map(), left: 0, evaluated: 0, timers: 0, timer: null, rejected: 0, pauses: [], delay: null, recursions: [], descents: [], chained: null, files: new Set(), truncated: false, tests: [], returned: [], refuses: false, thrown: false, changed: new Map(), handlers: 0, firstHandler: 0, consumes: false, givenBack: 0,
});

/** As whoever wires the program up would have run it, once, before any execution: nothing happens. */
export function wired<Result>(m: Machine, body: () => Result): Result {
  const outer = m.walk;
  m.walk = newWalk();
  m.walk.silent = 1;
  try {
    return body();
  } finally {
    m.walk = outer;
  }
}

/** Calls on the way to this activation, outermost first. */
export function stackOf(frame: Frame): CallSite[] {
  const stack: CallSite[] = [];
  for (let site = frame.caller; site !== null; site = site.frame.caller) stack.push(site);
  return stack.reverse();
}
