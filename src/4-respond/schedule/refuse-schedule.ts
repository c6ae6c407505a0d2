import { DAY_MS, MINUTE_MS } from '#kernel/duration.ts';
import type { FieldError } from '#kernel/errors.ts';
import { openInWeek } from './restriction.ts';
import type { Layer, ScheduleDocument, Turn } from './schedule.ts';

const HOURS_IN = { hours: 1, days: 24, weeks: 168 } as const;
const MOST_HOURS = 366 * 24;
const MOST_OF: Readonly<Record<Layer['rotation']['kind'], number>> = {
  hourly: MOST_HOURS,
  daily: 366,
  weekly: 52,
  monthly: 12,
  custom: 1,
};
const HOURS_OF = { hourly: 1, daily: 24, weekly: 168, monthly: 672 } as const;
const WEEK_HOURS = 168;
/**
 * No plan of people comes near them, and what lies below is worked out for more than a year ahead while others wait: a
 * layer that hands over every hour changes 168 times a week, one with office hours ten times.
 */
const MOST_CHANGES_A_WEEK = 2_000;
const MOST_PLACES = 2_000;
const UNIT = { hourly: 'hours', daily: 'days', weekly: 'weeks', monthly: 'months', custom: 'turns' } as const;

type Person = { readonly name: string; readonly active: boolean };

/** What is wrong with a schedule that the wire format lets through; empty when nothing is. */
export function refuseSchedule(document: ScheduleDocument, people: ReadonlyMap<string, Person>): FieldError[] {
  const errors = document.layers.flatMap((layer, index) => {
    const path = `body.layers.${index}`;
    return [
      ...refuseBeginning(layer, path),
      ...refuseRotation(layer, path),
      ...layer.turns.flatMap((turn, at) => refusePeople(turn, `${path}.turns.${at}`, people)),
      ...layer.restrictions.flatMap(({ start, end }, at) =>
        start === end
          ? [
              {
                path: `${path}.restrictions.${at}.end`,
                message: 'leaves no time; write 00:00 to 24:00 for the whole day',
              },
            ]
          : [],
      ),
    ];
  });
  if (document.layers.every(({ shadow }) => shadow))
    errors.push({ path: 'body.layers', message: 'need one that is not a shadow, or nobody could ever be paged' });
  // What is refused already is not counted.
  return errors.length > 0 ? errors : refuseSize(document);
}

function refuseSize({ layers }: ScheduleDocument): FieldError[] {
  const path = 'body.layers';
  const places = layers.reduce(
    (sum, { turns }) => sum + turns.reduce((all, { userIds }) => all + userIds.length, 0),
    0,
  );
  if (places > MOST_PLACES)
    return [{ path, message: `name people ${places} times; at most ${MOST_PLACES} times in all turns together` }];
  const changes = layers.reduce((sum, layer) => sum + changesAWeek(layer), 0);
  if (changes <= MOST_CHANGES_A_WEEK) return [];
  const words = `begin ${Math.round(changes)} turns and time restrictions a week; at most ${MOST_CHANGES_A_WEEK} together`;
  return [{ path, message: `${words}. Use fewer restrictions, or longer turns` }];
}

/** How often in a week a layer begins a turn or a stretch in which it holds. */
function changesAWeek({ rotation, turns, restrictions }: Layer): number {
  const { kind, every } = rotation;
  const hours =
    kind === 'custom'
      ? turns.reduce((sum, { length }) => sum + (length ? length.count * HOURS_IN[length.unit] : 24), 0) / turns.length
      : HOURS_OF[kind] * every;
  return WEEK_HOURS / hours + openInWeek(restrictions).length;
}

/** A version may not reach into the past; a minute is forgiven, for clocks differ. Null when it may. */
export function refuseEffectiveFrom(wanted: Date, now: Date): FieldError | null {
  const path = 'body.effectiveFrom';
  if (wanted.getTime() < now.getTime() - MINUTE_MS)
    return { path, message: 'lies in the past, which never changes; leave it out to begin now' };
  if (wanted.getTime() > now.getTime() + 2 * 366 * DAY_MS) return { path, message: 'lies more than two years ahead' };
  return null;
}

function refuseBeginning({ beginsAt }: Layer, layer: string): FieldError[] {
  const path = `${layer}.beginsAt`;
  try {
    const { year } = Temporal.PlainDateTime.from(beginsAt, { overflow: 'reject' });
    return year < 2000 || year > 2100 ? [{ path, message: 'expected a year from 2000 to 2100' }] : [];
  } catch {
    return [{ path, message: `${beginsAt} is not in the calendar` }];
  }
}

function refuseRotation({ rotation, turns }: Layer, layer: string): FieldError[] {
  const { kind, every } = rotation;
  const errors: FieldError[] = [];
  const most = MOST_OF[kind];
  if (every > most)
    errors.push({
      path: `${layer}.rotation.every`,
      message: kind === 'custom' ? 'is 1 for a custom rotation' : `is at most ${most} ${UNIT[kind]}`,
    });
  for (const [index, { length }] of turns.entries()) {
    const path = `${layer}.turns.${index}.length`;
    if (kind !== 'custom' && length !== undefined)
      errors.push({ path, message: `a ${kind} rotation says the length; leave it out or choose custom` });
    if (kind === 'custom' && length === undefined)
      errors.push({ path, message: 'each turn of a custom rotation needs a length' });
    if (length && length.count * HOURS_IN[length.unit] > MOST_HOURS)
      errors.push({ path, message: 'is longer than a year' });
  }
  return errors;
}

function refusePeople({ userIds }: Turn, turn: string, people: ReadonlyMap<string, Person>): FieldError[] {
  const path = `${turn}.userIds`;
  const errors = userIds.flatMap((id): FieldError[] => {
    const person = people.get(id);
    if (!person) return [{ path, message: `${id} is not a member of this workspace` }];
    return person.active ? [] : [{ path, message: `${person.name} is deactivated and cannot be on call` }];
  });
  if (new Set(userIds).size < userIds.length) errors.push({ path, message: 'names somebody twice' });
  return errors;
}
