import type { Ctx } from '#platform/ctx.ts';
import type { Alert } from '../alert/alert.ts';
import type { FoldBy } from '../fold/contract.ts';
import { readCauses } from '../fold/read-folds.ts';
import { type GroupRow, selectGroup, selectGroupSize, selectOpenMembers } from './store.ts';

/** How many alerts ask as one. */
export type GroupSize = { readonly group: GroupRow; readonly count: number; readonly open: number };

/** What is said of alerts that ask as one. */
export type GroupSummary = GroupSize & {
  readonly by: FoldBy;
  /** What most of them have in common, as their list is folded; the most frequent first. */
  readonly causes: readonly Cause[];
};

type Cause = { readonly name: string; readonly count: number };

const MOST_CAUSES = 5;

/** Figures and causes of a group as they are now; null when there is none. */
export async function readGroup(ctx: Ctx, groupId: string): Promise<GroupSummary | null> {
  const group = await selectGroup(ctx, groupId);
  return group === null ? null : await summarise(ctx, group);
}

/** Its size alone, which costs least. */
export async function readGroupSize(ctx: Ctx, groupId: string): Promise<GroupSize | null> {
  const group = await selectGroup(ctx, groupId);
  return group === null ? null : { group, ...(await selectGroupSize(ctx, groupId)) };
}

export async function summarise(ctx: Ctx, group: GroupRow): Promise<GroupSummary> {
  const { by, causes } = await readCauses(ctx, { groupId: group.id }, MOST_CAUSES);
  return { group, ...(await selectGroupSize(ctx, group.id)), by, causes };
}

/** Some 50 alerts of a few groups that are not closed: those that are about no monitor first, then the newest. */
export function listOpenOfGroups(
  ctx: Ctx,
  groupIds: readonly string[],
): Promise<Pick<Alert, 'id' | 'monitorId' | 'firstSeenAt'>[]> {
  return selectOpenMembers(ctx, groupIds, 50);
}

/** `by host: db-1 92, db-2 50, and 12 others` */
export function causeWords({ by, causes, count }: GroupSummary): string {
  const named = causes.map((cause) => `${cause.name} ${cause.count}`);
  const others = count - causes.reduce((sum, cause) => sum + cause.count, 0);
  if (named.length > 0 && others > 0) named.push(`${others} ${others === 1 ? 'other' : 'others'}`);
  return named.length === 0 ? '' : `by ${by}: ${named.join(', ')}`;
}
