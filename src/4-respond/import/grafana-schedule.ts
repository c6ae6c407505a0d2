import { DAY_MS } from '#kernel/duration.ts';
import { firstInstantOf } from '#kernel/wall-clock.ts';
import { cut, knownZone, oneLine } from './document.ts';
import { changed, type LayerDraft, lost, type Note, type OverrideDraft, type ScheduleDraft } from './draft.ts';
import { type Schedule, type Shift, weekdayOf } from './grafana-document.ts';
import { lanesOf, type NamedLayer } from './lanes.ts';
import { beginsAtOf, clockNotes, restrictionsOf } from './wall-time.ts';

const HOURS = { hourly: 1, daily: 24, weekly: 168, monthly: 28 * 24 } as const;
const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7];

type Levelled = NamedLayer & { readonly level: number };

/**
 * One schedule of theirs as one or several of ours. Shifts of one level are on call at once, and a higher level takes the
 * place of those below it: shifts of a level that meet stand in schedules side by side, with the other levels in each.
 */
export function schedulesOf(schedule: Schedule, shifts: readonly Shift[], nowMs: number): ScheduleDraft[] {
  const named = new Set(schedule.shifts);
  const own = shifts.filter(({ id }) => named.has(id));
  const notes: Note[] = [];
  const zone = zoneOf(schedule, own, notes);
  const layers = own.flatMap((shift): Levelled[] => {
    if (zone === null || isOnce(shift)) return [];
    const [layer, said] = layerOf(shift, zone, nowMs);
    notes.push(...said);
    return layer ? [{ id: shift.id, level: shift.level ?? 0, layer }] : [];
  });
  const refusal = refusalOf(schedule, zone, layers);
  const lanes = refusal === null ? lanesByLevel(layers, zone ?? 'UTC', nowMs, notes) : [layers];
  const overrides = zone === null ? [] : own.flatMap((shift) => overrideOf(shift, zone, nowMs, notes));
  return lanes.map((lane, index) => ({
    vendorId: index === 0 ? schedule.id : `${schedule.id}/${index + 1}`,
    originId: schedule.id,
    name: index === 0 ? schedule.name : oneLine(`${schedule.name}: ${lane[0]?.layer.name ?? index + 1}`),
    timeZone: zone ?? '',
    layers: lane.map(({ layer }) => layer),
    overrides: overrides.map((one) => (index === 0 ? one : { ...one, vendorId: `${one.vendorId}/${index + 1}` })),
    notes: index === 0 ? notes : [],
    refusal,
  }));
}

function refusalOf({ type, time_zone }: Schedule, zone: string | null, layers: readonly Levelled[]): string | null {
  if (type === 'ical')
    return 'its shifts stand in a calendar elsewhere; make a schedule and import the .ics file into it';
  if (zone === null) return `its time zone “${oneLine(time_zone ?? '')}” is not known here`;
  return layers.length === 0 ? 'it has no shift that can be carried over' : null;
}

/** A schedule here has one time zone: the one that its shifts say most often, else its own. */
function zoneOf(schedule: Schedule, shifts: readonly Shift[], notes: Note[]): string | null {
  const own = knownZone(schedule.time_zone ?? 'UTC');
  const named = shifts.flatMap(({ time_zone }) => knownZone(time_zone) ?? []);
  const count = (zone: string) => named.filter((one) => one === zone).length;
  const [most] = [...new Set(named)].toSorted((one, other) => count(other) - count(one));
  const zone = most ?? own;
  if (zone !== null && own !== null && zone !== own)
    notes.push(changed(`Has the time zone ${zone} here, in which its shifts are written, and not ${own}.`));
  return zone;
}

const isOnce = ({ type }: Shift) => type === 'override' || type === 'single_event';

function lanesByLevel(layers: readonly Levelled[], zone: string, nowMs: number, notes: Note[]): Levelled[][] {
  const levels = [...new Set(layers.map(({ level }) => level))].toSorted((one, other) => one - other);
  const byLevel = levels.map((level) =>
    lanesOf(
      layers.filter((one) => one.level === level),
      zone,
      nowMs,
    ),
  );
  const count = Math.max(...byLevel.map(({ length }) => length));
  if (count > 1)
    notes.push(
      changed(
        `Has shifts of one level at the same time, and everybody in them is on call at once: becomes ${count} schedules here, and every step that asks it asks all of them.`,
      ),
    );
  if (byLevel.slice(1).some(({ length }) => length > 1))
    notes.push(changed('A higher level with several shifts at once may leave somebody of a lower level on call here.'));
  return Array.from({ length: count }, (_, lane) => byLevel.flatMap((lanes) => lanes[lane % lanes.length] ?? []));
}

function layerOf(shift: Shift, zone: string, nowMs: number): [LayerDraft | null, Note[]] {
  const quoted = `Shift “${shift.name}”`;
  const frequency = shift.frequency ?? '';
  if (!isFrequency(frequency))
    return [null, [lost(`${quoted} recurs ${oneLine(frequency) || 'never'}, which has no counterpart here.`)]];
  const instant = instantOf(shift.start, shift, zone);
  const untilMs = shift.until ? instantOf(shift.until, shift, zone) : null;
  if (untilMs !== null && untilMs <= nowMs) return [null, []];
  const groups = groupsOf(shift);
  if (groups.every(({ length }) => length === 0)) return [null, [lost(`${quoted} has nobody in it.`)]];
  const refused = refuse(shift, frequency, groups.length);
  if (refused !== null) return [null, [lost(`${quoted} ${refused}.`)]];
  const start = Temporal.PlainDateTime.from(beginsAtOf(instant, zone));
  const rotationFrom = shift.rotation_start ? instantOf(shift.rotation_start, shift, zone) : instant;
  const layer: LayerDraft = {
    name: cut(shift.name || 'Shift', 80),
    shadow: false,
    beginsAt: beginOf(shift, frequency, start).toString({ smallestUnit: 'minute' }),
    rotation: { kind: frequency, every: shift.interval ?? 1 },
    turns: groups.map((userIds) => ({ userIds })),
    restrictions: restrictionsIn(shift, frequency, start),
    whenAway: 'leave-open',
    fromMs: rotationFrom > nowMs ? rotationFrom : null,
    untilMs,
  };
  const notes =
    frequency === 'monthly'
      ? [changed(`${quoted} is on call until its next turn begins; a month has no fixed length here.`)]
      : [];
  return [layer, [...notes, ...zoneNotes(shift, zone, quoted), ...clockNotes(layer, zone, nowMs)]];
}

const isFrequency = (word: string): word is keyof typeof HOURS => word in HOURS;

/** Who has the turn, one group after the other; everybody at once when nothing rolls. */
function groupsOf(shift: Shift): string[][] {
  const rolling = shift.rolling_users ?? [];
  if (shift.type !== 'rolling_users' || rolling.length === 0) return [[...(shift.users ?? [])]];
  const first = (shift.start_rotation_from_user_index ?? 0) % rolling.length;
  return [...rolling.slice(first), ...rolling.slice(0, first)];
}

/** Why a shift cannot be a layer, in words; null when it can. */
function refuse(shift: Shift, frequency: keyof typeof HOURS, groups: number): string | null {
  if ((shift.by_month ?? []).length > 0) return 'recurs in some months only, which has no counterpart here';
  const period = HOURS[frequency] * (shift.interval ?? 1) * 3_600;
  if (frequency === 'monthly')
    return shift.duration >= period && (shift.by_day ?? []).length === 0
      ? null
      : `recurs monthly for ${Math.round(shift.duration / 3_600)} h, and a part of a month has no counterpart here`;
  if ((shift.by_monthday ?? []).length > 0)
    return 'recurs on some days of the month only, which has no counterpart here';
  if (frequency === 'daily' && (shift.by_day ?? []).length > 0 && groups > 1)
    return 'changes hands daily on some weekdays only; here the days between count as turns too';
  if (frequency === 'hourly' && shift.duration < period) return 'leaves out a part of every turn of hours';
  if (shift.duration < 60) return 'lasts less than a minute';
  if (frequency === 'weekly' && (shift.interval ?? 1) > 1 && groups === 1 && shift.duration < period)
    return 'recurs every few weeks only, which needs a turn of nobody here';
  return null;
}

/** By weekdays the turn changes with the week; else where the shift itself starts. */
function beginOf(shift: Shift, frequency: string, start: Temporal.PlainDateTime): Temporal.PlainDateTime {
  if (frequency !== 'weekly' || (shift.by_day ?? []).length === 0) return start;
  const weekStart = weekdayOf(shift.week_start ?? 'SU');
  return start.subtract({ days: (start.dayOfWeek - weekStart + 7) % 7 }).with({ hour: 0, minute: 0 });
}

function restrictionsIn(
  shift: Shift,
  frequency: keyof typeof HOURS,
  start: Temporal.PlainDateTime,
): LayerDraft['restrictions'] {
  const minute = start.hour * 60 + start.minute;
  const minutes = Math.floor(shift.duration / 60);
  const byDay = (shift.by_day ?? []).map(weekdayOf);
  if (frequency === 'monthly') return [];
  if (byDay.length > 0) return restrictionsOf(byDay, minute, minutes);
  if (shift.duration >= HOURS[frequency] * 3_600) return [];
  return restrictionsOf(frequency === 'weekly' ? [start.dayOfWeek] : EVERY_DAY, minute, minutes);
}

function zoneNotes(shift: Shift, zone: string, quoted: string): Note[] {
  const own = knownZone(shift.time_zone);
  return own === null || own === zone
    ? []
    : [
        changed(
          `${quoted} is written in ${own}: where the clocks of ${own} and ${zone} change on other days it is off by an hour.`,
        ),
      ];
}

function instantOf(wall: string, shift: Shift, zone: string): number {
  return firstInstantOf(Temporal.PlainDateTime.from(wall), knownZone(shift.time_zone) ?? zone);
}

/** What happens once takes the place of everybody while it lasts. */
function overrideOf(shift: Shift, zone: string, nowMs: number, notes: Note[]): OverrideDraft[] {
  if (!isOnce(shift)) return [];
  const startMs = instantOf(shift.start, shift, zone);
  const endMs = startMs + shift.duration * 1_000;
  if (endMs <= nowMs || shift.duration * 1_000 > 366 * DAY_MS) return [];
  const [personId, ...others] = [...(shift.users ?? []), ...(shift.rolling_users ?? []).flat()];
  if (personId === undefined) return [];
  const quoted = `“${shift.name}”`;
  if (others.length > 0)
    notes.push(lost(`${quoted} names several people; only the first one takes the place of everybody.`));
  if (shift.type === 'single_event')
    notes.push(changed(`${quoted} happens once and takes the place of everybody here.`));
  return [{ vendorId: shift.id, personId, startMs, endMs }];
}
