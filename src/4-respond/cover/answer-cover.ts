import { audit } from '#access';
import { actorUserId } from '#kernel/actor.ts';
import { AppError, conflict, notFound } from '#kernel/errors.ts';
import type { Ctx } from '#platform/ctx.ts';
import { writeOverride } from '../schedule/change-overrides.ts';
import { readOnCallOf } from '../schedule/read-on-call.ts';
import type { CoverRequestView } from './contract.ts';
import { presentCover, stateAt } from './present.ts';
import { answerCoverRow, type CoverRow, lockCoverRequest } from './store.ts';
import { tellAsker } from './tell-cover.ts';

/** Takes the place of who asks, from now on if it has begun; a swap changes both spans or none. */
export async function acceptCover(ctx: Ctx, id: string): Promise<CoverRequestView> {
  const row = await openRequest(ctx, id);
  const userId = await assertAsked(ctx, row);
  const { scheduleId, askedBy, returnStartsAt, returnEndsAt } = row;
  const replace = (userId: string, replacedUserId: string, startsAt: Date, endsAt: Date) =>
    writeOverride(ctx, scheduleId, {
      kind: 'replace',
      userId,
      replacedUserId,
      startsAt: new Date(Math.max(startsAt.getTime(), ctx.now.getTime())).toISOString(),
      endsAt: endsAt.toISOString(),
      reason: returnStartsAt === null ? 'Cover' : 'Swap',
    });
  if (returnEndsAt !== null && returnEndsAt <= ctx.now)
    throw conflict('What was offered in return is over. Ask for a new request.');
  await replace(userId, askedBy, row.startsAt, row.endsAt);
  if (returnStartsAt && returnEndsAt) await replace(askedBy, userId, returnStartsAt, returnEndsAt);
  return answer(ctx, row, 'accepted', userId);
}

/** Says no; a request to everybody stays open, for others may still say yes. */
export async function declineCover(ctx: Ctx, id: string): Promise<CoverRequestView> {
  const row = await openRequest(ctx, id);
  if (row.askedUserId === null)
    throw conflict('Everybody in the schedule is asked, so there is nothing to decline: leave it to others.');
  return answer(ctx, row, 'declined', await assertAsked(ctx, row));
}

/** Takes one's own request back. */
export async function withdrawCover(ctx: Ctx, id: string): Promise<CoverRequestView> {
  const row = await openRequest(ctx, id);
  if (row.askedBy !== actorUserId(ctx.actor))
    throw new AppError('forbidden', 'Only who asked for cover may withdraw it.');
  return answer(ctx, row, 'withdrawn', row.askedBy);
}

async function openRequest(ctx: Ctx, id: string): Promise<CoverRow> {
  const row = await lockCoverRequest(ctx, id);
  if (!row) throw notFound('cover request', id);
  const state = stateAt(row, ctx.now);
  if (state !== 'open') throw conflict(`This request for cover is ${state}.`);
  return row;
}

/** The person who answers; refused when the request is not for them. */
async function assertAsked(ctx: Ctx, row: CoverRow): Promise<string> {
  const userId = actorUserId(ctx.actor);
  const { everybody = [] } = (await readOnCallOf(ctx, [row.scheduleId], ctx.now)).get(row.scheduleId) ?? {};
  const asked = row.askedUserId === null ? everybody : [row.askedUserId];
  if (userId === null || userId === row.askedBy || !asked.includes(userId))
    throw new AppError('forbidden', 'This request for cover was not made to you.');
  return userId;
}

async function answer(
  ctx: Ctx,
  row: CoverRow,
  state: 'accepted' | 'declined' | 'withdrawn',
  answeredBy: string,
): Promise<CoverRequestView> {
  const answered = await answerCoverRow(ctx, row.id, { state, answeredAt: ctx.now, answeredBy });
  if (state !== 'withdrawn') await tellAsker(ctx, answered, answeredBy);
  await audit(ctx, { action: `cover-request.${state}`, subjectId: row.id, detail: { scheduleId: row.scheduleId } });
  ctx.touch('schedules');
  return presentCover(answered, ctx.now);
}
