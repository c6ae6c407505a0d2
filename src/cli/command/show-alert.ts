import { type AlertEntryView, type AlertView, listAlertJournal, listSignals, type SignalView } from '#detect/contract';
import { listPages, type PageView } from '#respond/contract';
import type { Api } from '../api.ts';
import { type Book, readBook } from '../book.ts';
import { CommandError, EXIT, type Io, type Outcome } from '../io.ts';
import { columns, moment, shortened } from '../text.ts';
import { findAlert } from './find-alert.ts';

export type ShowAlertOptions = { readonly signals: string; readonly payloads?: boolean };

const MOST_SIGNALS = 200;

/** One alert: why it is here, who was paged, what was done about it, and the last messages behind it. */
export async function showAlert(api: Api, io: Io, name: string, options: ShowAlertOptions): Promise<Outcome> {
  const limit = Number(options.signals);
  if (!/^\d{1,3}$/.test(options.signals) || limit < 1 || limit > MOST_SIGNALS)
    throw new CommandError(`--signals ${options.signals} is no number from 1 to ${MOST_SIGNALS}.`, EXIT.usage);
  const alert = await findAlert(api, name);
  const params = { id: alert.id };
  const [journal, signals, pages, book] = await Promise.all([
    api.call(listAlertJournal, { params, query: { limit: 200 } }),
    api.call(listSignals, { params, query: { limit } }),
    api.call(listPages, { query: { alertId: alert.id } }),
    readBook(api, 'person', 'service', 'policy'),
  ]);
  const now = io.now();
  const text = [
    ...head(alert, book, now),
    ...part('Why am I seeing this?', whyOf(alert, now)),
    ...part('Who was paged', pages.items.map(pageLine)),
    ...part('What became of it', columned(journal.items.map((entry) => entryRow(entry, book, now)))),
    ...part(
      `Signals, the last ${signals.items.length} of ${alert.count}`,
      signals.items.flatMap((signal) => signalLines(signal, now, options.payloads === true)),
    ),
    '',
    `${api.url}/alerts/${alert.id}`,
  ].join('\n');
  return { text, data: { alert, journal: journal.items, signals: signals.items, pages: pages.items } };
}

function head(alert: AlertView, book: Book, now: Date): string[] {
  const { severity, title, drill, state, quiet, evidence } = alert;
  const said = evidence?.['summary'];
  const labels = Object.entries(alert.labels).map(([name, value]) => `${name}=${value}`);
  return [
    [severity, title, ...(drill ? ['(drill)'] : [])].join('  '),
    [state, ...(quiet === null ? [] : [quiet]), `from ${originOf(alert)}`, moment(alert.firstSeenAt, now)].join(', '),
    ...(typeof said === 'string' ? [said] : []),
    ...facts(alert, book, now),
    ...(labels.length === 0 ? [] : [`labels ${labels.join(', ')}`]),
    ...(alert.url === null ? [] : [alert.url]),
  ];
}

function facts(alert: AlertView, { titleOf }: Book, now: Date): string[] {
  const { serviceId, assigneeId, policyId, snoozedUntil, acknowledgedAt, acknowledgedBy, closedAt } = alert;
  return [
    ...(serviceId === null ? [] : [`about ${titleOf(serviceId)}`]),
    ...(acknowledgedAt === null
      ? []
      : [
          `acknowledged by ${acknowledgedBy === null ? 'its sender' : titleOf(acknowledgedBy)}, ${moment(acknowledgedAt, now)}`,
        ]),
    ...(snoozedUntil === null ? [] : [`snoozed until ${moment(snoozedUntil, now)}`]),
    ...(assigneeId === null ? [] : [`given to ${titleOf(assigneeId)}`]),
    ...(policyId === null ? [] : [`given to the escalation policy ${titleOf(policyId)}`]),
    ...(closedAt === null ? [] : [`closed ${moment(closedAt, now)}: ${alert.closeReason ?? 'by hand'}`]),
  ];
}

function originOf({ source, alertSourceName, evidence }: AlertView): string {
  const reporter = evidence?.['source'];
  if (source === 'person' && typeof reporter === 'string') return reporter;
  return (
    alertSourceName ??
    { monitor: 'a monitor', heartbeat: 'a heartbeat', intake: 'a source', person: 'a person', slo: 'an SLO' }[source]
  );
}

function whyOf({ reasons, quiet, quietUntil, state, lookDueAt }: AlertView, now: Date): string[] {
  return [
    ...reasons.map(({ text }) => text),
    ...(quiet === 'held' && quietUntil !== null && state !== 'closed'
      ? [`It asks nobody until ${moment(quietUntil, now)}.`]
      : []),
    ...(lookDueAt !== null && state === 'open'
      ? [`If nobody looks at it, its owner is asked at ${moment(lookDueAt, now)}.`]
      : []),
  ];
}

function pageLine({ id, state, notices }: PageView): string {
  const names = [...new Set(notices.map(({ userName }) => userName))];
  return `${id}  ${state}  ${names.join(', ') || 'nobody'}`;
}

function entryRow({ at, actorUserId, actorName, text }: AlertEntryView, { titleOf }: Book, now: Date): string[] {
  return [moment(at, now), actorUserId === null ? (actorName ?? 'Allclear') : titleOf(actorUserId), text];
}

function signalLines(
  { receivedAt, status, severity, title, payload, repeats }: SignalView,
  now: Date,
  whole: boolean,
): string[] {
  const more = repeats === 0 ? [] : [`and ${repeats} more like it`];
  const line = [moment(receivedAt, now), status === 'firing' ? severity : 'resolved', title, ...more].join('  ');
  if (payload === '') return [line];
  return [line, ...(whole ? payload.split('\n') : [shortened(payload, 100)]).map((one) => `  ${one}`)];
}

function columned(rows: readonly (readonly string[])[]): string[] {
  return rows.length === 0 ? [] : columns(rows).split('\n');
}

function part(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', title, ...lines.map((line) => `  ${line}`)];
}
