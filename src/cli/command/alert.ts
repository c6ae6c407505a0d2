import { listUsers } from '#access/contract';
import { type BulkAct, bulkAct, bulkAlertsRoute } from '#detect/contract';
import { addSeconds } from '#kernel/duration.ts';
import { listEscalationPolicies } from '#respond/contract';
import type { Api } from '../api.ts';
import { CommandError, EXIT, type Io, type Outcome } from '../io.ts';
import { columns, parseDuration } from '../text.ts';

export const ALERT_ACTS = bulkAct.options.map((option) => option.shape.act.value);

export type AlertOptions = {
  readonly act: BulkAct['act'];
  readonly ids: readonly string[];
  readonly for?: string;
  readonly to?: string;
  readonly text?: string;
};

/** Does one thing with some alerts; what is refused is said for each, and makes the exit code 1. */
export async function alert(api: Api, io: Io, options: AlertOptions): Promise<Outcome> {
  const act = await actOf(api, io, options);
  const { items } = await api.call(bulkAlertsRoute, { body: { alertIds: [...options.ids], do: act } });
  const rows = items.map(({ alertId, ok, state, message }) => [alertId, ok ? (state ?? '') : `refused: ${message}`]);
  return { text: columns(rows), data: { items }, exitCode: items.every(({ ok }) => ok) ? EXIT.ok : EXIT.failed };
}

async function actOf(api: Api, io: Io, { act, text, to, for: length }: AlertOptions): Promise<BulkAct> {
  switch (act) {
    case 'snooze': {
      const seconds = parseDuration(length ?? '');
      if (seconds === null) throw new CommandError('Say for how long: allclear alert snooze ID --for 2h', EXIT.usage);
      return { act, until: addSeconds(io.now(), seconds).toISOString() };
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
  const same = (text: string) => text.toLowerCase() === name.toLowerCase();
  const people = await api.call(listUsers, { query: { limit: 200 } });
  const person = people.items.find((one) => one.id === name || same(one.name) || same(one.email));
  if (person) return { userId: person.id };
  const policies = await api.call(listEscalationPolicies, { query: { limit: 200 } });
  const policy = policies.items.find((one) => one.id === name || same(one.name));
  if (policy) return { policyId: policy.id };
  throw new CommandError(`There is neither a person nor an escalation policy ${name}.`);
}
