import { type AlertSourceView, listAlertSources, listReceived, rotateAlertSourceKey } from '#detect/contract';
import type { Api } from '../api.ts';
import { CommandError, type Io, type Outcome } from '../io.ts';
import { columns, moment, parseDuration } from '../text.ts';

export type SourcesOptions = { readonly rotate?: boolean; readonly grace?: string };

/** Alert sources; with a name, one with its key and what it was sent lately, after giving it a new key if asked to. */
export async function sources(api: Api, io: Io, name: string | undefined, options: SourcesOptions): Promise<Outcome> {
  const { items } = await api.call(listAlertSources, { query: { limit: 200 } });
  if (name === undefined) {
    if (options.rotate === true) throw new CommandError('Say which source: allclear sources NAME --rotate.');
    const rows = items.map((source) => [
      source.name,
      source.kind,
      lastOf(source, io),
      source.mailAddress ?? source.intakeUrl,
    ]);
    return { text: rows.length === 0 ? 'There is no alert source.' : columns(rows), data: items };
  }
  const found = items.find((source) =>
    [source.id, source.name].some((one) => one.toLowerCase() === name.toLowerCase()),
  );
  if (!found) throw new CommandError(`There is no alert source ${name} in this workspace.`);
  const source =
    options.rotate === true
      ? await api.call(rotateAlertSourceKey, {
          params: { id: found.id },
          body: { graceSeconds: graceOf(options.grace ?? '24h') },
        })
      : found;
  const { items: received } = await api.call(listReceived, { params: { id: source.id }, query: { limit: 10 } });
  const until = source.previousKeyUntil;
  const rows = received.map((one) => [moment(one.receivedAt, io.now()), one.outcome, one.text]);
  const lines = [
    `${source.name}, ${source.kind}, ${lastOf(source, io)}`,
    `key ${source.key}`,
    ...(until === null ? [] : [`The key before works until ${moment(until, io.now())}.`]),
    `send to ${source.mailAddress ?? source.intakeUrl}`,
    ...(rows.length === 0 ? [] : [columns(rows, '  ')]),
  ];
  return { text: lines.join('\n'), data: { source, received } };
}

function lastOf({ lastSignalAt }: AlertSourceView, io: Io): string {
  return lastSignalAt === null ? 'no signal yet' : `last signal ${moment(lastSignalAt, io.now())}`;
}

function graceOf(text: string): number {
  const seconds = text === '0' ? 0 : parseDuration(text);
  if (seconds === null) throw new CommandError(`--grace ${text} is no length; say 24h, 7d, or 0 to revoke at once.`);
  return seconds;
}
