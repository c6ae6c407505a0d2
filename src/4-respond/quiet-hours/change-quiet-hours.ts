import { audit, readUser } from '#access';
import { invalid } from '#kernel/errors.ts';
import type { Ctx } from '#platform/ctx.ts';
import { selfId } from '../contact-method/own-method.ts';
import { markCoverageStale } from '../coverage/mark-stale.ts';
import { replanQuietNotices } from '../page/replan-quiet.ts';
import type { QuietHoursView, QuietWindow } from './contract.ts';
import { leavesNothing, quietUntil } from './quiet-until.ts';
import { findQuietHours, writeQuietHours } from './store.ts';

/** A person's quiet hours, and whether they run now. */
export async function readQuietHours(ctx: Ctx, userId: string = selfId(ctx)): Promise<QuietHoursView> {
  const { timeZone } = await readUser(ctx, userId);
  const windows = await findQuietHours(ctx, userId);
  const until = quietUntil(windows, timeZone, ctx.now);
  return { userId, windows: [...windows], timeZone, quietUntil: until?.toISOString() ?? null };
}

/** Sets one's own quiet hours. What waits for the old ones follows the new ones. */
export async function saveQuietHours(ctx: Ctx, windows: readonly QuietWindow[]): Promise<QuietHoursView> {
  const userId = selfId(ctx);
  windows.forEach(({ start, end }, index) => {
    if (start === end) throw invalid(`body.windows.${index}.end`, 'is the start; for a whole day write 00:00 to 24:00');
  });
  if (leavesNothing(windows))
    throw invalid('body.windows', 'leaves less than five hours of the week, so that hardly anything would be told');
  await writeQuietHours(ctx, userId, windows);
  await audit(ctx, { action: 'quiet-hours.change', subjectId: userId, detail: { windows } });
  await replanQuietNotices(ctx, userId);
  await markCoverageStale(ctx);
  ctx.touch('settings');
  ctx.touch('members');
  ctx.touch('policies');
  return readQuietHours(ctx, userId);
}
