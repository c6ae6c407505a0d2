import { audit } from '#access';
import { actorUserId } from '#kernel/actor.ts';
import { conflict, notFound } from '#kernel/errors.ts';
import type { Ctx } from '#platform/ctx.ts';
import { endQuiet } from '../alert/end-quiet.ts';
import { forgetMutes } from './mute-alert.ts';
import { lockOpenAlerts, markMuteEnded, type MuteRow, selectMute } from './store.ts';

const AT_ONCE = 200;

/** Ends a mute before its time: what it kept quiet is decided about anew, and asks when nothing else keeps it quiet. */
export async function endMute(ctx: Ctx, muteId: string): Promise<MuteRow> {
  if ((await selectMute(ctx, muteId)) === null) throw notFound('mute', muteId);
  if (!(await markMuteEnded(ctx, muteId, actorUserId(ctx.actor)))) throw conflict('This mute has ended already.');
  forgetMutes(ctx);
  for (let afterId = '', taken = AT_ONCE; taken === AT_ONCE;) {
    const alerts = await lockOpenAlerts(ctx, { muteId, afterId, limit: AT_ONCE });
    for (const alert of alerts) await endQuiet(ctx, alert);
    afterId = alerts.at(-1)?.id ?? '';
    taken = alerts.length;
  }
  await audit(ctx, { action: 'mute.end', subjectId: muteId });
  ctx.touch('settings');
  const ended = await selectMute(ctx, muteId);
  if (ended === null) throw notFound('mute', muteId);
  return ended;
}
