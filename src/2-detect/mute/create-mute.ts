import { audit } from '#access';
import { actorUserId } from '#kernel/actor.ts';
import { DAY_MS } from '#kernel/duration.ts';
import { AppError, invalid } from '#kernel/errors.ts';
import type { RouteInput } from '#kernel/route.ts';
import type { Ctx } from '#platform/ctx.ts';
import { touchAlert } from '../alert/acknowledge-alert.ts';
import { alertQuieted } from '../alert/events.ts';
import { leadOn } from '../group/lead-on.ts';
import { writeEntry } from '../journal/write-entry.ts';
import { routingInUse, subjectOf } from '../route/read-routing.ts';
import { contradictionIn } from '../route/route.ts';
import { isCause } from '../upstream/cause.ts';
import { releaseDownstream } from '../upstream/hold-for-upstream.ts';
import type { createMute } from './contract.ts';
import { compileMute, forgetMutes, muteAlert } from './mute-alert.ts';
import { insertMute, lockOpenAlerts, type MuteRow } from './store.ts';

const LONGEST_MS = 90 * DAY_MS;
const AT_ONCE = 200;

/**
 * Mutes alerts that match: open ones at once (what pages for them stops), and those that come until its end. Refuses
 * conditions that nothing can fulfil, and an end that is past or more than 90 days ahead.
 */
export async function makeMute(ctx: Ctx, wanted: RouteInput<typeof createMute>['body']): Promise<MuteRow> {
  const endsAt = new Date(wanted.endsAt);
  if (endsAt <= ctx.now) throw invalid('body.endsAt', 'must lie in the future');
  if (endsAt.getTime() - ctx.now.getTime() > LONGEST_MS)
    throw invalid('body.endsAt', 'must be at most 90 days from now');
  refuseMatch(wanted.match);
  const mute: MuteRow = {
    workspaceId: ctx.workspaceId,
    id: ctx.newId('mut'),
    match: wanted.match,
    reason: wanted.reason,
    createdAt: ctx.now,
    createdBy: actorUserId(ctx.actor),
    endsAt,
    endedAt: null,
    endedBy: null,
  };
  await insertMute(ctx, { ...mute, match: JSON.stringify(mute.match) });
  forgetMutes(ctx);
  await audit(ctx, {
    action: 'mute.create',
    subjectId: mute.id,
    detail: { reason: mute.reason, endsAt: wanted.endsAt },
  });
  await muteOpenAlerts(ctx, mute);
  ctx.touch('settings');
  return mute;
}

function refuseMatch(match: MuteRow['match']): void {
  const empty = match.find(
    (one) => one.field !== 'time' && one.op !== 'exists' && one.op !== 'absent' && one.values.length === 0,
  );
  if (empty) throw invalid('body.match', `compares ${empty.field} with nothing; name a value`);
  const clash = contradictionIn(match);
  if (clash === null) return;
  const message = `This mute can never match: ${clash}.`;
  throw new AppError('invalid', message, { errors: [{ path: 'body.match', message }] });
}

async function muteOpenAlerts(ctx: Ctx, mute: MuteRow): Promise<void> {
  const { tests } = compileMute(mute);
  const { timeZone } = await routingInUse(ctx);
  for (let afterId = '', taken = AT_ONCE; taken === AT_ONCE;) {
    const alerts = await lockOpenAlerts(ctx, { muteId: null, afterId, limit: AT_ONCE });
    for (const alert of alerts) {
      // What belongs to an incident is the incident's: it pages, not the alert.
      const subject = subjectOf(alert, ctx.now, timeZone);
      if (alert.incidentId !== null || !tests.every((test) => test(subject))) continue;
      await leadOn(ctx, alert, 'muted');
      const muted = await muteAlert(ctx, alert, mute);
      if (isCause(alert)) await releaseDownstream(ctx, alert);
      await writeEntry(ctx, {
        alertId: alert.id,
        kind: 'muted',
        text: `Muted it: ${mute.reason}`,
        data: { muteId: mute.id },
      });
      touchAlert(ctx, alert);
      await ctx.publish(alertQuieted, { alert: muted, why: 'muted' });
    }
    afterId = alerts.at(-1)?.id ?? '';
    taken = alerts.length;
  }
}
