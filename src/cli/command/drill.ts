import { drillMyselfRoute, type DrillView, listDrilledPeople, startDrillRoute } from '#respond/contract';
import type { Api } from '../api.ts';
import { readBook } from '../book.ts';
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
  return { text: `${drillLines(made)}\n${api.url}/drills`, data: made, exitCode: exitOf(made.people) };

  async function find() {
    const book = await readBook(api, 'schedule', 'policy', 'person');
    if (schedule !== undefined) return { kind: 'schedule' as const, scheduleId: book.idOf('schedule', schedule) };
    if (policy !== undefined) return { kind: 'policy' as const, policyId: book.idOf('policy', policy) };
    if (onCall) return { kind: 'on-call' as const };
    return { kind: 'people' as const, userIds: to.map((name) => book.idOf('person', name)) };
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

/** How each person fares, a line each. */
export function drillLines({ people }: DrillView): string {
  return columns(people.map(({ userName, state, text }) => [userName, state === 'running' ? 'rings now' : text]));
}

/** 3 when somebody missed a drill, or cannot be reached. */
export function exitOf(people: readonly { readonly state: string }[]): number {
  return people.some(({ state }) => state === 'missed' || state === 'unreachable') ? EXIT.attention : EXIT.ok;
}
