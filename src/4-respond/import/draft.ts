import type { Interval } from '#kernel/interval.ts';
import type { Layer } from '../schedule/schedule.ts';
import type { ImportTool } from './contract.ts';

/**
 * What an export says, in our words and with the other tool's ids: the translations make it, and everything after them
 * works the same for every tool.
 */
export type ImportDraft = {
  readonly tool: ImportTool;
  readonly people: readonly PersonDraft[];
  readonly teams: readonly TeamDraft[];
  readonly schedules: readonly ScheduleDraft[];
  readonly policies: readonly PolicyDraft[];
  readonly services: readonly ServiceDraft[];
  /** What the other tool says who is on call when, for the comparison. */
  readonly renderings: readonly Rendering[];
  /** What holds for the whole export, in sentences. */
  readonly remarks: readonly string[];
};

/** `changed`: it is carried over and means something else here. `lost`: it has no counterpart and is left behind. */
export type Note = { readonly meaning: 'changed' | 'lost'; readonly text: string };

type Draft = {
  readonly vendorId: string;
  readonly name: string;
  readonly notes: readonly Note[];
  /** Why it cannot be carried over at all; null when it can. */
  readonly refusal: string | null;
};

export type PersonDraft = Draft & { readonly email: string; readonly timeZone: string | null };

export type TeamDraft = Draft & { readonly personIds: readonly string[] };

/** A layer whose people are the other tool's, and which may hold for a while only. */
export type LayerDraft = Layer & { readonly fromMs: number | null; readonly untilMs: number | null };

export type OverrideDraft = Interval & { readonly vendorId: string; readonly personId: string };

export type ScheduleDraft = Draft & {
  /** The schedule over there that this is, or is a part of: what asks that one asks all of its parts. */
  readonly originId: string;
  readonly timeZone: string;
  /** A later one wins over those before it. */
  readonly layers: readonly LayerDraft[];
  /** Each takes the place of everybody. */
  readonly overrides: readonly OverrideDraft[];
};

export type TargetDraft =
  | { readonly kind: 'user'; readonly vendorId: string }
  | { readonly kind: 'team'; readonly vendorId: string }
  | { readonly kind: 'schedule'; readonly vendorId: string; readonly who: 'current' | 'next' | 'everybody' };

export type StepDraft = {
  readonly targets: readonly TargetDraft[];
  readonly ask: 'all' | 'round-robin';
  readonly delaySeconds: number;
};

export type PolicyDraft = Draft & {
  readonly steps: readonly StepDraft[];
  readonly repeatCount: number;
  readonly acknowledgeTimeoutSeconds: number | null;
};

export type ServiceDraft = Draft & { readonly description: string; readonly policyId: string | null };

/** Who is on call over there, as that tool says itself; outside of the span it says nothing. */
export type Rendering = Interval & {
  readonly scheduleId: string;
  readonly entries: readonly (Interval & { readonly personId: string })[];
};

export const changed = (text: string): Note => ({ meaning: 'changed', text });
export const lost = (text: string): Note => ({ meaning: 'lost', text });
