import { audit } from '#access';
import { AppError, conflict } from '#kernel/errors.ts';
import type { Ctx, System } from '#platform/ctx.ts';
import { isOpenable } from './subscription.ts';
import { markConfirmed, selectSubscription } from './store.ts';

const TIMEOUT_MS = 10_000;

/**
 * Opens the address with which SNS asked for a confirmation, and notes that it answered. Refuses an address that is not
 * Amazon's: a person may open that by hand. Works without a transaction while it waits for the answer.
 */
export async function confirmSubscription(system: System, ctx: Ctx, alertSourceId: string): Promise<void> {
  const asked = await selectSubscription(ctx.transaction, { workspaceId: ctx.workspaceId, id: alertSourceId });
  if (!asked) throw conflict('No subscription waits here. Ask for the confirmation again in the SNS console.');
  if (asked.confirmedAt !== null) return;
  if (!isOpenable(asked.subscribeUrl))
    throw conflict(
      'The address is not below amazonaws.com, so it is not opened from here. Open it yourself if you trust it.',
    );
  const answer = await system.fetch(asked.subscribeUrl, { timeoutMs: TIMEOUT_MS, allowedTargets: [] });
  if (answer.status !== 200)
    throw new AppError(
      'unavailable',
      `Amazon answered ${answer.status}. Such an address works for three days: ask for the confirmation again in the SNS console.`,
    );
  await system.transact(ctx, async (inside) => {
    if (!(await markConfirmed(inside, alertSourceId, asked.subscribeUrl)))
      throw conflict('A newer subscription has been asked for meanwhile. Look at it again.');
    await audit(inside, {
      action: 'alert-source.confirm-subscription',
      subjectId: alertSourceId,
      detail: { topicArn: asked.topicArn },
    });
    inside.touch('settings');
  });
}
