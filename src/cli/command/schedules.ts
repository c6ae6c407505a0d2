import {
  changeScheduleOverride,
  createScheduleOverride,
  listOnCallNow,
  listSchedules,
  readFinalSchedule,
  readSchedule,
  type ScheduleOnCallView,
  type ScheduleView,
} from '#respond/contract';
import type { Api } from '../api.ts';
import { type Book, everyOne, readBook } from '../book.ts';
import { CommandError, EXIT, type Io, type Outcome } from '../io.ts';
import { columns, moment } from '../text.ts';
import { instantOf, timeOf } from '../time.ts';
import { shiftLines } from './schedule-files.ts';

export type ShowOptions = { readonly from?: string; readonly to?: string };

export type OverrideOptions = {
  readonly add?: string;
  readonly remove?: string;
  readonly replace?: string;
  readonly by?: string;
  /** An override that is there already, by id. */
  readonly move?: string;
  readonly from?: string;
  readonly until: string;
  readonly reason?: string;
};

/** Every schedule and its layers; with a name, its shifts through a span. Exit code 3 when the span has a gap. */
export async function schedules(api: Api, io: Io, name: string | undefined, options: ShowOptions): Promise<Outcome> {
  if (name === undefined) return list(api, io);
  const book = await readBook(api, 'schedule', 'person');
  const schedule = await findSchedule(api, book, name);
  const final = await api.call(readFinalSchedule, {
    params: { id: schedule.id },
    query: { ...instantOf('from', options.from, io.now()), ...instantOf('to', options.to, io.now()) },
  });
  return {
    text: [
      `${schedule.name}, version ${schedule.version}, ${schedule.timeZone}`,
      shiftLines(final, book, io.now()),
    ].join('\n'),
    data: final,
    exitCode: final.gaps.length > 0 ? EXIT.attention : EXIT.ok,
  };
}

/** Who is on call now, or at an instant, by every schedule: lines for people, and the answer itself. */
export async function onCallNow(api: Api, io: Io, at: string | undefined) {
  const { items } = await api.call(listOnCallNow, { query: { ...instantOf('at', at, io.now()) } });
  const nameOf = items.length > 0 ? (await readBook(api, 'person')).titleOf : () => '';
  return { lines: items.length > 0 ? [columns(items.map((item) => nowAndNext(item, nameOf, io.now())))] : [], items };
}

/** Adds, removes or replaces somebody for a span of one schedule, or moves an override to another span. */
export async function override(api: Api, io: Io, name: string, options: OverrideOptions): Promise<Outcome> {
  const book = await readBook(api, 'schedule', 'person');
  const schedule = await findSchedule(api, book, name);
  if (options.move !== undefined) return moveOverride(api, io, schedule, { ...options, move: options.move });
  const acts = [options.add, options.remove, options.replace].filter((one) => one !== undefined);
  if (acts.length > 1 || (acts.length === 0 && options.by === undefined))
    throw new CommandError(
      'Say one of --add NAME, --remove NAME, --replace NAME --by NAME, or --by NAME for everybody.',
    );
  const idOf = (wanted: string) => book.idOf('person', wanted);
  const replaced = options.replace === undefined ? {} : { replacedUserId: idOf(options.replace) };
  if (options.replace !== undefined && options.by === undefined)
    throw new CommandError('Say with --by who takes the place.');
  const kind = options.add !== undefined ? 'add' : options.remove !== undefined ? 'remove' : 'replace';
  const made = await api.call(createScheduleOverride, {
    params: { id: schedule.id },
    body: {
      kind,
      userId: idOf(options.add ?? options.remove ?? options.by ?? ''),
      ...replaced,
      startsAt: instantOf('from', options.from, io.now()).from ?? io.now().toISOString(),
      endsAt: timeOf('until', options.until, io.now()).toISOString(),
      ...(options.reason === undefined ? {} : { reason: options.reason }),
    },
  });
  return { text: `${schedule.name} is overridden until ${moment(made.endsAt, io.now())}.`, data: made };
}

async function moveOverride(
  api: Api,
  io: Io,
  { name }: ScheduleView,
  { move, add, remove, replace, by, ...options }: OverrideOptions & { readonly move: string },
): Promise<Outcome> {
  if ([add, remove, replace, by].some((one) => one !== undefined))
    throw new CommandError('--move changes the times alone; leave out --add, --remove, --replace and --by.');
  const moved = await api.call(changeScheduleOverride, {
    params: { id: move },
    body: {
      ...(options.from === undefined ? {} : { startsAt: timeOf('from', options.from, io.now()).toISOString() }),
      endsAt: timeOf('until', options.until, io.now()).toISOString(),
      ...(options.reason === undefined ? {} : { reason: options.reason }),
    },
  });
  return { text: `The override of ${name} now lasts until ${moment(moved.endsAt, io.now())}.`, data: moved };
}

async function list(api: Api, io: Io): Promise<Outcome> {
  const items = await everyOne((page) => api.call(listSchedules, { query: page }));
  const { items: now } = await api.call(listOnCallNow, { query: {} });
  const nameOf = (await readBook(api, 'person')).titleOf;
  const lines = now.map((item) => columns([nowAndNext(item, nameOf, io.now())]));
  return {
    text: items.length === 0 ? 'There is no on-call schedule.' : lines.join('\n'),
    data: items,
    exitCode: now.some(({ gap }) => gap !== null) ? EXIT.attention : EXIT.ok,
  };
}

function nowAndNext(
  { name, userIds, gap, until, following, next }: ScheduleOnCallView,
  nameOf: (id: string) => string,
  now: Date,
) {
  return [
    name,
    gap ? `nobody (${gap.reason})` : userIds.map(nameOf).join(', '),
    comesAfter({ gap, until, following, next }, nameOf, now),
  ];
}

/** Until when it is so, and who comes then; after a gap, or before one, also who is next. */
function comesAfter(
  { gap, until, following, next }: Pick<ScheduleOnCallView, 'gap' | 'until' | 'following' | 'next'>,
  nameOf: (id: string) => string,
  now: Date,
): string {
  const later = next ? `next ${next.userIds.map(nameOf).join(', ')}, ${moment(next.at, now)}` : 'nobody else comes';
  if (gap !== null || until === null || following === null) return later;
  const end = `until ${moment(until, now)}, then ${following.userIds.map(nameOf).join(', ') || 'nobody'}`;
  return next === null || next.at === until ? end : `${end}; ${later}`;
}

async function findSchedule(api: Api, book: Book, name: string): Promise<ScheduleView> {
  return api.call(readSchedule, { params: { id: book.idOf('schedule', name) } });
}
