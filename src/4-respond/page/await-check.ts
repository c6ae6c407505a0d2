import { type Alert, listOpenOfGroups } from '#detect';
import type { deliveryDue } from '#delivery';
import { addSeconds, secondsBetween } from '#kernel/duration.ts';
import { checkSoon, readSights } from '#monitor';
import type { Ctx } from '#platform/ctx.ts';
import type { Page } from './page.ts';

/** A page of a minute ago cannot have been overtaken by an outage of ours. */
const OLD_SECONDS = 60;
const LONGEST_WAIT_SECONDS = 60;
const LOOK_EVERY_SECONDS = 2;

const WHY = `Nobody has looked for a while: it waits for a fresh check, for ${LONGEST_WAIT_SECONDS} s at most.`;

type Due = Pick<NonNullable<typeof deliveryDue.payload>, 'waitingSince' | 'wait'>;

/**
 * After an outage of ours, what we hold of a monitor is as old as the outage, and a page about it may be wrong. Its
 * message waits until a check has told: a recovery ends the page, a failure lets it go. Not for ever, since the check may
 * be what does not work; and not when anything else that it is about cannot be asked anew.
 */
export async function awaitCheck(
  ctx: Ctx,
  pages: readonly Page[],
  alerts: readonly Alert[],
  { waitingSince, wait }: Due,
): Promise<void> {
  if (waitingSince !== null && secondsBetween(waitingSince, ctx.now) >= LONGEST_WAIT_SECONDS) return;
  if (pages.some(({ cause, incidentId, drill }) => cause !== 'alert' || incidentId !== null || drill)) return;
  const monitorIds = await monitorsBehind(ctx, alerts);
  if (monitorIds.length === 0) return;
  const sights = await readSights(ctx, monitorIds);
  if (sights.length < monitorIds.length) return;
  const isKnown = ({ fresh, failing }: (typeof sights)[number]) => fresh && (failing || waitingSince === null);
  if (sights.some(isKnown)) return;
  await checkSoon(ctx, monitorIds);
  wait({ until: addSeconds(ctx.now, LOOK_EVERY_SECONDS), why: WHY });
}

/** Whether what an alert says of its monitor has not been looked at lately. */
export async function isUnchecked(ctx: Ctx, alert: Alert): Promise<boolean> {
  if (standsAsIs(ctx, alert) || alert.monitorId === null) return false;
  const [sight] = await readSights(ctx, [alert.monitorId]);
  return sight !== undefined && !sight.fresh;
}

/** The monitors that some alerts, and those that ask through them, are about; none when anything else is part of it, or when the news is young. */
async function monitorsBehind(ctx: Ctx, leads: readonly Alert[]): Promise<string[]> {
  if (leads.some((alert) => standsAsIs(ctx, alert))) return [];
  const groupIds = [...new Set(leads.flatMap(({ groupId }) => groupId ?? []))];
  const others = groupIds.length === 0 ? [] : await listOpenOfGroups(ctx, groupIds);
  const open = [...leads.filter(({ state }) => state !== 'closed'), ...others];
  if (open.some((alert) => standsAsIs(ctx, alert))) return [];
  return [...new Set(open.flatMap(({ monitorId }) => monitorId ?? []))];
}

/** Young, or about no monitor: there is nothing to ask anew. */
function standsAsIs(ctx: Ctx, { monitorId, firstSeenAt }: Pick<Alert, 'monitorId' | 'firstSeenAt'>): boolean {
  return monitorId === null || secondsBetween(firstSeenAt, ctx.now) < OLD_SECONDS;
}
