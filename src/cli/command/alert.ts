import { type BulkAct, bulkAct, bulkAlertsRoute } from '#detect/contract';
import type { RouteResult } from '#kernel/route.ts';
import type { Api } from '../api.ts';
import { readBook } from '../book.ts';
import { CommandError, EXIT, type Io, type Outcome } from '../io.ts';
import { columns } from '../text.ts';
import { endOf } from '../time.ts';
import { alertIdsOf } from './find-alert.ts';
import { readIds } from './ids.ts';

export const ALERT_ACTS = bulkAct.options.map((option) => option.shape.act.value);

export type AlertOptions = {
  readonly act: BulkAct['act'];
  readonly ids: readonly string[];
  readonly for?: string;
  readonly until?: string;
  readonly to?: string;
  readonly text?: string;
};

const MOST_AT_ONCE = 200;

/**
 * Does one thing with some alerts; what is refused is said for each, and makes the exit code 1. `-` in the place of ids reads
 * them from standard input.
 */
export async function alert(api: Api, io: Io, options: AlertOptions): Promise<Outcome> {
  const act = await actOf(api, io, options);
  const ids = await alertIdsOf(api, await readIds(io, options.ids));
  if (ids.length === 0) return { text: 'There is nothing to do.', data: { items: [] } };
  const items: RouteResult<typeof bulkAlertsRoute>['items'] = [];
  for (let at = 0; at < ids.length; at += MOST_AT_ONCE) {
    const body = { alertIds: ids.slice(at, at + MOST_AT_ONCE), do: act };
    items.push(...(await api.call(bulkAlertsRoute, { body })).items);
  }
  const rows = items.map(({ alertId, ok, state, message }) => [alertId, ok ? (state ?? '') : `refused: ${message}`]);
  return { text: columns(rows), data: { items }, exitCode: items.every(({ ok }) => ok) ? EXIT.ok : EXIT.failed };
}

async function actOf(api: Api, io: Io, options: AlertOptions): Promise<BulkAct> {
  const { act, text, to } = options;
  switch (act) {
    case 'snooze': {
      const until = endOf(options, io.now(), io.now(), 'allclear alert snooze ID --for 2h');
      return { act, until: until.toISOString() };
    }
    case 'reassign':
      return { act, ...(await findReceiver(api, to)) };
    case 'note':
      if (text === undefined)
        throw new CommandError('Say what to write: allclear alert note ID --text "…"', EXIT.usage);
      return { act, body: text };
    case 'dismiss':
      return { act, ...(text === undefined ? {} : { reason: text }) };
    case 'acknowledge':
    case 'unacknowledge':
    case 'close':
    case 'escalate':
      return { act };
    default:
      return act satisfies never;
  }
}

async function findReceiver(api: Api, name: string | undefined) {
  if (name === undefined)
    throw new CommandError('Say who takes it: allclear alert reassign ID --to olive@example.com', EXIT.usage);
  const { noun, id } = (await readBook(api, 'person', 'policy')).find(['person', 'policy'], name);
  return noun === 'person' ? { userId: id } : { policyId: id };
}
