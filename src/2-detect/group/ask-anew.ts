import type { Ctx } from '#platform/ctx.ts';
import type { Alert } from '../alert/alert.ts';
import { alertReturned, type ReturnReason } from '../alert/events.ts';
import { routeTaken } from '../route/read-routing.ts';
import { groupAlert } from './group-alert.ts';

/**
 * What was quiet or put off until now asks: as one with others where the rule that took it says so or too many ask at
 * once, as if it had only just come. The end of one mute may be a storm.
 */
export async function askAnew(ctx: Ctx, alert: Alert, why: ReturnReason): Promise<Alert> {
  const route = await routeTaken(ctx, alert);
  const { alert: asked, tell } = await groupAlert(ctx, alert, route?.outcome.group ?? null, route?.name ?? '');
  if (asked.quiet === null) await ctx.publish(alertReturned, { alert: asked, why });
  await tell();
  return asked;
}
