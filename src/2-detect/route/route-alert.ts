import { readWorkspace } from '#access';
import { addSeconds } from '#kernel/duration.ts';
import type { Ctx } from '#platform/ctx.ts';
import { ALERT_CLOCK } from '../alert/alert-clock.ts';
import { type Alert, type AlertReason, pagesAtOnce } from '../alert/alert.ts';
import { updateAlert } from '../alert/store.ts';
import { isInShadow } from '../alert-source/shadow.ts';
import { holdForMaintenance } from '../maintenance/hold-for-maintenance.ts';
import { muteAlert, muteFor } from '../mute/mute-alert.ts';
import { isCause } from '../upstream/cause.ts';
import { holdForUpstream, releaseDownstream } from '../upstream/hold-for-upstream.ts';
import type { RouteOutcome } from './contract.ts';
import { intoShadow, type Would } from './into-shadow.ts';
import { namesOf, readyNames } from './names.ts';
import { routingInUse, subjectOf } from './read-routing.ts';
import { type Route, routeFor } from './route.ts';
import { lookSentence, outcomeSentences, sentenceOf } from './words.ts';

const ANY = ['open', 'acknowledged'] as const;

export type Routed = {
  readonly alert: Alert;
  readonly declare: RouteOutcome['declare'];
  readonly group: RouteOutcome['group'];
  readonly routeName: string;
  /** Said when its source is in shadow: what would have become of it. */
  readonly would: Would | null;
};

/**
 * Decides about an alert that nobody has been asked about yet, or that got graver: the first rule that matches, else its
 * service, else the catch-all. What the rule says is written on the alert with the reason; the rest is for later stages.
 */
export async function routeAlert(ctx: Ctx, alert: Alert): Promise<Routed> {
  const routed = await routeOrShadow(ctx, alert);
  if (isCause(alert) && !isCause(routed.alert)) await releaseDownstream(ctx, alert);
  return routed;
}

async function routeOrShadow(ctx: Ctx, alert: Alert): Promise<Routed> {
  const routed = { ...(await routeOrMute(ctx, alert)), would: null };
  if (!(await isInShadow(ctx, alert.alertSourceId))) return routed;
  return { ...routed, declare: null, group: null, ...(await intoShadow(ctx, routed.alert, routed.declare !== null)) };
}

type Decided = Omit<Routed, 'would'>;

async function routeOrMute(ctx: Ctx, alert: Alert): Promise<Decided> {
  const routed = await decide(ctx, alert);
  if (routed.alert.incidentId !== null || routed.alert.assigneeId !== null) return routed;
  const quiet = await quietFor(ctx, routed.alert);
  return quiet === null ? routed : { alert: quiet, declare: null, group: null, routeName: routed.routeName };
}

/**
 * What keeps it quiet besides its rule: a mute, maintenance of its service, or something down that its service needs.
 * What asks for a group asks on, since the others of the group may have nothing to do with it.
 */
async function quietFor(ctx: Ctx, alert: Alert): Promise<Alert | null> {
  const mute = await muteFor(ctx, async () => subjectOf(alert, ctx.now, (await readWorkspace(ctx)).timeZone));
  if (mute !== null) return await muteAlert(ctx, alert, mute);
  if (alert.serviceId === null || alert.drill || alert.quiet === 'suppressed' || alert.groupId !== null) return null;
  return (
    (await holdForMaintenance(ctx, alert, alert.serviceId)) ?? (await holdForUpstream(ctx, alert, alert.serviceId))
  );
}

async function decide(ctx: Ctx, alert: Alert): Promise<Decided> {
  const { compiled, timeZone } = await routingInUse(ctx);
  const route = routeFor(compiled, subjectOf(alert, ctx.now, timeZone));
  const { policyId, clockSeconds } = compiled.catchAll;
  if (route !== null) return await follow(ctx, alert, route, clockSeconds);
  const nothing = { declare: null, group: null, routeName: '' };
  if (alert.drill) return { alert: await leave(ctx, alert), ...nothing };
  const own = unrouted(alert);
  const look = lookOf({ ...alert, ...own }, clockSeconds);
  if (alert.serviceId !== null && look === null) return { alert: await leave(ctx, alert), ...nothing };
  const owned: AlertReason =
    alert.serviceId === null
      ? {
          kind: 'catch-all',
          text: `No route takes it and it has no service, so the catch-all does: ${await ownerOf(ctx, policyId)} owns it.`,
        }
      : { kind: 'service', text: 'No route takes it: the escalation policy of its service owns it.' };
  const changed = await updateAlert(ctx, alert.id, ANY, {
    ...own,
    ...(alert.serviceId === null ? { policyId: alert.policyId ?? policyId } : {}),
    lookDueAt: look?.dueAt ?? null,
    reasons: JSON.stringify([owned, ...lookReasons(alert, look)]),
  });
  // No wake-up for each of what may be thousands: the sweep finds it in time, and nobody waits for the second.
  return { alert: changed ?? alert, ...nothing };
}

async function ownerOf(ctx: Ctx, policyId: string | null): Promise<string> {
  if (policyId === null) return 'the default escalation policy';
  return `the escalation policy “${(await namesOf(ctx, [policyId]))(policyId)}”`;
}

type Look = { readonly dueAt: Date; readonly afterSeconds: number };

/** What pages nobody at once has a clock: its owner is asked when nobody has looked by then. `info` is only to know. */
function lookOf(
  alert: Pick<Alert, 'severity' | 'urgency' | 'quiet' | 'firstSeenAt'>,
  clockSeconds: number,
): Look | null {
  if (alert.urgency !== null || alert.quiet !== null || pagesAtOnce(alert.severity) || alert.severity === 'info')
    return null;
  return { dueAt: addSeconds(alert.firstSeenAt, clockSeconds), afterSeconds: clockSeconds };
}

function lookReasons({ severity }: Alert, look: Look | null): AlertReason[] {
  const text = lookSentence(severity, look?.afterSeconds ?? null);
  return text === null ? [] : [{ kind: 'outcome', text }];
}

/** It pages by itself, and nothing decides about that but its service; what an earlier rule decided is over. */
async function leave(ctx: Ctx, alert: Alert): Promise<Alert> {
  const own = unrouted(alert);
  if (Object.keys(own).length === 0 && alert.lookDueAt === null && alert.reasons === null) return alert;
  return (await updateAlert(ctx, alert.id, ANY, { ...own, lookDueAt: null, reasons: null })) ?? alert;
}

/** Takes back what an earlier rule decided; and the quiet in which an owner was asked to look at what is grave now. */
function unrouted(alert: Alert) {
  const louder = alert.urgency === 'low' && pagesAtOnce(alert.severity) ? { urgency: null } : {};
  if (alert.routeId === null && alert.quiet === null) return louder;
  const own = alert.assigneeId === null ? { urgency: null, policyId: null } : louder;
  return { routeId: null, ...own, quiet: null, quietUntil: null, muteId: null, quietBy: null };
}

async function follow(ctx: Ctx, before: Alert, route: Route, clockSeconds: number): Promise<Decided> {
  const { outcome } = route;
  const nameOf = await readyNames(ctx, route);
  const reasons: AlertReason[] = [
    {
      kind: 'route',
      routeId: route.id,
      text: `The route “${route.name}” takes it, because ${route.match.length === 0 ? 'it takes everything' : route.match.map((one) => sentenceOf(one, nameOf)).join(', and ')}.`,
    },
    ...outcomeSentences(outcome, nameOf).map((text) => ({ kind: 'outcome' as const, text })),
  ];
  // What a person decided stands.
  const given = before.assigneeId !== null;
  const asks = {
    ...(given ? {} : { urgency: outcome.urgency, policyId: outcome.policyId }),
    ...(given ? { quiet: null, quietUntil: null } : quietOf(ctx, before, outcome)),
  };
  const look = lookOf({ ...before, ...asks }, clockSeconds);
  if (asks.quiet === null && asks.urgency === null) reasons.push(...lookReasons(before, look));
  const alert = await updateAlert(ctx, before.id, ANY, {
    routeId: route.id,
    serviceId: outcome.serviceId ?? before.serviceId,
    muteId: null,
    quietBy: null,
    ...asks,
    lookDueAt: look?.dueAt ?? null,
    reasons: JSON.stringify(reasons),
  });
  if (alert?.quietUntil) await ctx.wake(ALERT_CLOCK, alert.quietUntil);
  return {
    alert: alert ?? before,
    declare: alert?.quiet ? null : outcome.declare,
    group: outcome.group,
    routeName: route.name,
  };
}

function quietOf(ctx: Ctx, alert: Alert, outcome: RouteOutcome) {
  if (outcome.suppress)
    return { quiet: 'suppressed', quietUntil: null, promptDueAt: null, suspectDueAt: null } as const;
  if (outcome.holdSeconds === null) return { quiet: null, quietUntil: null };
  const until = addSeconds(alert.firstSeenAt, outcome.holdSeconds);
  if (until <= ctx.now) return { quiet: null, quietUntil: null };
  // Nobody is asked to decide about what may be over by itself.
  const later = alert.promptDueAt === null || alert.promptDueAt > until ? alert.promptDueAt : until;
  return { quiet: 'held', quietUntil: until, promptDueAt: later } as const;
}
