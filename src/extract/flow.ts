import type { Event, V , Key, Span } from '../vocabulary/ir.ts';
import type { Binding } from './scope.ts';
import { Terms } from './terms.ts';

/** Assignments of an inner `try` beyond which the outer one gets a summary of them, so that nesting stays linear. */
const LONGEST_LOG = 16;

export type Changes = ReadonlyMap<Binding, V>;

/** One way through the code: its events, the variables it leaves changed, and whether it leaves at all. */
export interface Path {
  readonly events: Event[];
  readonly changes: Changes;
  readonly dead: boolean;
}

/** Where a `break` or `continue` may lead. */
export interface Target {
  readonly kind: 'loop' | 'switch' | 'label';
  readonly labels: readonly string[];
  readonly breakTo: Frame;
  readonly breaks: Path[];
  continueTo: Frame | null;
  readonly continues: Path[];
}

/** A point in time that the variables can be taken back to. */
export interface Frame {
  readonly at: number;
  readonly outer: number;
  readonly mark: number;
}

/**
 * What each variable holds now, while control forks and joins. A change is remembered once per open frame, so leaving a branch costs
 * what the branch changed, never the number of variables.
 */
export class Flow extends Terms {
  events: Event[] = [];
  /** Nothing runs from here on (after `return`, `throw`, `break`, `continue`). */
  dead = false;
  tries = 0;
  readonly targets: Target[] = [];
  private readonly trail: { readonly binding: Binding; readonly now: V; readonly stamp: number }[] = [];
  private marks = 0;
  private openTries = 0;
  private readonly log: { readonly binding: Binding; readonly value: V }[] = [];
  mark = 0;

  /** A member is given a value: later reads of it are other values. */
  set(object: V, key: Key, value: V, span: Span): void {
    this.emit(['set', object, key, value, span, this.values.length]);
    this.changed(key);
  }

  emit(event: Event): void {
    this.events.push(event);
  }

  /** What a variable of this function holds now, with all that inner functions may have put there. */
  read(binding: Binding): V {
    const now = binding.now < 0 ? this.simple('undef') : binding.now;
    return binding.inner < 0 ? now : this.phi([now, binding.inner]);
  }

  /** An assignment in this function. */
  write(binding: Binding, value: V): void {
    binding.add(value);
    if (this.openTries > 0) this.log.push({ binding, value });
    this.move(binding, value);
  }

  private move(binding: Binding, value: V): void {
    if (binding.stamp !== this.mark) {
      this.trail.push({ binding, now: binding.now, stamp: binding.stamp });
      binding.stamp = this.mark;
    }
    binding.now = value;
  }

  private now(binding: Binding): V {
    return binding.now < 0 ? this.simple('undef') : binding.now;
  }

  private open(): Frame {
    const frame = { at: this.trail.length, outer: this.mark, mark: ++this.marks };
    this.mark = frame.mark;
    return frame;
  }

  private changesSince(frame: Frame): Map<Binding, V> {
    const changes = new Map<Binding, V>();
    for (let i = frame.at; i < this.trail.length; i++) {
      const { binding } = this.trail[i]!;
      if (binding.born < frame.mark) changes.set(binding, this.now(binding));
    }
    return changes;
  }

  private close(frame: Frame): Map<Binding, V> {
    const changes = this.changesSince(frame);
    while (this.trail.length > frame.at) {
      const { binding, now, stamp } = this.trail.pop()!;
      binding.now = now;
      binding.stamp = stamp;
    }
    this.mark = frame.outer;
    return changes;
  }

  /** Runs one branch and takes its effects on variables back. */
  branch(run: (frame: Frame) => void): Path {
    const outerEvents = this.events;
    const wasDead = this.dead;
    const events: Event[] = (this.events = []);
    const frame = this.open();
    run(frame);
    const dead = this.dead;
    const changes = this.close(frame);
    this.events = outerEvents;
    this.dead = wasDead;
    return { events, changes, dead };
  }

  /** Goes on after one of several paths. */
  join(paths: readonly Path[]): void {
    const alive = paths.filter((path) => !path.dead);
    if (alive.length === 0) {
      this.dead = true;
      return;
    }
    const changed = new Set<Binding>();
    for (const path of alive) for (const binding of path.changes.keys()) changed.add(binding);
    for (const binding of changed) {
      const now = this.now(binding);
      this.move(binding, alive.length === 1 ? alive[0]!.changes.get(binding)! : this.phi(alive.map((path) => path.changes.get(binding) ?? now)));
    }
  }

  jump(kind: 'break' | 'continue', label: string | null): void {
    for (let i = this.targets.length - 1; i >= 0; i--) {
      const target = this.targets[i]!;
      if (label == null ? target.kind === 'label' || (kind === 'continue' && target.kind !== 'loop') : !target.labels.includes(label)) continue;
      const frame = kind === 'break' ? target.breakTo : target.continueTo;
      if (frame != null) target[kind === 'break' ? 'breaks' : 'continues'].push({ events: [], changes: this.changesSince(frame), dead: false });
      break;
    }
    this.dead = true;
  }

  /**
   * Runs the body of a loop. A variable assigned in it holds at its head a phi of what it held before and what each round leaves.
   * `first` tells that the body runs before any test (`do`).
   */
  loop(assigned: readonly Binding[], labels: readonly string[], first: boolean, endless: boolean, round: (body: (run: () => void) => void) => void): Event[] {
    const heads = assigned.map((binding) => ({ binding, before: this.now(binding), phi: this.placeholder() }));
    let target: Target | null = null;
    const path = this.branch((frame) => {
      for (const { binding, phi } of heads) this.move(binding, phi);
      const loop: Target = (target = { kind: 'loop', labels, breakTo: frame, breaks: [], continueTo: null, continues: [] });
      this.targets.push(loop);
      round((run) => {
        const body = this.branch((inner) => {
          loop.continueTo = inner;
          run();
        });
        this.events.push(...body.events);
        this.join([body, ...loop.continues]);
      });
      this.targets.pop();
    });
    const breaks = target!.breaks as readonly Path[];
    const head = new Map<Binding, V>();
    for (const { binding, before, phi } of heads) {
      const values = binding.inner < 0 ? [before] : [before, binding.inner];
      if (!path.dead) values.push(path.changes.get(binding)!);
      head.set(binding, this.patch(phi, values));
    }
    const exit: Path = first ? path : { events: [], changes: head, dead: endless };
    this.join([exit, ...breaks]);
    return path.events;
  }

  switch(labels: readonly string[], cases: readonly (() => void)[], exhaustive: boolean): Event[][] {
    const bodies: Event[][] = [];
    let falls: Path | null = null;
    const exits: Path[] = [];
    const whole = this.branch((frame) => {
      const target: Target = { kind: 'switch', labels, breakTo: frame, breaks: exits, continueTo: null, continues: [] };
      this.targets.push(target);
      for (const run of cases) {
        const previous: Path | null = falls;
        const path = this.branch(() => {
          const dead = this.dead;
          if (previous != null && !previous.dead) this.join([{ events: [], changes: new Map(), dead: false }, previous]);
          this.dead = dead;
          run();
        });
        bodies.push(path.events);
        falls = path;
      }
      this.targets.pop();
    });
    void whole;
    if (falls != null) exits.push(falls);
    if (!exhaustive) exits.push({ events: [], changes: new Map(), dead: false });
    this.join(exits);
    return bodies;
  }

  /** A labelled statement that is no loop. */
  label(labels: readonly string[], run: () => void): Event[] {
    const breaks: Path[] = [];
    const path = this.branch((frame) => {
      this.targets.push({ kind: 'label', labels, breakTo: frame, breaks, continueTo: null, continues: [] });
      run();
      this.targets.pop();
    });
    this.join([path, ...breaks]);
    return path.events;
  }

  /** The handler starts with whatever the body may have assigned before it failed, and so does the finalizer. */
  try(body: () => void, handler: (() => void) | null, finalizer: (() => void) | null): { body: Event[]; handler: Event[] | null; finalizer: Event[] | null; keeps: boolean } {
    const from = this.log.length;
    const outer = this.marks;
    this.openTries++;
    let keeps = false;
    const tried = this.branch(body);
    const assigned = (): Map<Binding, V[]> => {
      const values = new Map<Binding, V[]>();
      for (let i = from; i < this.log.length; i++) {
        const { binding, value } = this.log[i]!;
        if (binding.born > outer) continue;
        const list = values.get(binding);
        if (list == null) values.set(binding, [value]);
        else list.push(value);
      }
      return values;
    };
    const assumeInterrupted = (): void => {
      for (const [binding, values] of assigned()) this.move(binding, this.phi([this.now(binding), ...values]));
    };
    const handled =
      handler == null
        ? null
        : this.branch(() => {
            assumeInterrupted();
            const start = this.log.length;
            handler();
            keeps = this.log.slice(start).some(({ binding }) => binding.born <= outer);
          });
    let final: Path | null = null;
    if (finalizer != null) {
      this.branch(() => {
        assumeInterrupted();
        final = this.branch(finalizer);
      });
    }
    this.openTries--;
    if (this.openTries === 0) this.log.length = 0;
    else if (this.log.length - from > LONGEST_LOG) {
      const values = assigned();
      this.log.length = from;
      for (const [binding, list] of values) this.log.push({ binding, value: this.phi(list) });
    }
    this.join(handled == null ? [tried] : [tried, handled]);
    const last = final as Path | null;
    if (last != null) {
      if (last.dead) this.dead = true;
      else for (const [binding, value] of last.changes) this.move(binding, value);
    }
    return { body: tried.events, handler: handled?.events ?? null, finalizer: last?.events ?? null, keeps };
  }
}
