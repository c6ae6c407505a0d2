import type { ScheduleLayerView, ScheduleView } from '#respond/contract';

export interface TurnDraft {
  userIds: string[];
  /** Of a custom rotation: how long, as typed. */
  count: string;
  unit: 'hours' | 'days' | 'weeks';
}

export interface LayerDraft {
  name: string;
  shadow: boolean;
  /** Wall time in the schedule's zone: `2026-11-23T09:00`. */
  beginsAt: string;
  kind: ScheduleLayerView['rotation']['kind'];
  every: string;
  turns: TurnDraft[];
  restrictions: ScheduleLayerView['restrictions'];
  whenAway: ScheduleLayerView['whenAway'];
}

/** A schedule as the form holds it. */
export interface ScheduleDraft {
  name: string;
  timeZone: string;
  layers: LayerDraft[];
  /** Minutes before a shift; `0` = only at the change, empty = no notices. */
  handOffMinutes: string;
  /** A time on the clock of this browser; empty = from now on. */
  effectiveFrom: string;
}

export const emptyTurn: TurnDraft = { userIds: [], count: '1', unit: 'days' };

/** A layer of weekly turns that begins on the Monday of the week of a day (`2026-11-25`). */
export function newLayer(name: string, day: string, turns: TurnDraft[]): LayerDraft {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() - ((date.getUTCDay() + 6) % 7));
  return {
    name,
    shadow: false,
    beginsAt: `${date.toISOString().slice(0, 10)}T09:00`,
    kind: 'weekly',
    every: '1',
    turns,
    restrictions: [],
    whenAway: 'leave-open',
  };
}

/** The draft of a schedule, or of a new one in which whoever makes it is on call. */
export function draftOf(schedule: ScheduleView | undefined, fresh: { day: string; zone: string; userId: string }) {
  if (schedule === undefined)
    return {
      name: '',
      timeZone: fresh.zone,
      layers: [newLayer('Primary', fresh.day, [{ ...emptyTurn, userIds: [fresh.userId] }])],
      handOffMinutes: '60',
      effectiveFrom: '',
    } satisfies ScheduleDraft;
  return {
    name: schedule.name,
    timeZone: schedule.timeZone,
    handOffMinutes: String(schedule.handOffMinutes ?? ''),
    effectiveFrom: '',
    layers: schedule.layers.map(({ rotation, turns, ...layer }) => ({
      ...layer,
      kind: rotation.kind,
      every: String(rotation.every),
      turns: turns.map(({ userIds, length }) => ({
        userIds,
        count: String(length?.count ?? 1),
        unit: length?.unit ?? 'days',
      })),
    })),
  } satisfies ScheduleDraft;
}

/** What is sent. */
export function documentOf({ name, timeZone, layers, handOffMinutes, effectiveFrom }: ScheduleDraft) {
  return {
    name,
    timeZone,
    handOffMinutes: handOffMinutes === '' ? null : Number(handOffMinutes),
    layers: layers.map(({ kind, every, turns, ...layer }) => ({
      ...layer,
      rotation: { kind, every: kind === 'custom' ? 1 : Number(every) },
      turns: turns.map(({ userIds, count, unit }) =>
        kind === 'custom' ? { userIds, length: { count: Number(count), unit } } : { userIds },
      ),
    })),
    ...(effectiveFrom === '' ? {} : { effectiveFrom: new Date(effectiveFrom).toISOString() }),
  };
}

/** A list with the entry at `from` moved to `to`. */
export function moved<Item>(items: readonly Item[], from: number, to: number): Item[] {
  const next = [...items];
  const [item] = next.splice(from, 1);
  if (item !== undefined) next.splice(to, 0, item);
  return next;
}
