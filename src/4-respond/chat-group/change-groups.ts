import { audit } from '#access';
import { conflict, notFound } from '#kernel/errors.ts';
import type { Ctx, System, Who } from '#platform/ctx.ts';
import { readSchedule } from '../schedule/change-schedules.ts';
import type { ChatGroupKind, ChatGroupView } from './contract.ts';
import { setGroup } from './follow-schedules.ts';
import { CHAT_GROUPS } from './hasten-groups.ts';
import { type ChatGroup, deleteGroup, findFollowed, findGroup, insertGroup } from './store.ts';

type Answer = { readonly group: ChatGroupView | null };

export async function readGroup(ctx: Ctx, scheduleId: string): Promise<Answer> {
  await readSchedule(ctx, scheduleId);
  return present(await findGroup(ctx, scheduleId));
}

/** Lets a group follow a schedule, or none. Refuses a group that follows another schedule: it can have one set of members. */
export async function saveGroup(
  ctx: Ctx,
  scheduleId: string,
  { kind, groupId }: { readonly kind: ChatGroupKind; readonly groupId: string | null },
): Promise<Answer> {
  await readSchedule(ctx, scheduleId);
  const before = await findGroup(ctx, scheduleId);
  const isSame = before ? groupId === before.groupId && kind === before.kind : groupId === null;
  if (isSame) return present(before);
  await deleteGroup(ctx, scheduleId);
  if (groupId !== null && !(await insertGroup(ctx, scheduleId, { kind, groupId }))) {
    const other = await findFollowed(ctx, { kind, groupId });
    const name = other === undefined ? 'another schedule' : `“${(await readSchedule(ctx, other)).name}”`;
    throw conflict(`This group follows ${name} already, and has one set of members. Name another group.`);
  }
  await audit(ctx, { action: 'schedule.chat-group', subjectId: scheduleId, detail: { kind, groupId } });
  if (groupId !== null) await ctx.wake(CHAT_GROUPS, ctx.now);
  ctx.touch('schedules');
  return present(await findGroup(ctx, scheduleId));
}

/** Sets the members now, whoever was set last. Runs outside the request's transaction. */
export async function setGroupNow(system: System, who: Who, scheduleId: string): Promise<Answer> {
  const ref = { workspaceId: who.workspaceId, scheduleId };
  await system.transact(who, async (ctx) => {
    if (!(await readGroup(ctx, scheduleId)).group) throw notFound('chat group of the schedule', scheduleId);
    await audit(ctx, { action: 'schedule.chat-group.set', subjectId: scheduleId });
  });
  const after = await setGroup(system, ref, true);
  return after ? present(after) : readGroup(system.read(who), scheduleId);
}

const KEPT = {
  nobody: 'Nobody is on call. Slack takes no empty group, so it keeps whoever was in it.',
  unknown: 'Nobody on call has a verified Slack. Slack takes no empty group, so it keeps whoever was in it.',
} as const;

function present(group: ChatGroup | undefined): Answer {
  if (!group) return { group: null };
  const { scheduleId, kind, groupId, handle, userIds, setAt, missingUserIds, kept, problem, dueAt } = group;
  return {
    group: {
      scheduleId,
      kind,
      groupId,
      handle,
      userIds,
      setAt: setAt?.toISOString() ?? null,
      missingUserIds,
      kept: kept && KEPT[kept],
      problem,
      nextTryAt: problem === null ? null : dueAt.toISOString(),
    },
  };
}
