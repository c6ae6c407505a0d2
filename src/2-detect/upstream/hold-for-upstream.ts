import { downstreamOf, readServices, upstreamOf } from '#monitor';
import { addSeconds } from '#kernel/duration.ts';
import type { Ctx } from '#platform/ctx.ts';
import { touchAlert } from '../alert/acknowledge-alert.ts';
import { ALERT_CLOCK } from '../alert/alert-clock.ts';
import { type Alert, pagesAtOnce } from '../alert/alert.ts';
import { alertQuieted } from '../alert/events.ts';
import { keepQuiet } from '../alert/keep-quiet.ts';
import { writeEntry } from '../journal/write-entry.ts';
import { dependenciesIn } from './dependencies.ts';
import { lockDownstream, releaseCausedBy, selectFault } from './store.ts';

/** What failed this long before the thing that it needs may have been noticed first, and is still explained by it. */
const NOTICED_EARLIER_SECONDS = 600;
/** When what it needs has recovered, a service has this long to follow. */
const RECOVERY_SECONDS = 120;

/** Keeps an alert quiet while something is down that its service needs; null when nothing is. */
export async function holdForUpstream(ctx: Ctx, alert: Alert, serviceId: string): Promise<Alert | null> {
  const upstream = upstreamOf(await dependenciesIn(ctx), serviceId);
  if (upstream.length === 0) return null;
  const fault = await selectFault(ctx, upstream);
  return fault === null ? null : await explain(ctx, alert, serviceId, fault);
}

/** An alert that asks explains those of services that need its own: they fall silent, and their pages end. */
export async function quietenDownstream(ctx: Ctx, cause: Alert): Promise<void> {
  if (!explains(cause) || cause.serviceId === null) return;
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

/** A cause is over: what it explained asks when it has not recovered in a moment, too. */
export async function releaseDownstream(ctx: Ctx, cause: Alert): Promise<void> {
  if (cause.serviceId === null) return;
  const until = addSeconds(ctx.now, RECOVERY_SECONDS);
  if ((await releaseCausedBy(ctx, cause.id, until)) > 0) await ctx.wake(ALERT_CLOCK, until);
}

/** Of a service that is down for somebody, not of what is muted, suppressed or in maintenance. */
function explains({ severity, drill, quiet, state }: Alert): boolean {
  return state !== 'closed' && pagesAtOnce(severity) && !drill && (quiet === null || quiet === 'grouped');
}

async function explain(ctx: Ctx, alert: Alert, serviceId: string, cause: Alert): Promise<Alert> {
  const names = await readServices(ctx, [serviceId, cause.serviceId ?? '']);
  const nameOf = (id: string | null) => names.find((service) => service.id === id)?.name ?? 'its service';
  return await keepQuiet(ctx, alert, {
    quiet: 'upstream',
    by: cause.id,
    until: null,
    text: `${nameOf(serviceId)} depends on ${nameOf(cause.serviceId)}, and “${cause.title}” is open for it. It asks nobody while that lasts.`,
  });
}
