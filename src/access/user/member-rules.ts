import type { AccessRole, Actor } from '#kernel/actor.ts';
import { AppError, conflict } from '#kernel/errors.ts';
import type { User } from './user.ts';

const RANK = { viewer: 0, member: 1, admin: 2, owner: 3 } as const satisfies Record<AccessRole, number>;

/** Whether one access role includes everything of another. */
export function covers(role: AccessRole, other: AccessRole): boolean {
  return RANK[role] >= RANK[other];
}

/** The lower of two access roles. */
export function lowerRole(one: AccessRole, other: AccessRole): AccessRole {
  return covers(one, other) ? other : one;
}

/** Only an owner touches owners: makes one, changes one, lets one go, sets one's password. */
export function checkMayManage(actor: Actor, ...roles: readonly AccessRole[]): void {
  if (actor.kind === 'system' || actor.role === 'owner' || !roles.includes('owner')) return;
  throw new AppError('forbidden', 'Only an owner may do this to an owner. Ask one of the owners.');
}

/** Refuses what would leave the workspace without an owner. */
export function checkOwnerRemains(activeOwnerIds: readonly string[], leaving: Pick<User, 'id' | 'name'>): void {
  if (activeOwnerIds.some((id) => id !== leaving.id)) return;
  throw conflict(`${leaving.name} is the only owner. Make somebody else an owner first.`);
}
