import { readServices } from '#monitor';
import type { Ctx } from '#platform/ctx.ts';
import type { Alert } from '../alert/alert.ts';
import { type Cause, type GroupRow, selectGroup, selectGroupFigures, selectOpenMembers } from './store.ts';

/** What is said of alerts that ask as one. */
export type GroupSummary = {
  readonly group: GroupRow;
  readonly count: number;
  readonly open: number;
  /** What most of them have in common: services, hosts and addresses, the most frequent first. */
  readonly causes: readonly Cause[];
};

/** Figures and causes of a group as they are now; null when there is none. */
export async function readGroup(ctx: Ctx, groupId: string): Promise<GroupSummary | null> {
  const group = await selectGroup(ctx, groupId);
  return group === null ? null : await summarise(ctx, group);
}

export async function summarise(ctx: Ctx, group: GroupRow): Promise<GroupSummary> {
  const { count, open, services, hosts } = await selectGroupFigures(ctx, group.id);
  const ids = services.flatMap(({ serviceId }) => serviceId ?? []);
  const names = new Map((await readServices(ctx, ids)).map(({ id, name }) => [id, name]));
  const causes = [
    ...services.map((one) => ({ name: names.get(one.serviceId ?? '') ?? 'a service that is gone', count: one.count })),
    ...hosts,
  ];
  return { group, count, open, causes: causes.toSorted((a, b) => b.count - a.count).slice(0, 5) };
}

/** Some 50 alerts of a few groups that are not closed: those that are about no monitor first, then the newest. */
export function listOpenOfGroups(
  ctx: Ctx,
  groupIds: readonly string[],
): Promise<Pick<Alert, 'id' | 'monitorId' | 'firstSeenAt'>[]> {
  return selectOpenMembers(ctx, groupIds, 50);
}

/** `shop 120, db-1 92` */
export function causeWords({ causes }: GroupSummary): string {
  return causes.map(({ name, count }) => `${name} ${count}`).join(', ');
}
