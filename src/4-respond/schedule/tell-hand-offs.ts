import { listMembers } from '#access';
import { systemActor } from '#kernel/actor.ts';
import { addSeconds, formatDuration, MINUTE_MS } from '#kernel/duration.ts';
import type { Ctx } from '#platform/ctx.ts';
import type { Rule } from '#platform/rule.ts';
import { notifyUser } from '../notice/notify-user.ts';
import { type HandOff, handOffsBetween, noticeMinutesOf } from './hand-offs.ts';
import { readRosters } from './read-roster.ts';
import { findUntoldSchedules, lockUntold, markTold } from './store.ts';

const BATCH = 300;
/** A notice is worth sending this long after its hand-off. */
const WORTH_SECONDS = 3_600;

/**
 * Tells people of their shifts, before and at the change. Only this follows the clock: who is on call is worked out anew
 * at every question, also when nobody was told.
 */
export const tellHandOffs: Rule = {
  name: 'respond.hand-offs',
  async run(system, now) {
    const untold = await findUntoldSchedules(system, new Date(now.getTime() - MINUTE_MS), BATCH);
    for (const { workspaceId, id } of untold) {
      try {
        await system.transact({ actor: systemActor('schedules'), workspaceId }, (ctx) => tellOf(ctx, id));
      } catch (error) {
        system.log.error({ scheduleId: id, err: String(error) }, 'people could not be told of a hand-off');
      }
    }
  },
};

async function tellOf(ctx: Ctx, scheduleId: string): Promise<void> {
  const toldUntil = await lockUntold(ctx, scheduleId);
  if (toldUntil === undefined) return;
  await markTold(ctx, scheduleId);
  const ahead = new Date(ctx.now.getTime() + 2 * 24 * 60 * MINUTE_MS + MINUTE_MS);
  const roster = (await readRosters(ctx, [scheduleId], toldUntil, ahead)).get(scheduleId);
  const version = roster?.versions.findLast(({ effectiveFromMs }) => effectiveFromMs <= ctx.now.getTime());
  const minutes = version ? noticeMinutesOf(version) : null;
  if (!roster || !version || minutes === null) return;
  const due = handOffsBetween(roster, toldUntil.getTime(), ctx.now.getTime(), minutes);
  if (due.length === 0) return;
  const members = new Map((await listMembers(ctx)).map((member) => [member.id, member]));
  for (const handOff of due) {
    const others = handOff.otherIds.map((id) => members.get(id)?.name ?? 'somebody');
    const zone = members.get(handOff.userId)?.timeZone ?? version.timeZone;
    await notifyUser(ctx, handOff.userId, {
      ...wordsOf(handOff, version.name, others, zone, ctx.now),
      url: `/schedules/${scheduleId}`,
      uniqueKey: `hand-off:${scheduleId}:${handOff.what}:${handOff.atMs}`,
      notAfter: addSeconds(new Date(Math.max(handOff.atMs, ctx.now.getTime())), WORTH_SECONDS),
    });
  }
}

function wordsOf({ what, atMs }: HandOff, name: string, others: readonly string[], zone: string, now: Date) {
  const people = others.join(', ');
  const at = new Intl.DateTimeFormat('en-GB', {
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    timeZone: zone,
    timeZoneName: 'short',
  }).format(atMs);
  const together = others.length > 0 ? ` Together with ${people}.` : '';
  const inMinutes = Math.round((atMs - now.getTime()) / MINUTE_MS);
  switch (what) {
    case 'soon':
      return {
        subject: `On call in ${formatDuration(inMinutes * 60)}: ${name}`,
        text: `Your shift in ${name} begins on ${at}.${together}`,
      };
    case 'begins':
      return {
        subject: `You are on call: ${name}`,
        text: `Your shift in ${name} has begun: pages that ask it come to you now.${together}`,
      };
    case 'ends':
      return {
        subject: `You are off call: ${name}`,
        text:
          others.length > 0
            ? `Your shift in ${name} is over. On call now: ${people}.`
            : `Your shift in ${name} is over, and nobody is on call after you.`,
      };
  }
}
