import { addSeconds } from '#kernel/duration.ts';
import type { Urgency } from '../contact-method/contract.ts';
import {
  channelIdsOf,
  type EscalationStep,
  isPeople,
  type OwnHours,
  type PolicyDocument,
  type Target,
} from './policy.ts';

/** Where a page stands: step and cycle, both from 0; step -1 = not begun. */
export type Position = { readonly step: number; readonly cycle: number };

export const NOT_BEGUN: Position = { step: -1, cycle: 0 };

/** What decides, at one instant, whom a step asks. */
export type Situation = {
  readonly urgency: Urgency;
  readonly withinHours: boolean;
  /** Whether hours of a step's own are now. */
  readonly inHours: (hours: OwnHours) => boolean;
  /** Who a target is at this instant; empty when nobody is on call, or the target is gone. */
  readonly peopleOf: (target: Target) => readonly string[];
  readonly canReach: (userId: string) => boolean;
  /** When quiet hours end that keep a person from being told of this urgency at an instant; null when none do. */
  readonly quietUntil: (userId: string, at: Date) => Date | null;
  /** Whether something would arrive in a channel now. */
  readonly canTell: (noticeChannelId: string) => boolean;
  /** How many pages a step asked by turns before; its next person is that many places on. */
  readonly turnOf: (step: number) => number;
  /** Whom to ask when the policy and its fallback have nobody; the first who can be reached. */
  readonly lastResort: readonly string[];
};

/** The position after another, or null when all cycles are gone through. */
export function nextPosition(document: PolicyDocument, { step, cycle }: Position): Position | null {
  if (step + 1 < document.steps.length) return { step: step + 1, cycle };
  return cycle < document.repeatCount && document.steps.length > 0 ? { step: 0, cycle: cycle + 1 } : null;
}

/** `condition`: not at this time or urgency; `nobody`: nobody is there to ask; `unreachable`: nobody there can be reached. */
export type PassedOver = { readonly position: Position; readonly why: 'condition' | 'nobody' | 'unreachable' };

/** What the next step of a page comes to. */
export type Beginning = {
  readonly position: Position;
  /** Whom it asks; empty only when nobody at all can be reached, and in a step that tells channels alone. */
  readonly userIds: readonly string[];
  /** The channels that it tells, with those of the steps that are passed over for want of people. */
  readonly channelIds: readonly string[];
  /**
   * `fallback`: nobody in the remaining steps can be reached, so others are asked. `channels`: it tells channels alone,
   * and waits for whoever reads them.
   */
  readonly via: 'policy' | 'channels' | 'fallback' | 'nobody';
  /** Positions passed over at once. */
  readonly passed: readonly PassedOver[];
  readonly waitSeconds: number;
  /** Outside business hours it waits until they begin, if that is later. */
  readonly untilBusinessHours: boolean;
  /** Whether the step took its turn from a round. */
  readonly takesTurn: boolean;
  /** Whether another position follows. */
  readonly isLast: boolean;
};

/**
 * The next step that asks somebody who can be reached. Steps that do not apply, or have nobody reachable, are passed over
 * without waiting; when nobody is left in the steps that remain, the policy's fallback is asked, else the first of the
 * last resort, neither of them if the policy asks them anyway. A step of channels alone waits like any other while the
 * policy has somebody who can be reached; when it has nobody, nobody waits for a channel. Null when the policy is gone
 * through.
 */
export function beginNext(document: PolicyDocument, from: Position, situation: Situation): Beginning | null {
  const first = nextPosition(document, from);
  if (first === null) return null;
  const passed: PassedOver[] = [];
  const begin = (at: Position, userIds: readonly string[], via: Beginning['via']) => {
    const begun = passed.some((one) => one.position === at) ? [] : [{ position: at }];
    return beginning(document, at, userIds, via, {
      passed,
      channelIds: toldBy(document, [...passed, ...begun], situation),
    });
  };
  let position: Position | null = first;
  while (position !== null && passed.length < document.steps.length) {
    const asked = askedBy(document, position.step, situation);
    if (typeof asked !== 'string') return begin(position, asked, 'policy');
    if (asked === 'channels' && everybodyIn(document, situation).some(situation.canReach)) {
      // A hole that no later step fills is the fallback's, and waiting for a channel, which wakes nobody, would forget it.
      const isHole = passed.some(({ why }) => why !== 'condition');
      if (!isHole || asksLater(document, position, situation)) return begin(position, [], 'channels');
    }
    passed.push({ position, why: asked === 'channels' ? 'nobody' : asked });
    position = nextPosition(document, position);
  }
  const last = passed.at(-1)?.position ?? first;
  const reachable = new Set(everybodyIn(document, situation).filter(situation.canReach));
  // Steps that are not meant for this page leave no hole; whoever they are for has been asked.
  if (reachable.size > 0 && passed.every(({ why }) => why === 'condition')) return null;
  const others = fallbackOf(document, situation, reachable);
  if (others.length > 0) return begin(last, others, 'fallback');
  if (reachable.size === 0) return begin(last, [], 'nobody');
  // Everybody has been asked; who reads the channels of the steps that are left may still look.
  return toldBy(document, passed, situation).length > 0 ? begin(last, [], 'channels') : null;
}

/**
 * From when the wait of a step that begins at an instant counts. Quiet hours of some hold up nobody else: the step waits as
 * ever. Only when everybody in it has quiet hours, and every later step of this round would find the same, the wait counts
 * from the first of their ends, so that the policy is not gone through while everybody sleeps.
 */
export function waitsFrom(document: PolicyDocument, begun: Beginning, situation: Situation, at: Date): Date {
  const ends = begun.userIds.map((userId) => situation.quietUntil(userId, at));
  const [first] = ends.flatMap((end) => end ?? []).toSorted((one, other) => one.getTime() - other.getTime());
  if (first === undefined || ends.includes(null)) return at;
  const later = addSeconds(at, begun.waitSeconds);
  let position = nextPosition(document, begun.position);
  for (; position?.cycle === begun.position.cycle; position = nextPosition(document, position)) {
    const asked = askedBy(document, position.step, situation);
    if (typeof asked !== 'string' && asked.some((userId) => situation.quietUntil(userId, later) === null)) return at;
  }
  return first;
}

/** Whether one of the steps that follow, up to where they begin anew, asks somebody who can be reached. */
function asksLater(document: PolicyDocument, from: Position, situation: Situation): boolean {
  let position = nextPosition(document, from);
  for (let looked = 0; position !== null && looked < document.steps.length; looked += 1) {
    if (Array.isArray(askedBy(document, position.step, situation))) return true;
    position = nextPosition(document, position);
  }
  return false;
}

/** The channels of steps that are told now; those of steps that are not meant for this page are not. */
function toldBy(
  document: PolicyDocument,
  steps: readonly { readonly position: Position; readonly why?: PassedOver['why'] }[],
  situation: Situation,
): string[] {
  const targets = steps
    .filter(({ why }) => why !== 'condition')
    .flatMap(({ position }) => document.steps[position.step]?.targets ?? []);
  return channelIdsOf(targets).filter(situation.canTell);
}

/** Whom a step asks now, `channels` when it asks nobody but tells some, or why it does neither. */
function askedBy(
  document: PolicyDocument,
  index: number,
  situation: Situation,
): string[] | 'channels' | PassedOver['why'] {
  const step = document.steps[index];
  if (!step || !applies(step, situation)) return 'condition';
  if (!step.targets.some(isPeople)) return channelIdsOf(step.targets).some(situation.canTell) ? 'channels' : 'nobody';
  const people = peopleIn(step.targets, situation);
  if (people.length === 0) return 'nobody';
  const turn = step.ask === 'round-robin' ? situation.turnOf(index) % people.length : 0;
  const reachable = [...people.slice(turn), ...people.slice(0, turn)].filter(situation.canReach);
  if (reachable.length === 0) return 'unreachable';
  return step.ask === 'round-robin' ? reachable.slice(0, 1) : reachable;
}

/** Whether a step is meant for a page of this urgency at this time. */
export function applies(
  { onlyUrgency, onlyHours }: Pick<EscalationStep, 'onlyUrgency' | 'onlyHours'>,
  { urgency, withinHours, inHours }: Pick<Situation, 'urgency' | 'withinHours' | 'inHours'>,
): boolean {
  if (onlyUrgency !== null && onlyUrgency !== urgency) return false;
  if (onlyHours === null) return true;
  return typeof onlyHours === 'string' ? (onlyHours === 'business') === withinHours : inHours(onlyHours);
}

/** Who the targets are now, each person once. */
export function peopleIn(targets: readonly Target[], { peopleOf }: Pick<Situation, 'peopleOf'>): string[] {
  return [...new Set(targets.flatMap((target) => peopleOf(target)))];
}

function everybodyIn(document: PolicyDocument, situation: Situation): string[] {
  return document.steps
    .filter((step) => applies(step, situation))
    .flatMap(({ targets }) => peopleIn(targets, situation));
}

function fallbackOf(document: PolicyDocument, situation: Situation, asked: ReadonlySet<string>): string[] {
  const isNew = (userId: string) => situation.canReach(userId) && !asked.has(userId);
  const named = peopleIn(document.fallback, situation).filter(isNew);
  return named.length > 0 ? named : situation.lastResort.filter(isNew).slice(0, 1);
}

function beginning(
  document: PolicyDocument,
  position: Position,
  userIds: readonly string[],
  via: Beginning['via'],
  rest: Pick<Beginning, 'passed' | 'channelIds'>,
): Beginning {
  const step = document.steps[position.step];
  return {
    position,
    userIds,
    via,
    ...rest,
    waitSeconds: step?.delaySeconds ?? 0,
    untilBusinessHours: step?.untilBusinessHours ?? false,
    takesTurn: via === 'policy' && step?.ask === 'round-robin',
    isLast: nextPosition(document, position) === null,
  };
}
