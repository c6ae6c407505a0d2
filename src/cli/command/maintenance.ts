import {
  createMaintenanceSeries,
  createMaintenanceWindow,
  endMaintenanceSeries,
  endMaintenanceWindow,
  listMaintenanceSeries,
  listMaintenanceWindows,
  listServices,
  type MaintenanceSeriesView,
  type MaintenanceWindowView,
  type Repeat,
  repeatWords,
} from '#monitor/contract';
import type { Api } from '../api.ts';
import { CommandError, EXIT, type Io, type Outcome } from '../io.ts';
import { parseRepeat, REPEAT_HELP } from '../repeat.ts';
import { columns, moment } from '../text.ts';
import { endOf, lengthOf, timeOf } from '../time.ts';
import { findMonitorId } from './find-monitor.ts';
import { findServiceIds } from './find.ts';

export type MaintenanceOptions = {
  readonly service: readonly string[];
  readonly monitor: readonly string[];
  readonly for?: string;
  readonly until?: string;
  readonly from?: string;
  readonly every?: string;
  readonly cron?: string;
  readonly zone?: string;
  readonly end?: string;
};

/** Plans, ends or lists maintenance. */
export async function maintenance(
  api: Api,
  io: Io,
  title: string | undefined,
  options: MaintenanceOptions,
): Promise<Outcome> {
  if (options.end !== undefined) return end(api, options.end);
  if (title === undefined) return list(api, io);
  if (options.every !== undefined || options.cron !== undefined) return planSeries(api, io, title, options);
  return plan(api, io, title, options);
}

async function end(api: Api, id: string): Promise<Outcome> {
  if (id.startsWith('mse_')) {
    const ended = await api.call(endMaintenanceSeries, { params: { id } });
    return { text: `“${ended.title}” comes no more; what runs goes on to its end.`, data: ended };
  }
  const ended = await api.call(endMaintenanceWindow, { params: { id } });
  const text =
    ended.state === 'called-off'
      ? `“${ended.title}” is called off.`
      : `“${ended.title}” is over; what is still broken asks now.`;
  return { text, data: ended };
}

async function list(api: Api, io: Io): Promise<Outcome> {
  const ask = { query: { state: 'open', seriesId: 'none', limit: 200 } } as const;
  const { items: alone } = await api.call(listMaintenanceWindows, ask);
  const running = await api.call(listMaintenanceWindows, { query: { state: 'running', limit: 200 } });
  const series = await api.call(listMaintenanceSeries, { query: { state: 'active', limit: 200 } });
  const items = [...running.items.filter(({ seriesId }) => seriesId !== null), ...alone];
  const data = { items, series: series.items };
  if (items.length + series.items.length === 0) return { text: 'No maintenance is planned.', data };
  const services = await api.call(listServices, { query: { limit: 200 } });
  const targets = ({ serviceIds, monitorIds }: Targets) =>
    [...serviceIds.map((id) => services.items.find((one) => one.id === id)?.name ?? id), ...monitorIds].join(', ');
  const rows = [
    ...items.map((window) => row(window, io.now(), targets)),
    ...series.items.map((one) => seriesRow(one, io.now(), targets)),
  ];
  return { text: columns(rows), data };
}

type Targets = Pick<MaintenanceWindowView, 'serviceIds' | 'monitorIds'>;

const EXAMPLE = `allclear maintenance "New disks" --service shop --for 2h`;

async function plan(api: Api, io: Io, title: string, options: MaintenanceOptions): Promise<Outcome> {
  const startsAt = options.from === undefined ? io.now() : timeOf('from', options.from, io.now());
  const endsAt = endOf(options, startsAt, io.now(), EXAMPLE);
  const window = await api.call(createMaintenanceWindow, {
    body: {
      title,
      ...(await findTargets(api, options)),
      endsAt: endsAt.toISOString(),
      ...(options.from === undefined ? {} : { startsAt: startsAt.toISOString() }),
    },
  });
  const when = window.state === 'running' ? 'has begun' : `begins ${moment(window.startsAt, io.now())}`;
  return { text: `${window.id} ${when}, and ends ${moment(window.endsAt, io.now())}.`, data: window };
}

async function planSeries(api: Api, io: Io, title: string, options: MaintenanceOptions): Promise<Outcome> {
  const example = `allclear maintenance "Backup" --service shop --every "sun 02:00" --for 2h`;
  if (options.for === undefined) throw new CommandError(`Say for how long each time: ${example}`, EXIT.usage);
  if (options.from !== undefined || options.until !== undefined)
    throw new CommandError(`--every and --cron say when; leave out --from and --until: ${example}`, EXIT.usage);
  const series = await api.call(createMaintenanceSeries, {
    body: {
      title,
      repeat: repeatOf(options),
      timeZone: options.zone ?? new Intl.DateTimeFormat().resolvedOptions().timeZone,
      durationSeconds: lengthOf('for', options.for),
      untilDate: null,
      ...(await findTargets(api, options)),
    },
  });
  const [first] = series.next;
  const next = first === undefined ? '' : `, for the first time ${moment(first.startsAt, io.now())}`;
  return { text: `${series.id} begins ${repeatWords(series.repeat)} (${series.timeZone})${next}.`, data: series };
}

function repeatOf({ every, cron }: MaintenanceOptions): Repeat {
  if (every !== undefined && cron !== undefined)
    throw new CommandError('Say either --every or --cron, not both.', EXIT.usage);
  if (cron !== undefined) return { every: 'cron', expression: cron };
  const repeat = parseRepeat(every ?? '');
  if (repeat === null)
    throw new CommandError(`--every ${every} does not say how often; expected one ${REPEAT_HELP}.`, EXIT.usage);
  return repeat;
}

async function findTargets(api: Api, { service, monitor }: MaintenanceOptions) {
  if (service.length + monitor.length === 0)
    throw new CommandError(`Say of which services or monitors: ${EXAMPLE}`, EXIT.usage);
  const serviceIds = await findServiceIds(api, service);
  const monitorIds = await Promise.all(monitor.map((name) => findMonitorId(api, name)));
  return { serviceIds, monitorIds };
}

function row(window: MaintenanceWindowView, now: Date, targets: (of: Targets) => string): string[] {
  const when =
    window.state === 'planned' ? `begins ${moment(window.startsAt, now)}` : `until ${moment(window.endsAt, now)}`;
  return [window.id, window.state, when, targets(window), window.title];
}

function seriesRow(series: MaintenanceSeriesView, now: Date, targets: (of: Targets) => string): string[] {
  const next = series.next.find(({ state }) => state === 'planned');
  const when = next === undefined ? repeatWords(series.repeat) : `next ${moment(next.startsAt, now)}`;
  return [series.id, repeatWords(series.repeat), when, targets(series), series.title];
}
