import { formatDuration, secondsBetween } from '#kernel/duration.ts';
import {
  changeSchedule,
  createSchedule,
  deleteSchedule,
  importCalendar,
  listScheduleVersions,
  planCalendarImport,
  readFinalSchedule,
  readSchedule,
  type ScheduleLayerView,
  type ScheduleView,
} from '#respond/contract';
import type { Api } from '../api.ts';
import { type Book, everyOne, readBook } from '../book.ts';
import { readText } from '../document/file.ts';
import { minutesIn, restrictionFrom } from '../document/schedules.ts';
import { CommandError, EXIT, type Io, type Outcome } from '../io.ts';
import { columns, count, moment } from '../text.ts';
import { parseTime, TIME_HELP } from '../time.ts';
import { effectiveIn, shiftLines } from './schedule-files.ts';

export type CreateScheduleOptions = {
  readonly person: readonly string[];
  readonly begins: string;
  readonly zone?: string;
  readonly rotation: Exclude<ScheduleLayerView['rotation']['kind'], 'custom'>;
  readonly every: string;
  readonly hours: readonly string[];
  readonly handOff?: string;
};

export type ChangeScheduleOptions = {
  readonly rename?: string;
  readonly zone?: string;
  readonly handOff?: string;
  readonly holdsFrom?: string;
};

export type ImportCalendarOptions = { readonly person: readonly string[]; readonly apply?: boolean };

/** Makes a schedule of one layer, in which people take turns. Exit code 3 when its first two weeks have a gap. */
export async function addSchedule(api: Api, io: Io, name: string, options: CreateScheduleOptions): Promise<Outcome> {
  if (options.person.length === 0)
    throw new CommandError('Say whose turns they are, in their order: --person Ann --person Bob.', EXIT.usage);
  const book = await readBook(api, 'person');
  const timeZone = zoneOf(options.zone ?? new Intl.DateTimeFormat().resolvedOptions().timeZone);
  const made = await api.call(createSchedule, {
    body: {
      name,
      timeZone,
      ...(options.handOff === undefined ? {} : { handOffMinutes: minutesIn(options.handOff, '--hand-off') }),
      layers: [
        {
          name: 'Rotation',
          beginsAt: wallTimeOf(options.begins, io, timeZone),
          rotation: { kind: options.rotation, every: numberOf('every', options.every) },
          turns: options.person.map((one) => ({ userIds: [book.idOf('person', one)] })),
          restrictions: options.hours.map((text) => restrictionFrom(text, '--hours')),
        },
      ],
    },
  });
  return shownOf(api, io, made, book, `${made.name} is made.`);
}

/** Renames a schedule, or changes its zone or when people are told of a shift, as a new version. */
export async function editSchedule(api: Api, io: Io, name: string, options: ChangeScheduleOptions): Promise<Outcome> {
  const { rename, zone, handOff, holdsFrom } = options;
  if (rename === undefined && zone === undefined && handOff === undefined)
    throw new CommandError(
      'Say what to change: --rename, --zone or --hand-off. Layers are changed in a file: allclear schedules export, apply.',
      EXIT.usage,
    );
  const book = await readBook(api, 'schedule', 'person');
  const before = await api.call(readSchedule, { params: { id: book.idOf('schedule', name) } });
  const after = await api.call(changeSchedule, {
    params: { id: before.id },
    body: {
      version: before.version,
      name: rename ?? before.name,
      timeZone: zone === undefined ? before.timeZone : zoneOf(zone),
      layers: before.layers,
      handOffMinutes: handOff === undefined ? before.handOffMinutes : minutesIn(handOff, '--hand-off'),
      ...effectiveIn(holdsFrom, io),
    },
  });
  return shownOf(api, io, after, book, `${after.name} is changed, as version ${after.version}.`);
}

export async function removeSchedule(api: Api, name: string): Promise<Outcome> {
  const book = await readBook(api, 'schedule');
  const id = book.idOf('schedule', name);
  await api.call(deleteSchedule, { params: { id } });
  return { text: `${book.titleOf(id)} is removed; nobody is on call by it.`, data: { id } };
}

/** Every version of a schedule, the latest first: from when it holds, who made it, and who takes turns in it. */
export async function scheduleVersions(api: Api, io: Io, name: string): Promise<Outcome> {
  const book = await readBook(api, 'schedule', 'person');
  const params = { id: book.idOf('schedule', name) };
  const items = await everyOne((query) => api.call(listScheduleVersions, { params, query }));
  const rows = items.map(({ version, effectiveFrom, changedBy, layers }) => [
    `version ${version}`,
    `from ${moment(effectiveFrom, io.now())}`,
    changedBy === null ? 'Allclear' : book.titleOf(changedBy),
    layers.map((layer) => layerWords(layer, book)).join('; '),
  ]);
  return { text: columns(rows), data: items };
}

/** What an .ics file would come to as overrides; with `apply` they are written. Exit code 3 when a title names nobody. */
export async function importIcs(
  api: Api,
  io: Io,
  name: string,
  file: string,
  options: ImportCalendarOptions,
): Promise<Outcome> {
  const book = await readBook(api, 'schedule', 'person');
  const params = { id: book.idOf('schedule', name) };
  const people = options.person.map((pair) => {
    const at = pair.lastIndexOf('=');
    if (at < 1) throw new CommandError(`${pair} names nobody; expected TITLE=NAME, such as "A. Lee=ann".`, EXIT.usage);
    return { summary: pair.slice(0, at).trim(), userId: book.idOf('person', pair.slice(at + 1).trim()) };
  });
  const body = { ics: await readText(io, file), people };
  const done = options.apply === true;
  const plan = await api.call(done ? importCalendar : planCalendarImport, { params, body });
  const rows = plan.stretches.map(({ startsAt, endsAt, userIds }) => [
    moment(startsAt, io.now()),
    formatDuration(secondsBetween(new Date(startsAt), new Date(endsAt))),
    userIds.map(book.titleOf).join(', '),
  ]);
  const lines = [
    `${count(plan.stretches.length, 'override')} ${done ? 'made' : 'to make'}, ${plan.entries.length} read from the file.`,
    ...(rows.length === 0 ? [] : [columns(rows, '  ')]),
    ...plan.unknown.map((title) => `! ${title} names nobody here; say whom it means: --person "${title}=NAME"`),
    ...(done ? [] : ['Nothing is made yet. Run it again with --apply.']),
  ];
  return { text: lines.join('\n'), data: plan, exitCode: plan.unknown.length > 0 ? EXIT.attention : EXIT.ok };
}

async function shownOf(api: Api, io: Io, schedule: ScheduleView, book: Book, said: string): Promise<Outcome> {
  const final = await api.call(readFinalSchedule, { params: { id: schedule.id }, query: {} });
  return {
    text: [said, shiftLines(final, book, io.now())].join('\n'),
    data: schedule,
    exitCode: final.gaps.length > 0 ? EXIT.attention : EXIT.ok,
  };
}

function layerWords({ name, rotation, turns, shadow }: ScheduleLayerView, book: Book): string {
  const people = turns.map(({ userIds }) => userIds.map(book.titleOf).join(' and ') || 'nobody').join(', ');
  const every = rotation.every === 1 ? rotation.kind : `${rotation.kind}, every ${rotation.every}`;
  return `${name}${shadow ? ' (shadow)' : ''}, ${every}: ${people}`;
}

/** A time as wall time in the zone of the schedule, in which it is meant as well. */
function wallTimeOf(text: string, io: Io, zone: string): string {
  const at = parseTime(text, io.now(), zone);
  if (at === null) throw new CommandError(`--begins ${text} is not a time; expected one ${TIME_HELP}.`, EXIT.usage);
  const wall = Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(zone).toPlainDateTime();
  return wall.toString({ smallestUnit: 'minute' });
}

function zoneOf(zone: string): string {
  try {
    Temporal.Now.zonedDateTimeISO(zone);
    return zone;
  } catch {
    throw new CommandError(`--zone ${zone} is not a time zone; expected one such as Europe/Berlin.`, EXIT.usage);
  }
}

function numberOf(option: string, text: string): number {
  if (!/^[1-9]\d{0,3}$/.test(text))
    throw new CommandError(`--${option} ${text} is not a whole number from 1.`, EXIT.usage);
  return Number(text);
}
