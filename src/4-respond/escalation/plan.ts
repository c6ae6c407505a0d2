import { type Told, whenTold } from '../quiet-hours/quiet-until.ts';
import type { Reach } from '../reach/reach.ts';
import type { ChannelToTell } from '../notice-channel/channels-to-tell.ts';
import { channelIdsOf, type PolicyDocument } from './policy.ts';
import type { Hole } from './roster.ts';
import {
  applies,
  type Beginning,
  beginNext,
  nextPosition,
  NOT_BEGUN,
  type PassedOver,
  peopleIn,
  type Position,
  type Situation,
} from './steps.ts';

export type PlannedPerson = {
  readonly userId: string;
  readonly reach: Reach | undefined;
  /** Why the step asks them; null when it names them. Worked out for whoever asks. */
  readonly because: () => string | null;
  /** When quiet hours end that defer what they are told; null when none do. */
  readonly quietUntil: Date | null;
  /** When a message goes out that follows the step by so many seconds. */
  readonly told: (delaySeconds: number) => Told;
};

/** `channel` is undefined when it was removed. */
export type PlannedChannel = { readonly noticeChannelId: string; readonly channel: ChannelToTell | undefined };

/** One step as it would run; `skipped` = passed over at once, and why. */
export type PlannedStep = {
  readonly step: number;
  readonly at: Date;
  readonly waitSeconds: number;
  readonly via: Beginning['via'];
  readonly skipped: PassedOver['why'] | null;
  readonly byTurns: boolean;
  readonly people: readonly PlannedPerson[];
  /** The places that the step itself names. */
  readonly channels: readonly PlannedChannel[];
  /** What the step names and what is nobody then. */
  readonly holes: readonly Hole[];
  /** Holidays because of which it waits longer, or applies or is passed over. */
  readonly closed: readonly string[];
};

/** Everything that a plan asks about one instant. */
export type Outlook = {
  readonly situation: Situation;
  readonly reachOf: (userId: string) => Reach | undefined;
  /** Why a step asks a person then; null when it names them. */
  readonly because: (step: number, userId: string) => string | null;
  readonly holes: (step: number) => readonly Hole[];
  readonly channelOf: (noticeChannelId: string) => ChannelToTell | undefined;
  /** When the step that begins then ends, if nobody acknowledges. */
  readonly endOfWait: (begun: Beginning) => Date;
  /** Names of the holidays that keep business hours from running up to an instant. */
  readonly closedUntil: (until: Date) => readonly string[];
};

/**
 * The first cycle of a page, step by step, as the pager would run it from an instant if nobody acknowledged. Uses the
 * pager's own `beginNext`, so that what is shown is what happens. `outlookAt` looks up who is on call at an instant.
 */
export async function planSteps(
  document: PolicyDocument,
  startsAt: Date,
  outlookAt: (at: Date) => Promise<Outlook>,
): Promise<PlannedStep[]> {
  const planned: PlannedStep[] = [];
  let at = startsAt;
  let from: Position = NOT_BEGUN;
  for (;;) {
    const outlook = await outlookAt(at);
    const next = beginNext(document, from, outlook.situation);
    if (next === null) {
      for (let rest = nextPosition(document, from); rest?.cycle === 0; rest = nextPosition(document, rest)) {
        const step = document.steps[rest.step];
        const why = step && applies(step, outlook.situation) ? 'unreachable' : 'condition';
        planned.push(passOver(document, { position: rest, why }, at, outlook));
      }
      return planned;
    }
    for (const passed of next.passed)
      if (passed.position.cycle === 0) planned.push(passOver(document, passed, at, outlook));
    if (next.position.cycle > 0) return planned;
    const { step } = next.position;
    const userIds = next.via === 'nobody' ? outlook.situation.lastResort : next.userIds;
    const ends = outlook.endOfWait(next);
    planned.push({
      step,
      at,
      waitSeconds: Math.round((ends.getTime() - at.getTime()) / 1_000),
      via: next.via,
      skipped: null,
      byTurns: next.takesTurn,
      people: peopleOf(userIds, outlook, at, next.via === 'policy' ? step : null),
      channels: next.via === 'policy' || next.via === 'channels' ? channelsOf(document, step, outlook) : [],
      holes: next.via === 'policy' || next.via === 'channels' ? outlook.holes(step) : [],
      closed: closedFor(document, step, outlook, { at, ends: next.untilBusinessHours ? ends : null }),
    });
    at = ends;
    from = next.position;
  }
}

function passOver(document: PolicyDocument, { position, why }: PassedOver, at: Date, outlook: Outlook): PlannedStep {
  const { step } = position;
  const userIds = why === 'condition' ? [] : peopleIn(document.steps[step]?.targets ?? [], outlook.situation);
  const people = peopleOf(userIds, outlook, at, step);
  const holes = why === 'condition' ? [] : outlook.holes(step);
  const channels = why === 'condition' ? [] : channelsOf(document, step, outlook);
  const closed = why === 'condition' ? closedFor(document, step, outlook, { at, ends: null }) : [];
  return { step, at, waitSeconds: 0, via: 'policy', skipped: why, byTurns: false, people, channels, holes, closed };
}

function channelsOf(document: PolicyDocument, step: number, { channelOf }: Outlook): PlannedChannel[] {
  return channelIdsOf(document.steps[step]?.targets ?? []).map((noticeChannelId) => ({
    noticeChannelId,
    channel: channelOf(noticeChannelId),
  }));
}

/** The holidays that decide about a step: on its day if it goes by business hours, and those that its wait goes past. */
function closedFor(
  document: PolicyDocument,
  step: number,
  outlook: Outlook,
  { at, ends }: { readonly at: Date; readonly ends: Date | null },
): string[] {
  const goesByHours = typeof document.steps[step]?.onlyHours === 'string';
  const today = goesByHours ? outlook.closedUntil(at) : [];
  return [...new Set([...today, ...(ends === null ? [] : outlook.closedUntil(ends))])];
}

function peopleOf(userIds: readonly string[], outlook: Outlook, at: Date, step: number | null): PlannedPerson[] {
  return userIds.map((userId) => {
    const quietAt = (instant: Date) => outlook.situation.quietUntil(userId, instant);
    return {
      userId,
      reach: outlook.reachOf(userId),
      because: () => (step === null ? null : outlook.because(step, userId)),
      quietUntil: quietAt(at),
      told: (delaySeconds) => whenTold(quietAt, at, delaySeconds),
    };
  });
}
