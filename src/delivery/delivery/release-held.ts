import { audit } from '#access';
import type { Ctx } from '#platform/ctx.ts';
import { isCurrent } from './delivery.ts';
import { queueOf } from './queues.ts';
import { findHeld, requeue } from './store.ts';

/** Sends the held mails that are still current; the rest stays in the outbox as what did not go out. */
export async function releaseHeldMail(ctx: Ctx): Promise<{ released: number; remaining: number }> {
  const held = await findHeld(ctx, 'email');
  const current = held.filter((delivery) => isCurrent(delivery, ctx.now)).map(({ id }) => id);
  const released = await requeue(ctx, current);
  for (const row of released) await ctx.send(queueOf(row), { workspaceId: ctx.workspaceId, deliveryId: row.id });
  await audit(ctx, { action: 'mail.release', subjectId: ctx.workspaceId, detail: { released: released.length } });
  ctx.touch('deliveries');
  return { released: released.length, remaining: held.length - released.length };
}
