import {
  drillMyselfRoute,
  type DrillView,
  listDrilledPeople,
  listEscalationPolicies,
  listSchedules,
  startDrillRoute,
} from '#respond/contract';
import { listUsers } from '#access/contract';
import type { Api } from '../api.ts';
import { CommandError, EXIT, type Io, type Outcome } from '../io.ts';
import { columns, moment } from '../text.ts';

export type DrillOptions = {
  readonly to: readonly string[];
  readonly schedule?: string;
  readonly policy?: string;
  readonly onCall?: boolean;
  readonly me?: boolean;
};

/**
 * Rings people for a drill; without anybody named, everybody's last drill. Exit code 3 when somebody missed theirs or
 * cannot be reached.
 */
export async function drill(api: Api, io: Io, options: DrillOptions): Promise<Outcome> {
  const { to, schedule, policy, onCall = false, me = false } = options;
  const chosen = [to.length > 0, schedule !== undefined, policy !== undefined, onCall, me].filter(Boolean).length;
  if (chosen === 0) return lastDrills(api, io);
  if (chosen > 1) throw new CommandError('Say one of --me, --to, --schedule, --policy and --on-call.');
  const made = me
    ? await api.call(drillMyselfRoute, {})
    : await api.call(startDrillRoute, { body: { of: await find() } });
  return { text: `${describe(made)}\n${api.url}/drills`, data: made, exitCode: exitOf(made.people) };

  async function find() {
    if (schedule !== undefined) {
      const { items } = await api.call(listSchedules, { query: { limit: 200 } });
      return { kind: 'schedule' as const, scheduleId: named(items, schedule, 'on-call schedule') };
    }
    if (policy !== undefined) {
      const { items } = await api.call(listEscalationPolicies, { query: { limit: 200 } });
      return { kind: 'policy' as const, policyId: named(items, policy, 'escalation policy') };
    }
    if (onCall) return { kind: 'on-call' as const };
    const { items } = await api.call(listUsers, { query: { limit: 200 } });
    return { kind: 'people' as const, userIds: to.map((name) => named(items, name, 'person')) };
  }
}

async function lastDrills(api: Api, io: Io): Promise<Outcome> {
  const { items } = await api.call(listDrilledPeople, {});
  const rows = items.map(({ userName, last }) =>
    last === null ? [userName, '', 'never drilled'] : [userName, moment(last.startedAt, io.now()), last.text],
  );
  const exitCode = exitOf(items.flatMap(({ last }) => last ?? []));
  return { text: rows.length === 0 ? 'Nobody.' : columns(rows), data: items, exitCode };
}

function describe({ people }: DrillView): string {
  return columns(people.map(({ userName, state, text }) => [userName, state === 'running' ? 'rings now' : text]));
}

function exitOf(people: readonly { readonly state: string }[]): number {
  return people.some(({ state }) => state === 'missed' || state === 'unreachable') ? EXIT.attention : EXIT.ok;
}

type Named = { readonly id: string; readonly name: string; readonly email?: string };

function named(items: readonly Named[], name: string, noun: string): string {
  const same = (text: string | undefined) => text?.toLowerCase() === name.toLowerCase();
  const found = items.find((one) => one.id === name || same(one.name) || same(one.email));
  if (!found) throw new CommandError(`There is no ${noun} ${name}.`);
  return found.id;
}
