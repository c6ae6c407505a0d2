import { downstreamOf, readServices, upstreamOf } from '#monitor';
import { addSeconds } from '#kernel/duration.ts';
import type { Ctx } from '#platform/ctx.ts';
import { touchAlert } from '../alert/acknowledge-alert.ts';
import { ALERT_CLOCK } from '../alert/alert-clock.ts';
import type { Alert } from '../alert/alert.ts';
import { alertQuieted } from '../alert/events.ts';
import { keepQuiet } from '../alert/keep-quiet.ts';
import { writeEntry } from '../journal/write-entry.ts';
import { dependenciesIn } from './dependencies.ts';
import { isCause } from './cause.ts';
import { lockDownstream, releaseCausedBy, selectCause } from './store.ts';

/** What failed this long before the thing that it needs may have been noticed first, and is still explained by it. */
const NOTICED_EARLIER_SECONDS = 600;
/** When what it needs has recovered, a service has this long to follow. */
const RECOVERY_SECONDS = 120;
/** What nobody has heard of for so long explains nothing any more: no alert stays quiet for ever because of another. */
const EXPLAINS_SECONDS = 12 * 3_600;

/**
 * Keeps an alert quiet while something is down that its service needs; null when nothing is. No wake-up for each of what
 * may be thousands: the sweep finds in time what has been quiet for too long.
 */
export async function holdForUpstream(ctx: Ctx, alert: Alert, serviceId: string): Promise<Alert | null> {
  const upstream = upstreamOf(await dependenciesIn(ctx), serviceId);
  if (upstream.length === 0) return null;
  const cause = await selectCause(ctx, upstream, addSeconds(ctx.now, -EXPLAINS_SECONDS));
  return cause === null ? null : await explain(ctx, alert, serviceId, cause);
}

/** An alert that asks explains those of services that need its own: they fall silent, and their pages end. */
export async function quietenDownstream(ctx: Ctx, cause: Alert): Promise<void> {
  if (!isCause(cause) || cause.serviceId === null) return;
  const downstream = downstreamOf(await dependenciesIn(ctx), cause.serviceId);
  if (downstream.length === 0) return;
  const since = addSeconds(cause.firstSeenAt, -NOTICED_EARLIER_SECONDS);
  for (const alert of await lockDownstream(ctx, downstream, since)) {
    const quiet = await explain(ctx, alert, alert.serviceId ?? '', cause);
    const text = `Fell silent: “${cause.title}”, which its service depends on, asks for it.`;
    await writeEntry(ctx, { alertId: alert.id, kind: 'upstream', text, data: { causeId: cause.id } });
    touchAlert(ctx, alert);
    await ctx.publish(alertQuieted, { alert: quiet, why: 'upstream' });
  }
}

/** A cause is over or was set aside: what it explained asks when it has not recovered in a moment, too. */
export async function releaseDownstream(ctx: Ctx, cause: Alert): Promise<void> {
  if (cause.serviceId === null) return;
  const until = addSeconds(ctx.now, RECOVERY_SECONDS);
  if ((await releaseCausedBy(ctx, cause.id, until)) > 0) await ctx.wake(ALERT_CLOCK, until);
}

async function explain(ctx: Ctx, alert: Alert, serviceId: string, cause: Alert): Promise<Alert> {
  const until = addSeconds(cause.lastSeenAt, EXPLAINS_SECONDS);
  const names = await readServices(ctx, [serviceId, cause.serviceId ?? '']);
  const nameOf = (id: string | null) => names.find((service) => service.id === id)?.name ?? 'its service';
  return await keepQuiet(ctx, alert, {
    quiet: 'upstream',
    by: cause.id,
    until,
    text: `${nameOf(serviceId)} depends on ${nameOf(cause.serviceId)}, and “${cause.title}” is open for it. It asks nobody while that lasts.`,
  });
}
