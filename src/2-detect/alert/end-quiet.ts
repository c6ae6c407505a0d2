import { addSeconds } from '#kernel/duration.ts';
import type { Ctx } from '#platform/ctx.ts';
import { askAnew } from '../group/ask-anew.ts';
import { writeEntry } from '../journal/write-entry.ts';
import { routeAlert } from '../route/route-alert.ts';
import { routeTaken } from '../route/read-routing.ts';
import { touchAlert } from './acknowledge-alert.ts';
import { type Alert, PROMPT_AFTER_SECONDS, SUSPECT_AFTER_SECONDS } from './alert.ts';
import type { AlertQuiet } from './contract.ts';
import { alertDeclares } from './events.ts';
import { updateAlert } from './store.ts';

const ANY = ['open', 'acknowledged', 'closed'] as const;

const WORDS = {
  'hold-over': 'It is not over after its hold, so it asks now.',
  'mute-over': 'The mute is over, so it asks now.',
  'maintenance-over': 'The maintenance is over and this is not, so it asks now.',
  'upstream-over': 'What it depends on has recovered and this has not, so it asks now.',
} as const;

const SET_ASIDE: ReadonlySet<AlertQuiet> = new Set(['muted', 'maintenance', 'upstream']);

const OVER = {
  suppressed: 'hold-over',
  held: 'hold-over',
  grouped: 'hold-over',
  shadow: 'hold-over',
  muted: 'mute-over',
  maintenance: 'maintenance-over',
  upstream: 'upstream-over',
} as const satisfies Record<AlertQuiet, keyof typeof WORDS>;

/**
 * The time of what was quiet is up, in a transaction that holds the row: it is decided about anew, and asks now unless
 * something else keeps it quiet, it is closed, or in somebody's hands.
 */
export async function endQuiet(ctx: Ctx, before: Alert): Promise<void> {
  if (before.state === 'closed') return void (await updateAlert(ctx, before.id, ANY, { quietUntil: null }));
  const why = OVER[before.quiet ?? 'held'];
  const again = await updateAlert(ctx, before.id, ANY, {
    quiet: null,
    quietUntil: null,
    muteId: null,
    quietBy: null,
    asksAt: ctx.now,
    ...clocks(ctx, before),
  });
  if (!again) return;
  const { alert } = await routeAlert(ctx, again);
  touchAlert(ctx, alert);
  if (alert.quiet !== null) return;
  await writeEntry(ctx, { alertId: alert.id, kind: 'returned', text: WORDS[why], data: { why } });
  const asked = alert.state === 'open' && alert.incidentId === null ? await askAnew(ctx, alert, why) : alert;
  if (asked.quiet === null) await declareByRoute(ctx, asked);
}

/** What was muted or explained for a while was decided about for as long; that decision is due again. */
function clocks(ctx: Ctx, { quiet, severity, incidentId, disposition }: Alert) {
  if (quiet === null || !SET_ASIDE.has(quiet) || severity !== 'critical' || incidentId !== null || disposition !== null)
    return {};
  return {
    promptDueAt: addSeconds(ctx.now, PROMPT_AFTER_SECONDS),
    suspectDueAt: addSeconds(ctx.now, SUSPECT_AFTER_SECONDS),
  };
}

/** What the rule that took it says about declaring, if the rule is still there. */
async function declareByRoute(ctx: Ctx, alert: Alert): Promise<void> {
  if (alert.incidentId !== null) return;
  const route = await routeTaken(ctx, alert);
  if (route?.outcome.declare)
    await ctx.publish(alertDeclares, { alert, ...route.outcome.declare, routeName: route.name });
}

/** Whoever owns what no route took is asked, quietly, to look at it. */
export async function askForLook(ctx: Ctx, before: Alert): Promise<void> {
  const nobodyLooked =
    before.state === 'open' && before.incidentId === null && before.disposition === null && before.quiet === null;
  const change = nobodyLooked ? { lookDueAt: null, urgency: 'low' as const, asksAt: ctx.now } : { lookDueAt: null };
  const alert = await updateAlert(ctx, before.id, ANY, change);
  if (!alert || !nobodyLooked) return;
  const text = 'Nobody has looked at it in time, so its owner is asked.';
  await writeEntry(ctx, { alertId: alert.id, kind: 'returned', text, data: { why: 'nobody-looked' } });
  touchAlert(ctx, alert);
  await askAnew(ctx, alert, 'nobody-looked');
}
