import { readUser } from '#access';
import { chatConnected, type GroupOutcome, setChatGroup } from '#delivery';
import { systemActor } from '#kernel/actor.ts';
import { addSeconds, HOUR_MS } from '#kernel/duration.ts';
import type { Ctx, System } from '#platform/ctx.ts';
import { on } from '#platform/events.ts';
import { defineJob, work } from '#platform/jobs.ts';
import type { Rule } from '#platform/rule.ts';
import { findMethodsOf } from '../contact-method/store.ts';
import { readRosters } from '../schedule/read-roster.ts';
import { finalShifts } from '../schedule/shifts.ts';
import { GROUP_TRAITS, type Members, membersOf, secondsUntilNextTry } from './chat-group.ts';
import { chatGroupKind } from './contract.ts';
import { CHAT_GROUPS, hastenGroups } from './hasten-groups.ts';
import { type ChatGroup, findDueGroups, holdMembers, leaseGroup, settleGroup } from './store.ts';

const BATCH = 100;
/** Longer than a look at a few people and the answers of a chat about them take. */
const LEASE_SECONDS = 120;
/** Whoever changed the group by hand meanwhile is put right after so long. */
const LOOK_AGAIN_MS = 6 * HOUR_MS;

type GroupRef = { readonly workspaceId: string; readonly scheduleId: string };

/** A try that came to nothing is not a failed job: the row says when the next one is. */
const groupJob = defineJob<GroupRef>('respond.chat-group', { retryLimit: 30, retryDelaySeconds: 1, concurrency: 4 });

/** Sends for the groups that are due: at each change of a schedule, at edits, and now and then. */
export const chatGroupRule: Rule = {
  ...CHAT_GROUPS,
  async run(system, now) {
    for (const ref of await findDueGroups(system, now, BATCH))
      await system.transact(whoOf(ref), (ctx) => ctx.send(groupJob, ref));
  },
};

export const followSchedule = work(groupJob, async (system, ref) => void (await setGroup(system, ref)));

export const hearChatConnected = on(chatConnected, async (ctx, { kind }) => {
  if (chatGroupKind.safeParse(kind).success) await hastenGroups(ctx);
});

/**
 * Sets the members of the group that follows a schedule, if they are others than those set last; however often it is
 * called, one call at a time talks to the chat, so that an older answer never wins. Undefined when somebody else is at it.
 */
export async function setGroup(system: System, ref: GroupRef, always = false): Promise<ChatGroup | undefined> {
  const leased = await system.transact(whoOf(ref), async (ctx) => {
    const group = await leaseGroup(ctx, ref.scheduleId, addSeconds(ctx.now, LEASE_SECONDS));
    if (!group) return undefined;
    const look = await lookAt(ctx, group);
    await holdMembers(ctx, group, look.members.addresses);
    return { group, ...look };
  });
  if (!leased) return undefined;
  const { group, members, changesAt } = leased;
  const isAsked = always || needsSetting(group, members, system.clock.now());
  const outcome =
    isAsked && (members.addresses.length > 0 || GROUP_TRAITS[group.kind].takesNobody)
      ? await setChatGroup(system, whoOf(ref), {
          kind: group.kind,
          groupId: group.groupId,
          addresses: members.addresses,
          held: group.held,
        })
      : null;
  return system.transact(whoOf(ref), async (ctx) => {
    const after = await settleGroup(ctx, group, changeOf(ctx, group, members, outcome, changesAt));
    if (!after) return undefined;
    await ctx.wake(CHAT_GROUPS, after.dueAt);
    ctx.touch('schedules');
    return after;
  });
}

function whoOf({ workspaceId }: GroupRef) {
  return { actor: systemActor('schedules'), workspaceId };
}

/** Who belongs into a group now, and when that changes next. */
async function lookAt(ctx: Ctx, { scheduleId, kind }: ChatGroup): Promise<{ members: Members; changesAt: Date }> {
  const [startMs, endMs] = [ctx.now.getTime(), ctx.now.getTime() + LOOK_AGAIN_MS];
  const roster = (await readRosters(ctx, [scheduleId], ctx.now, new Date(endMs))).get(scheduleId);
  const [now, ...later] = roster ? finalShifts(roster, { startMs, endMs }) : [];
  const onCall = now?.userIds ?? [];
  const next = later.find(({ userIds }) => userIds.toSorted().join() !== onCall.toSorted().join());
  const mailOf = new Map<string, string>();
  if (GROUP_TRAITS[kind].findsByMail)
    for (const userId of onCall) mailOf.set(userId, (await readUser(ctx, userId)).email);
  return {
    members: membersOf(onCall, await findMethodsOf(ctx, onCall), kind, mailOf),
    changesAt: new Date(next?.startMs ?? endMs),
  };
}

function needsSetting({ addresses, problem, setAt }: ChatGroup, wanted: Members, now: Date): boolean {
  if (problem !== null || setAt === null || now.getTime() - setAt.getTime() >= LOOK_AGAIN_MS) return true;
  return addresses.toSorted().join() !== wanted.addresses.toSorted().join();
}

/** What a look changes of the row. `outcome` is null when the chat was not asked. */
function changeOf(
  ctx: Ctx,
  group: ChatGroup,
  { userIds, addresses, missingUserIds }: Members,
  outcome: GroupOutcome | null,
  changesAt: Date,
) {
  const fine = { problem: null, problemAt: null, tries: 0, dueAt: changesAt };
  if (outcome === null) {
    const isKept = addresses.length === 0 && !GROUP_TRAITS[group.kind].takesNobody;
    const kept = !isKept ? null : missingUserIds.length > 0 ? ('unknown' as const) : ('nobody' as const);
    // The same addresses as those set last: of these the chat did not know some.
    const unknown = addresses.length > 0 ? userIds.filter((userId) => !group.userIds.includes(userId)) : [];
    return { ...fine, kept, missingUserIds: [...missingUserIds, ...unknown] };
  }
  if (!outcome.ok) {
    const retryAt = addSeconds(ctx.now, secondsUntilNextTry(group.tries, outcome));
    return {
      problem: outcome.why.slice(0, 500),
      problemAt: ctx.now,
      tries: group.tries + 1,
      missingUserIds: [...missingUserIds],
      dueAt: retryAt < changesAt ? retryAt : changesAt,
    };
  }
  const isUnknown = (index: number) => outcome.unknown.includes(addresses[index] ?? '');
  const missing = [...missingUserIds, ...userIds.filter((_, index) => isUnknown(index))];
  if (!outcome.isSet) return { ...fine, kept: 'unknown' as const, missingUserIds: missing };
  return {
    ...fine,
    kept: null,
    handle: outcome.handle ?? group.handle,
    userIds: userIds.filter((_, index) => !isUnknown(index)),
    addresses: [...addresses],
    held: addresses.filter((_, index) => !isUnknown(index)),
    missingUserIds: missing,
    setAt: ctx.now,
  };
}
