import { listUsers } from '#access/contract';
import { formatDuration, secondsBetween } from '#kernel/duration.ts';
import {
  changeScheduleOverride,
  createScheduleOverride,
  listOnCallNow,
  listSchedules,
  readFinalSchedule,
  type ScheduleOnCallView,
  type ScheduleView,
} from '#respond/contract';
import type { Api } from '../api.ts';
import { CommandError, EXIT, type Io, type Outcome } from '../io.ts';
import { columns, count, moment } from '../text.ts';

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
  const schedule = await findSchedule(api, name);
  const final = await api.call(readFinalSchedule, {
    params: { id: schedule.id },
    query: { ...instantOf('from', options.from), ...instantOf('to', options.to) },
  });
  const nameOf = await readNames(api);
  const rows = final.shifts.map(({ startsAt, endsAt, userIds, gap }) => [
    moment(startsAt, io.now()),
    formatDuration(secondsBetween(new Date(startsAt), new Date(endsAt))),
    gap ? `nobody: ${gap.reason}` : userIds.map(nameOf).join(', '),
  ]);
  const gaps = final.gaps.length > 0 ? [`! ${count(final.gaps.length, 'gap')}`] : [];
  return {
    text: [`${schedule.name}, version ${schedule.version}, ${schedule.timeZone}`, columns(rows, '  '), ...gaps].join(
      '\n',
    ),
    data: final,
    exitCode: gaps.length > 0 ? EXIT.attention : EXIT.ok,
  };
}

/** Who is on call now, or at an instant, by every schedule: lines for people, and the answer itself. */
export async function onCallNow(api: Api, io: Io, at: string | undefined) {
  const { items } = await api.call(listOnCallNow, { query: { ...instantOf('at', at) } });
  const nameOf = items.length > 0 ? await readNames(api) : () => '';
  return { lines: items.length > 0 ? [columns(items.map((item) => nowAndNext(item, nameOf, io.now())))] : [], items };
}

/** Adds, removes or replaces somebody for a span of one schedule, or moves an override to another span. */
export async function override(api: Api, io: Io, name: string, options: OverrideOptions): Promise<Outcome> {
  const schedule = await findSchedule(api, name);
  if (options.move !== undefined) return moveOverride(api, io, schedule, { ...options, move: options.move });
  const acts = [options.add, options.remove, options.replace].filter((one) => one !== undefined);
  if (acts.length > 1 || (acts.length === 0 && options.by === undefined))
    throw new CommandError(
      'Say one of --add NAME, --remove NAME, --replace NAME --by NAME, or --by NAME for everybody.',
    );
  const { items } = await api.call(listUsers, { query: { limit: 200 } });
  const idOf = (wanted: string) => {
    const found = items.find(({ id, name: called, email }) =>
      [id, called, email].some((one) => one.toLowerCase() === wanted.toLowerCase()),
    );
    if (!found) throw new CommandError(`There is no ${wanted} in this workspace.`);
    return found.id;
  };
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
      startsAt: instantOf('from', options.from).from ?? io.now().toISOString(),
      endsAt: instantOf('until', options.until).until ?? '',
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
      ...(options.from === undefined ? {} : { startsAt: instantOf('from', options.from).from }),
      endsAt: instantOf('until', options.until).until,
      ...(options.reason === undefined ? {} : { reason: options.reason }),
    },
  });
  return { text: `The override of ${name} now lasts until ${moment(moved.endsAt, io.now())}.`, data: moved };
}

async function list(api: Api, io: Io): Promise<Outcome> {
  const { items } = await api.call(listSchedules, { query: { limit: 200 } });
  const { items: now } = await api.call(listOnCallNow, { query: {} });
  const nameOf = await readNames(api);
  const lines = now.map((item) => columns([nowAndNext(item, nameOf, io.now())]));
  return {
    text: items.length === 0 ? 'There is no on-call schedule.' : lines.join('\n'),
    data: items,
    exitCode: now.some(({ gap }) => gap !== null) ? EXIT.attention : EXIT.ok,
  };
}

function nowAndNext({ name, userIds, gap, next }: ScheduleOnCallView, nameOf: (id: string) => string, now: Date) {
  return [
    name,
    gap ? `nobody (${gap.reason})` : userIds.map(nameOf).join(', '),
    next ? `next ${next.userIds.map(nameOf).join(', ')}, ${moment(next.at, now)}` : 'nobody else comes',
  ];
}

async function readNames(api: Api): Promise<(userId: string) => string> {
  const { items } = await api.call(listUsers, { query: { limit: 200 } });
  const names = new Map(items.map(({ id, name }) => [id, name]));
  return (userId) => names.get(userId) ?? userId;
}

async function findSchedule(api: Api, name: string): Promise<ScheduleView> {
  const { items } = await api.call(listSchedules, { query: { limit: 200 } });
  const found = items.find((one) => one.id === name || one.name.toLowerCase() === name.toLowerCase());
  if (!found)
    throw new CommandError(
      `There is no schedule ${name}.${items.length > 0 ? ` There are: ${items.map((one) => one.name).join(', ')}.` : ''}`,
    );
  return found;
}

/** `{ from: '…' }` for an option that is a time, nothing for one that is not given. */
function instantOf<Name extends string>(option: Name, text: string | undefined): { [K in Name]?: string } {
  if (text === undefined) return {};
  if (Number.isNaN(Date.parse(text)))
    throw new CommandError(`--${option} ${text} is not a time; expected something like 2026-11-25T03:00:00Z.`);
  return { [option]: new Date(text).toISOString() } as { [K in Name]?: string };
}
