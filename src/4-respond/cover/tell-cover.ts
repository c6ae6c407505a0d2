import { readUser } from '#access';
import type { Ctx } from '#platform/ctx.ts';
import { notifyUser } from '../notice/notify-user.ts';
import { readSchedule } from '../schedule/change-schedules.ts';
import { readOnCallOf } from '../schedule/read-on-call.ts';
import type { CoverRow } from './store.ts';

/** Asks who may answer: the one person, or everybody who takes part in the schedule. */
export async function tellAsked(ctx: Ctx, row: CoverRow): Promise<void> {
  const asker = await readUser(ctx, row.askedBy);
  const { name, timeZone } = await readSchedule(ctx, row.scheduleId);
  const { everybody = [] } = (await readOnCallOf(ctx, [row.scheduleId], ctx.now)).get(row.scheduleId) ?? {};
  const asked = row.askedUserId === null ? everybody.filter((id) => id !== row.askedBy) : [row.askedUserId];
  for (const userId of asked) {
    const zone = (await readUser(ctx, userId)).timeZone || timeZone;
    const inReturn =
      row.returnStartsAt && row.returnEndsAt
        ? ` In return ${asker.name} takes yours ${spanWords(row.returnStartsAt, row.returnEndsAt, zone)}.`
        : '';
    await notifyUser(ctx, userId, {
      subject: `${asker.name} asks you for cover: ${name}`,
      text: `${asker.name} asks somebody to take their place in ${name} ${spanWords(row.startsAt, row.endsAt, zone)}.${inReturn}${row.note === null ? '' : `\n${row.note}`}`,
      url: `/schedules/${row.scheduleId}`,
      uniqueKey: `cover:${row.id}:asked`,
      notAfter: row.endsAt,
    });
  }
}

/** Tells who asked what came of it. */
export async function tellAsker(ctx: Ctx, row: CoverRow, answeredBy: string): Promise<void> {
  const [asker, other] = [await readUser(ctx, row.askedBy), await readUser(ctx, answeredBy)];
  const { name, timeZone } = await readSchedule(ctx, row.scheduleId);
  const when = spanWords(row.startsAt, row.endsAt, asker.timeZone || timeZone);
  const accepted = row.state === 'accepted';
  await notifyUser(ctx, row.askedBy, {
    subject: accepted ? `${other.name} covers you: ${name}` : `${other.name} cannot cover you: ${name}`,
    text: accepted
      ? `${other.name} takes your place in ${name} ${when}.`
      : `${other.name} declined to take your place in ${name} ${when}. You are still on call.`,
    url: `/schedules/${row.scheduleId}`,
    uniqueKey: `cover:${row.id}:${row.state}`,
    notAfter: row.endsAt,
  });
}

function spanWords(from: Date, to: Date, timeZone: string): string {
  const words = (at: Date) =>
    new Intl.DateTimeFormat('en-GB', {
      weekday: 'short',
      day: 'numeric',
      month: 'short',
      hour: '2-digit',
      minute: '2-digit',
      timeZone,
    }).format(at);
  return `from ${words(from)} to ${words(to)} (${timeZone.replaceAll('_', ' ')})`;
}
