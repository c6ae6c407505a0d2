import {
  type AlertSourceKind,
  type AlertSourceView,
  createAlertSource,
  deleteAlertSource,
  listAlertSources,
  listIgnoredMail,
  listReceived,
  readAlertSource,
  readMapping,
  revokePreviousAlertSourceKey,
  rotateAlertSourceKey,
  snippetsOf,
  type SourceMapping,
} from '#detect/contract';
import type { Api } from '../api.ts';
import { everyOne, readBook } from '../book.ts';
import { CommandError, type Io, type Outcome } from '../io.ts';
import { columns, moment } from '../text.ts';
import { graceOf } from '../time.ts';
import { limitLines, perMinuteOf, readTurnedAway } from './source-limit.ts';

export type SourcesOptions = {
  readonly rotate?: boolean;
  readonly grace?: string;
  readonly snippets?: boolean;
  readonly payloads?: boolean;
};

export type CreateSourceOptions = {
  readonly kind: Exclude<AlertSourceKind, 'form'>;
  readonly service?: string;
  readonly shadow?: boolean;
  readonly limit?: string;
};

/** Alert sources; with a name, one with its key and what it was sent lately, after giving it a new key if asked to. */
export async function sources(api: Api, io: Io, name: string | undefined, options: SourcesOptions): Promise<Outcome> {
  if (name === undefined) {
    if (options.rotate === true) throw new CommandError('Say which source: allclear sources NAME --rotate.');
    const items = await everyOne((page) => api.call(listAlertSources, { query: page }));
    const rows = items.map((source) => [
      source.name,
      source.shadow ? `${source.kind}, shadow` : source.kind,
      lastOf(source, io),
      source.kind === 'email' ? (source.mailAddress ?? source.intakeUrl) : source.intakeUrl,
    ]);
    return { text: rows.length === 0 ? 'There is no alert source.' : columns(rows), data: items };
  }
  const { id } = await findSource(api, name);
  const source =
    options.rotate === true
      ? await api.call(rotateAlertSourceKey, {
          params: { id },
          body: { graceSeconds: graceOf(options.grace ?? '24h') },
        })
      : await api.call(readAlertSource, { params: { id } });
  const { items: received } = await api.call(listReceived, { params: { id }, query: { limit: 25 } });
  const turnedAway = await readTurnedAway(api, id);
  const { items: ignored } = await api.call(listIgnoredMail, { params: { id } });
  const lines = [
    `${source.name}, ${source.kind}, ${lastOf(source, io)}`,
    ...(source.shadow ? ['In shadow: what it sends pages nobody.'] : []),
    ...limitLines(source, turnedAway, io),
    ...ignored.map(
      (one) => `${one.count} mails opened nothing (${one.reason}), the last ${moment(one.lastAt, io.now())}`,
    ),
    ...addressOf(source, io),
    ...(options.snippets === true ? snippetLines(source, await mappingOf(api, source)) : []),
    ...receivedLines(received.slice(0, options.payloads === true ? 25 : 10), io, options.payloads === true),
  ];
  return { text: lines.join('\n'), data: { source, received, turnedAway, ignored } };
}

/** Makes an address where a tool can send signals, and says what to write down at the tool. */
export async function createSource(api: Api, io: Io, name: string, options: CreateSourceOptions): Promise<Outcome> {
  const { kind, service, shadow = false, limit } = options;
  const signalsPerMinute = limit === undefined ? null : perMinuteOf(limit);
  const book = await readBook(api, 'service');
  const serviceId = service === undefined ? null : book.idOf('service', service);
  const source = await api.call(createAlertSource, { body: { name, kind, shadow, serviceId, signalsPerMinute } });
  const lines = [
    `${source.name} is made${shadow ? ', in shadow: it pages nobody until it goes live (allclear shadow NAME --live)' : ''}.`,
    ...addressOf(source, io),
    ...snippetLines(source, null),
  ];
  return { text: lines.join('\n'), data: source };
}

export async function removeSource(api: Api, name: string): Promise<Outcome> {
  const { id, title } = await findSource(api, name);
  await api.call(deleteAlertSource, { params: { id } });
  return { text: `${title} is removed; its key stops working, its alerts stay.`, data: { id } };
}

/** Revokes the key before the present one ahead of its time. */
export async function revokeKey(api: Api, name: string): Promise<Outcome> {
  const { id, title } = await findSource(api, name);
  await api.call(revokePreviousAlertSourceKey, { params: { id } });
  return { text: `${title} takes only its present key.`, data: { id } };
}

/** The source that a person names, by name or id. */
export async function findSource(api: Api, name: string): Promise<{ readonly id: string; readonly title: string }> {
  const book = await readBook(api, 'source');
  const id = book.idOf('source', name);
  return { id, title: book.titleOf(id) };
}

function addressOf({ key, intakeUrl, mailAddress, kind, previousKeyUntil: until }: AlertSourceView, io: Io): string[] {
  const noMail = kind === 'email' && mailAddress === null;
  return [
    `key ${key}`,
    ...(until === null ? [] : [`The key before works until ${moment(until, io.now())}.`]),
    noMail
      ? '! This installation takes no mail: ALLCLEAR_MAIL_IN_PORT is not set.'
      : `send to ${kind === 'email' ? mailAddress : intakeUrl}`,
    ...(kind === 'ticket' && mailAddress !== null ? [`or mail to ${mailAddress}`] : []),
  ];
}

function snippetLines(source: AlertSourceView, mapped: SourceMapping | null): string[] {
  return snippetsOf(source, mapped).flatMap(({ where, text }) => [
    '',
    where,
    ...text.split('\n').map((line) => `  ${line}`),
  ]);
}

async function mappingOf(api: Api, { id, kind }: AlertSourceView): Promise<SourceMapping | null> {
  if (kind !== 'generic') return null;
  const read = await api.call(readMapping, { params: { id } });
  return read.mapping === null ? null : read;
}

function receivedLines(
  received: readonly { receivedAt: string; outcome: string; text: string; payload: string }[],
  io: Io,
  payloads: boolean,
): string[] {
  if (received.length === 0) return [];
  const rows = received.map((one) => [moment(one.receivedAt, io.now()), one.outcome, one.text]);
  if (!payloads) return [columns(rows, '  ')];
  return rows.flatMap((row, i) => [
    '',
    row.join('  '),
    ...(received[i]?.payload || '(an empty body)').split('\n').map((line) => `  ${line}`),
  ]);
}

function lastOf({ lastSignalAt }: AlertSourceView, io: Io): string {
  return lastSignalAt === null ? 'no signal yet' : `last signal ${moment(lastSignalAt, io.now())}`;
}
