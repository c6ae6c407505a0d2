import { listMembers } from '#access';
import { type ChannelKind, isChannelConfigured } from '#delivery';
import type { Ctx } from '#platform/ctx.ts';
import type { Urgency } from '../contact-method/contract.ts';
import { findMethodsOf, findRulesOf } from '../contact-method/store.ts';
import { type Reach, reachOf } from './reach.ts';

/** How each of the people would be told now at an urgency, by user id; unknown people are left out. */
export async function readReach(
  ctx: Ctx,
  userIds: readonly string[],
  urgency: Urgency,
): Promise<ReadonlyMap<string, Reach>> {
  const people = (await listMembers(ctx)).filter(({ id }) => userIds.includes(id));
  const ids = people.map(({ id }) => id);
  const methods = await findMethodsOf(ctx, ids);
  const rules = await findRulesOf(ctx, ids);
  const mailWorks = methods.some(({ kind }) => kind === 'email') && (await isChannelConfigured(ctx, 'email'));
  const works = (kind: ChannelKind) => kind !== 'email' || mailWorks;
  return new Map(people.map((person) => [person.id, reachOf(person, methods, rules, urgency, works)]));
}

/** How one person would be told now; undefined when they are not a member. */
export async function readReachOf(ctx: Ctx, userId: string, urgency: Urgency): Promise<Reach | undefined> {
  return (await readReach(ctx, [userId], urgency)).get(userId);
}

/** Whether a high-urgency page would reach the person now: active, a verified method on a working channel, a rule. */
export async function canBePaged(ctx: Ctx, userId: string): Promise<boolean> {
  return (await readReachOf(ctx, userId, 'high'))?.unreachable === null;
}

/** Whom to ask when nobody in a policy can be reached: the owners first, then everybody active, as ids. */
export async function fallbackPeople(ctx: Ctx): Promise<string[]> {
  const members = (await listMembers(ctx)).filter(({ active, role }) => active && role !== 'viewer');
  return [...members.filter(({ role }) => role === 'owner'), ...members.filter(({ role }) => role !== 'owner')].map(
    ({ id }) => id,
  );
}
