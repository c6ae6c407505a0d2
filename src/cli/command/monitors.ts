import { formatDuration, secondsBetween } from '#kernel/duration.ts';
import { listMonitors, type MonitorRow, type MonitorState } from '#monitor/contract';
import type { Api } from '../api.ts';
import { everyOne } from '../book.ts';
import type { Io, Outcome } from '../io.ts';
import { columns } from '../text.ts';
import { findServiceIds } from './find.ts';

export type MonitorListOptions = {
  readonly state?: MonitorState;
  readonly service?: string;
  readonly tag?: string;
  readonly group?: string;
  readonly search?: string;
  readonly ids?: boolean;
};

/** Monitors, those that need attention first. */
export async function monitors(api: Api, io: Io, options: MonitorListOptions): Promise<Outcome> {
  const { ids, service, ...query } = options;
  const [serviceId] = await findServiceIds(api, service === undefined ? [] : [service]);
  const items = await everyOne((page) =>
    api.call(listMonitors, { query: { ...query, ...page, ...(serviceId === undefined ? {} : { serviceId }) } }),
  );
  if (ids) return { text: items.map(({ id }) => id).join('\n'), data: items.map(({ id }) => id) };
  if (items.length === 0) return { text: 'There is no such monitor.', data: items };
  return { text: columns(items.map((one) => row(one, io.now()))), data: items };
}

function row(monitor: MonitorRow, now: Date): string[] {
  return [
    monitor.name,
    stateWords(monitor),
    formatDuration(secondsBetween(new Date(monitor.since), now)),
    monitor.latencyMs === null ? '' : `${Math.round(monitor.latencyMs)} ms`,
    percentWords(monitor.uptime30d),
    monitor.serviceName,
  ];
}

/** What it is held for, and what makes that something else than it looks. */
export function stateWords({ state, drill, maintenance, flappingSince }: MonitorRow): string {
  if (drill !== null) return `${state}, a drill`;
  if (maintenance !== null) return `${state}, in maintenance`;
  return flappingSince === null ? state : `${state}, flapping`;
}

export function percentWords(percent: number | null): string {
  return percent === null ? '–' : `${percent} %`;
}
