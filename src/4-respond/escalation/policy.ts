import type { Urgency } from '../contact-method/contract.ts';

/** Whom a step asks; who that is, is looked up when the step begins. */
export type Target =
  | { readonly kind: 'user'; readonly userId: string }
  | { readonly kind: 'schedule'; readonly scheduleId: string; readonly who: 'current' | 'next' | 'everybody' }
  | { readonly kind: 'team'; readonly teamId: string }
  /** A place that a team reads. It is told, and is nobody: it wakes nobody, and nobody is waited for because of it. */
  | { readonly kind: 'channel'; readonly noticeChannelId: string };

/** Weekdays and times of a step's own, by the clock on the wall. */
export type OwnHours = {
  readonly op: 'within' | 'outside';
  /** ISO weekdays, 1 = Monday; a stretch past midnight belongs to the day it begins on. */
  readonly days: readonly number[];
  readonly from: string;
  /** The same as `from` for a whole day. */
  readonly to: string;
  /** Null = the workspace's. */
  readonly timeZone: string | null;
};

export type EscalationStep = {
  readonly targets: readonly Target[];
  /** Everybody at once, or one person a page, by turns. */
  readonly ask: 'all' | 'round-robin';
  /** How long the step waits for an acknowledgement before the next one begins. */
  readonly delaySeconds: number;
  /** Outside business hours it waits until they begin, if that is later. */
  readonly untilBusinessHours: boolean;
  /** The step is passed over for pages of another urgency; null = for every page. */
  readonly onlyUrgency: Urgency | null;
  /** The step is passed over at other times; null = at any time. */
  readonly onlyHours: 'business' | 'off' | OwnHours | null;
};

/** The part of a policy that a page pins. */
export type PolicyDocument = {
  readonly steps: readonly EscalationStep[];
  /** How often the steps are gone through again; 0 = once in all. */
  readonly repeatCount: number;
  /** Whether one person's acknowledgement is enough, or everybody asked by the step has to give theirs. */
  readonly acknowledgement: 'one' | 'all';
  /** After so long without a word from whoever acknowledged, paging begins again; null = never. */
  readonly acknowledgeTimeoutSeconds: number | null;
  /** Whom to ask when nobody in the steps can be reached; the owners come after them. */
  readonly fallback: readonly Target[];
};

/** One version of an escalation policy. */
export type EscalationPolicy = PolicyDocument & {
  readonly id: string;
  readonly name: string;
  readonly version: number;
  readonly isDefault: boolean;
  readonly changedAt: Date;
};

/** A step that asks people by name, for pages that no policy describes. */
export function stepOf(userIds: readonly string[], delaySeconds: number): EscalationStep {
  return {
    targets: userIds.map((userId) => ({ kind: 'user', userId })),
    ask: 'all',
    delaySeconds,
    untilBusinessHours: false,
    onlyUrgency: null,
    onlyHours: null,
  };
}

/** A document of steps that are gone through once, answered by whoever comes first. */
export function documentOf(steps: readonly EscalationStep[], repeatCount = 0): PolicyDocument {
  return { steps, repeatCount, acknowledgement: 'one', acknowledgeTimeoutSeconds: null, fallback: [] };
}

/** The document of a policy, without what else a policy has. */
export function pinned(policy: PolicyDocument): PolicyDocument {
  const { steps, repeatCount, acknowledgement, acknowledgeTimeoutSeconds, fallback } = policy;
  return { steps, repeatCount, acknowledgement, acknowledgeTimeoutSeconds, fallback };
}

/** Every target that a document names. */
export function targetsOf(document: Pick<PolicyDocument, 'steps' | 'fallback'>): Target[] {
  return [...document.steps.flatMap(({ targets }) => targets), ...document.fallback];
}

/** Whether some step asks one person a page. */
export function asksByTurns({ steps }: Pick<PolicyDocument, 'steps'>): boolean {
  return steps.some(({ ask }) => ask === 'round-robin');
}

/** One text per target, for keys of maps. */
export function targetKey(target: Target): string {
  switch (target.kind) {
    case 'user':
      return target.userId;
    case 'team':
      return target.teamId;
    case 'schedule':
      return `${target.scheduleId}:${target.who}`;
    case 'channel':
      return target.noticeChannelId;
  }
}

/** Whether a target may be somebody; a channel never is. */
export function isPeople(target: Target): boolean {
  return target.kind !== 'channel';
}

/** The channels that targets name, each once. */
export function channelIdsOf(targets: readonly Target[]): string[] {
  return [...new Set(targets.flatMap((target) => (target.kind === 'channel' ? [target.noticeChannelId] : [])))];
}

/** The people whom targets name themselves. */
export function namedPeople(targets: readonly Target[]): string[] {
  return targets.flatMap((target) => (target.kind === 'user' ? [target.userId] : []));
}
