import type { Ctx } from '#platform/ctx.ts';
import { insertEntries } from '../journal/store.ts';
import { whenTold } from '../quiet-hours/quiet-until.ts';
import { readPeople } from '../reach/people.ts';
import { PAGE_CLOCK } from './page-clock.ts';
import { findQuietNotices, replaceNotice } from './store.ts';

/** Somebody's quiet hours changed: what waits for their end goes out now, or waits for the new end. */
export async function replanQuietNotices(ctx: Ctx, userId: string): Promise<void> {
  const waiting = await findQuietNotices(ctx, userId);
  if (waiting.length === 0) return;
  const people = await readPeople(ctx);
  const quietAt = (at: Date) => people.quietUntil(userId, 'low', at);
  const isOver = quietAt(ctx.now) === null;
  const text = isOver ? 'Their quiet hours ended early.' : 'Their quiet hours end at another time.';
  // The first of them goes out when they end, and the others as long after it as their rules say.
  const soonest = new Map<string, number>();
  for (const { pageId, delaySeconds } of waiting)
    soonest.set(pageId, Math.min(soonest.get(pageId) ?? delaySeconds, delaySeconds));
  for (const notice of waiting) {
    const { pageId, kind: channel, step, cycle, delaySeconds } = notice;
    const told = whenTold(quietAt, ctx.now, delaySeconds - (soonest.get(pageId) ?? 0));
    await replaceNotice(ctx, { ...notice, ...told });
    await insertEntries(ctx, [{ pageId, userId, channel, step, cycle, dueAt: told.dueAt, kind: 'planned', text }]);
    await ctx.wake(PAGE_CLOCK, told.dueAt);
  }
}
