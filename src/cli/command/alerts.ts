import { type AlertView, alertState, getAlertCounts, listAlerts } from '#detect/contract';
import type { z } from 'zod';
import type { Api } from '../api.ts';
import { everyOne, readBook } from '../book.ts';
import type { Io, Outcome } from '../io.ts';
import { columns, moment } from '../text.ts';

export type AlertsOptions = {
  readonly state?: z.output<typeof alertState>;
  readonly all?: boolean;
  readonly service?: string;
  readonly quiet?: boolean;
  readonly vanished?: boolean;
  readonly ids?: boolean;
};

const MOST = 50;

/** Alerts, the newest first; without an option those that are not closed. `ids`: only their ids, a line each. */
export async function alerts(api: Api, io: Io, options: AlertsOptions): Promise<Outcome> {
  const book = await readBook(api, 'service', 'person');
  const serviceId = options.service === undefined ? null : book.idOf('service', options.service);
  const items = await read(api, options);
  const wanted = items.filter((alert) => serviceId === null || alert.serviceId === serviceId);
  if (options.ids === true) return { text: wanted.map(({ id }) => id).join('\n'), data: wanted.map(({ id }) => id) };
  const rows = wanted.slice(0, MOST).map((alert) => row(alert, io.now(), book.titleOf));
  const rest = wanted.length > MOST ? [`… and ${wanted.length - MOST} more; --json has all of them.`] : [];
  const list = rows.length === 0 ? ['There is no such alert.'] : [columns(rows), ...rest];
  return {
    text: [...list, ...(options.vanished === true ? [] : await vanishedLately(api))].join('\n'),
    data: wanted,
  };
}

async function vanishedLately(api: Api): Promise<string[]> {
  const { transient } = await api.call(getAlertCounts, {});
  if (transient === 0) return [];
  const many = transient === 1 ? '1 alert' : `${transient} alerts`;
  return ['', `${many} vanished while held in the last 24 hours; nobody was asked. See: allclear alerts --vanished`];
}

async function read(api: Api, { state, all, quiet, vanished }: AlertsOptions): Promise<AlertView[]> {
  if (vanished === true) return (await api.call(listAlerts, { query: { limit: 200, transient: 'true' } })).items;
  const only = quiet === true ? { quiet: 'true' as const } : {};
  // What is closed has no end: of that, the newest.
  if (all === true || state === 'closed') {
    const of = state === undefined ? {} : { state };
    return (await api.call(listAlerts, { query: { limit: 200, ...of, ...only } })).items;
  }
  const states = state === undefined ? (['open', 'acknowledged'] as const) : [state];
  const lists = await Promise.all(
    states.map((one) => everyOne((page) => api.call(listAlerts, { query: { ...page, state: one, ...only } }))),
  );
  return lists.flat().toSorted((a, b) => b.firstSeenAt.localeCompare(a.firstSeenAt));
}

function row(alert: AlertView, now: Date, titleOf: (id: string) => string): string[] {
  const { id, severity, title, drill, serviceId, quiet, snoozedUntil, acknowledgedBy } = alert;
  const by = acknowledgedBy === null ? '' : ` by ${titleOf(acknowledgedBy)}`;
  const state = snoozedUntil === null ? `${alert.state}${by}` : `snoozed until ${moment(snoozedUntil, now)}`;
  return [
    id,
    severity,
    quiet === null ? state : `${state}, ${quiet}`,
    moment(alert.firstSeenAt, now),
    serviceId === null ? '' : titleOf(serviceId),
    drill ? `${title} (drill)` : title,
  ];
}
