import { deliveryFailed, deliverySent } from '#delivery';
import type { Ctx } from '#platform/ctx.ts';
import { on } from '#platform/events.ts';
import { markFault } from './store.ts';

type Outcome = NonNullable<typeof deliverySent.payload>;

/** A place has nobody who would miss a message, so it keeps why the last one did not arrive for whoever looks after it. */
export const hearOutcomes = [
  on(deliverySent, (ctx, delivery) => mark(ctx, delivery, null)),
  on(deliveryFailed, async (ctx, failure) => {
    if (failure.final || failure.stuck) await mark(ctx, failure, failure.why);
  }),
];

async function mark(ctx: Ctx, { userId, subscriberId, kind, address }: Outcome, fault: string | null): Promise<void> {
  if (userId !== null || subscriberId !== null) return;
  if (await markFault(ctx, { kind, address }, fault)) ctx.touch('settings');
}
