import {
  createMaintenanceWindow,
  endMaintenanceWindow,
  listMaintenanceWindows,
  listServices,
  type MaintenanceWindowView,
} from '#monitor/contract';
import type { Api } from '../api.ts';
import { CommandError, EXIT, type Io, type Outcome } from '../io.ts';
import { columns, moment } from '../text.ts';
import { endOf, timeOf } from '../time.ts';
import { findServiceIds } from './find.ts';

export type MaintenanceOptions = {
  readonly service: readonly string[];
  readonly for?: string;
  readonly until?: string;
  readonly from?: string;
  readonly end?: string;
};

/** Plans, ends or lists maintenance. */
export async function maintenance(
  api: Api,
  io: Io,
  title: string | undefined,
  options: MaintenanceOptions,
): Promise<Outcome> {
  if (options.end !== undefined) {
    const ended = await api.call(endMaintenanceWindow, { params: { id: options.end } });
    return { text: `“${ended.title}” is over; what is still broken asks now.`, data: ended };
  }
  if (title !== undefined) return plan(api, io, title, options);
  const { items } = await api.call(listMaintenanceWindows, { query: { state: 'open', limit: 200 } });
  if (items.length === 0) return { text: 'No maintenance is planned.', data: { items } };
  const services = await api.call(listServices, { query: { limit: 200 } });
  const nameOf = (id: string) => services.items.find((one) => one.id === id)?.name ?? id;
  return { text: columns(items.map((window) => row(window, io.now(), nameOf))), data: { items } };
}

async function plan(api: Api, io: Io, title: string, options: MaintenanceOptions): Promise<Outcome> {
  const example = `allclear maintenance "New disks" --service shop --for 2h`;
  if (options.service.length === 0) throw new CommandError(`Say of which services: ${example}`, EXIT.usage);
  const startsAt = options.from === undefined ? io.now() : timeOf('from', options.from, io.now());
  const endsAt = endOf(options, startsAt, io.now(), example);
  const serviceIds = await findServiceIds(api, options.service);
  const window = await api.call(createMaintenanceWindow, {
    body: {
      title,
      serviceIds,
      endsAt: endsAt.toISOString(),
      ...(options.from === undefined ? {} : { startsAt: startsAt.toISOString() }),
    },
  });
  const when = window.state === 'running' ? 'has begun' : `begins ${moment(window.startsAt, io.now())}`;
  return { text: `${window.id} ${when}, and ends ${moment(window.endsAt, io.now())}.`, data: window };
}

function row(window: MaintenanceWindowView, now: Date, nameOf: (id: string) => string): string[] {
  const when =
    window.state === 'planned' ? `begins ${moment(window.startsAt, now)}` : `until ${moment(window.endsAt, now)}`;
  return [window.id, window.state, when, window.serviceIds.map(nameOf).join(', '), window.title];
}
