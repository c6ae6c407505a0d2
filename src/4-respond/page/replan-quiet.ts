import type { Ctx } from '#platform/ctx.ts';
import { insertEntries } from '../journal/store.ts';
import { readPeople } from '../reach/people.ts';
import { PAGE_CLOCK } from './page-clock.ts';
import { findQuietNotices, replaceNotice } from './store.ts';

/** Somebody's quiet hours changed: what waits for their end goes out now, or waits for the new end. */
export async function replanQuietNotices(ctx: Ctx, userId: string): Promise<void> {
  const waiting = await findQuietNotices(ctx, userId);
  if (waiting.length === 0) return;
  const until = (await readPeople(ctx)).quietUntil(userId, 'low', ctx.now);
  const dueAt = until ?? ctx.now;
  for (const notice of waiting) await replaceNotice(ctx, { ...notice, dueAt, quietUntil: until });
  const text =
    until === null ? 'Their quiet hours ended early: due at once.' : 'Their quiet hours end at another time.';
  await insertEntries(
    ctx,
    waiting.map(({ pageId, kind: channel, step, cycle }) => ({
      pageId,
      userId,
      channel,
      step,
      cycle,
      dueAt,
      kind: 'planned',
      text,
    })),
  );
  await ctx.wake(PAGE_CLOCK, dueAt);
}
