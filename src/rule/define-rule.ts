import type { Certainty, Harm, PresetName } from '../vocabulary/finding.ts';
import type { EffectKind } from '../vocabulary/model.ts';
import type { Guard, Occurrence, Region } from '../program/effect.ts';
import type { Frame } from '../program/frame.ts';
import type { CallPlace, Value } from '../program/value.ts';
import type { Ask } from './ask.ts';

/** A step of the evidence: an effect, a comparison, a branch, with the sentence that says what it does there. */
export interface Evidence {
  readonly occurrence: Occurrence;
  readonly message: string;
}

export interface ReportOptions {
  /** Values for the placeholders of the message. */
  readonly data?: Readonly<Record<string, string>>;
  /** Effects that the finding stands on, in order; the reported one may be left out. */
  readonly evidence?: readonly Evidence[];
  /** What the reported effect itself does, as the last step of the path. */
  readonly step?: string;
  /** Stands on an assumption: reported where the preset admits likely findings. */
  readonly likely?: boolean;
  /** Weaker form of the rule: reported from this preset on. */
  readonly preset?: PresetName;
  /** Point at the place where this iteration starts instead of the effect. */
  readonly at?: Region;
  /** The line itself is the cause, whoever calls it. */
  readonly here?: true;
  /** Point at this call on the way to the effect. */
  readonly call?: CallPlace;
  /** Point at this call, which set up what the effect goes through. */
  readonly setUp?: CallPlace;
  /** Point at the call in the body of this iteration that leads to the effect. */
  readonly within?: Region;
  /** The value that decides: where a caller handed it in, the finding stands at the call. */
  readonly decidedBy?: Value | null;
  /** The activation that decides, where it is known. */
  readonly decidedIn?: Frame | null;
  /** The test through which what was read decides. */
  readonly test?: Guard;
  /** A safe edit: gives the text of the reported effect anew, or null when that text is not so plain. */
  readonly suggestion?: SuggestedEdit | null;
}

export interface SuggestedEdit {
  readonly message: string;
  readonly edit: (text: string) => string | null;
}

export type Report<MessageId extends string> = (at: Occurrence, message: MessageId, options?: ReportOptions) => void;

type Listener<MessageId extends string> = (occurrence: Occurrence, ask: Ask, report: Report<MessageId>) => void;

/** What a rule listens to: effects by kind, or all of them. */
export type Listeners<MessageId extends string> = { readonly [Noun in EffectKind | 'effect']?: Listener<MessageId> };

export interface RuleMeta<MessageId extends string> {
  /** One sentence, no full stop, starting with a verb. */
  readonly description: string;
  readonly preset: PresetName;
  readonly harm: Harm;
  /** Of messages that tell of another harm. */
  readonly harms?: Readonly<Partial<Record<MessageId, Harm>>>;
  /** Full sentences: what happens, and the harm. `{name}` is filled from the report's data. */
  readonly messages: Readonly<Record<MessageId, string>>;
  readonly hasSuggestions?: true;
  /** It may report another effect than the one that it is asked about. */
  readonly far?: true;
}

export interface Rule<MessageId extends string = string> {
  readonly name: string;
  readonly meta: RuleMeta<MessageId>;
  readonly preset: PresetName;
  readonly on: Listeners<MessageId>;
}

/** A rule is a question put to the model: the same definition answers in ESLint and in the audit. */
export function defineRule<const MessageId extends string>(rule: { readonly name: string; readonly meta: RuleMeta<MessageId>; readonly on: Listeners<MessageId> }): Rule<MessageId> {
  return { ...rule, preset: rule.meta.preset };
}

/** Presets from the smallest; each holds the ones before it. */
export const PRESETS: readonly PresetName[] = ['recommended', 'strict', 'all'];

/** Whether a preset shows a finding of this form: the proven form of a rule at its preset, the likely form from strict on. */
export function shows(preset: PresetName, form: PresetName, certainty: Certainty): boolean {
  const needed = certainty === 'likely' && form === 'recommended' ? 'strict' : form;
  return PRESETS.indexOf(preset) >= PRESETS.indexOf(needed);
}
