import type { Interval } from '#kernel/interval.ts';

/** How long a turn is, in wall-clock time: a day is from 09:00 to 09:00, be it 23, 24 or 25 hours long. */
export type TurnLength = { readonly count: number; readonly unit: 'hours' | 'days' | 'weeks' };

export type Turn = {
  /** On call together; nobody = a turn that is left open on purpose. */
  readonly userIds: readonly string[];
  /** Of a custom rotation alone, where each turn says its own. */
  readonly length?: TurnLength | undefined;
};

type Rotation = {
  readonly kind: 'hourly' | 'daily' | 'weekly' | 'monthly' | 'custom';
  /** Every so many hours, days, weeks or months the next turn begins; 1 for a custom rotation. */
  readonly every: number;
};

/** A stretch of wall time on weekdays (1 = Monday … 7 = Sunday). An end at or before the start is on the next day. */
export type Restriction = { readonly days: readonly number[]; readonly start: string; readonly end: string };

export type Layer = {
  readonly name: string;
  /** Its people are shown beside those on call and learn; they are never paged, and they fill no gap. */
  readonly shadow: boolean;
  /** Wall time without a zone, `2026-11-23T09:00`: the first turn begins then, and all others follow from it. */
  readonly beginsAt: string;
  readonly rotation: Rotation;
  /** In order; after the last the first has its turn again. */
  readonly turns: readonly Turn[];
  /** The layer covers only what lies in one of them; none = all the time. */
  readonly restrictions: readonly Restriction[];
  /** What becomes of a turn when everybody in it is away: the next in the rotation stands in, or it stays open. */
  readonly whenAway: 'leave-open' | 'next-in-rotation';
};

/** The plan itself. A layer wins over the ones before it where it has somebody; they fill what it leaves. */
export type ScheduleDocument = {
  readonly timeZone: string;
  readonly layers: readonly Layer[];
  /** How long before a shift its people are told; 0 = only when it begins, null = never, unsaid = an hour. */
  readonly handOffMinutes?: number | null | undefined;
};

/** One written version. From its instant on it holds, until a later version's instant. */
export type ScheduleVersion = ScheduleDocument & {
  readonly version: number;
  readonly name: string;
  readonly effectiveFromMs: number;
};

/** A change for a span: `add` somebody, `remove` somebody, or `replace` somebody (null = everybody) by somebody. */
export type Override = Interval & {
  readonly id: string;
  readonly kind: 'add' | 'remove' | 'replace';
  /** Who comes (`add`, `replace`) or goes (`remove`). */
  readonly userId: string;
  /** Of `replace`: whose place is taken. */
  readonly replacedUserId: string | null;
};

/** Somebody cannot be on call: on vacation, or no longer here. */
export type Absence = Interval & { readonly userId: string };

/** All that says who is on call: nothing else does, and nothing has to be advanced. */
export type Roster = {
  /** Oldest first. */
  readonly versions: readonly ScheduleVersion[];
  /** In the order in which they were made. */
  readonly overrides: readonly Override[];
  readonly absences: readonly Absence[];
};
