import { audit } from '#access';
import { AppError, invalid } from '#kernel/errors.ts';
import type { Ctx } from '#platform/ctx.ts';
import { groupPath } from './question-fields.ts';
import { moveGroup, selectGroups } from './store.ts';

/**
 * Gives a group another name or place; null dissolves it into what is around it. What is inside comes along, and where
 * the new name is that of another group, the two become one. Refuses what would stand inside itself, or too deep.
 */
export async function renameGroup(ctx: Ctx, { from, to }: { from: string; to: string | null }): Promise<number> {
  if (to !== null && `${to}/`.startsWith(`${from}/`) && to !== from)
    throw invalid('body.to', 'a group cannot stand inside itself');
  const inside = (await selectGroups(ctx)).flatMap(({ group }) => (group?.startsWith(`${from}/`) ? [group] : []));
  const tooDeep = inside.some((group) => to !== null && !groupPath.safeParse(to + group.slice(from.length)).success);
  if (tooDeep) throw invalid('body.to', 'groups stand at most five deep, and what is inside comes along');
  const monitors = await moveGroup(ctx, from, to);
  if (monitors === 0) throw new AppError('not_found', `There is no group “${from}” in this workspace.`);
  await audit(ctx, { action: 'monitor.rename-group', subjectId: from.slice(0, 80), detail: { from, to, monitors } });
  ctx.touch('monitors');
  return monitors;
}
