import type { z } from 'zod';
import type { AllowedTarget } from './allowed-target/store.ts';
import type { ApiKey } from './api-key/api-key.ts';
import type { allowedTarget, apiKey, invite, team, user, workspace } from './contract.ts';
import type { Invite } from './invite/store.ts';
import type { Team } from './team/store.ts';
import type { User } from './user/user.ts';
import type { Workspace } from './workspace/workspace.ts';

/** Rows as the wire shows them. */

const iso = (instant: Date | null): string | null => instant?.toISOString() ?? null;

export function presentUser(row: User): z.input<typeof user> {
  return { ...row, joinedAt: row.joinedAt.toISOString(), deactivatedAt: iso(row.deactivatedAt) };
}

export function presentWorkspace(row: Workspace): z.input<typeof workspace> {
  const { holidays: _, ...rest } = row;
  const { days, start, end } = row.businessHours;
  return { ...rest, businessHours: { days: [...days], start, end }, createdAt: row.createdAt.toISOString() };
}

export function presentInvite(row: Invite): z.input<typeof invite> {
  return { ...row, createdAt: row.createdAt.toISOString(), expiresAt: row.expiresAt.toISOString() };
}

export function presentApiKey({ userId, ...row }: ApiKey): z.input<typeof apiKey> {
  return {
    ...row,
    scopes: [...row.scopes],
    createdBy: userId,
    createdAt: row.createdAt.toISOString(),
    expiresAt: iso(row.expiresAt),
    lastUsedAt: iso(row.lastUsedAt),
  };
}

export function presentTarget(row: AllowedTarget): z.input<typeof allowedTarget> {
  return { ...row, source: 'workspace', addedAt: row.addedAt.toISOString() };
}

export function presentTeam(row: Team): z.input<typeof team> {
  return { ...row, userIds: [...row.userIds], createdAt: row.createdAt.toISOString() };
}
