import type { Interval } from '#kernel/interval.ts';
import type { NoticeChannelKind } from '../notice-channel/contract.ts';
import type { OwnHours } from '../escalation/policy.ts';
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
  readonly heartbeats: readonly HeartbeatDraft[];
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

/** A chat, a webhook or the like that is told over there; null is what the export does not say. */
export type PlaceDraft = {
  readonly kind: NoticeChannelKind;
  readonly address: string | null;
  readonly name: string | null;
  /** A filter over there keeps some of what happens from it. */
  readonly some?: boolean;
};

export type StepDraft = {
  readonly targets: readonly TargetDraft[];
  /** What the step itself tells. */
  readonly places: readonly PlaceDraft[];
  readonly ask: 'all' | 'round-robin';
  readonly delaySeconds: number;
  /** When it asks; at any time unless it says so. */
  readonly onlyHours?: OwnHours;
};

export type PolicyDraft = Draft & {
  readonly steps: readonly StepDraft[];
  readonly repeatCount: number;
  readonly acknowledgeTimeoutSeconds: number | null;
  /** What is told of everything that goes through the policy, as it begins. */
  readonly atOnce: readonly PlaceDraft[];
};

export type ServiceDraft = Draft & {
  readonly description: string;
  readonly policyId: string | null;
  /** What is told of this service, and not of everything that goes through its policy. */
  readonly places: readonly PlaceDraft[];
};

/** A job that reports, where silence is failure. */
export type HeartbeatDraft = Draft & {
  readonly periodSeconds: number;
  /** Of the service that it is about; null = one of its own name. */
  readonly serviceId: string | null;
};

/** Who is on call over there, as that tool says itself; outside of the span it says nothing. */
export type Rendering = Interval & {
  readonly scheduleId: string;
  readonly entries: readonly (Interval & { readonly personId: string })[];
};

export const changed = (text: string): Note => ({ meaning: 'changed', text });
export const lost = (text: string): Note => ({ meaning: 'lost', text });
