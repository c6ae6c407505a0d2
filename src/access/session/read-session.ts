import type { Ctx } from '#platform/ctx.ts';
import { allows, type Permission, PERMISSIONS } from '../permission.ts';
import { accessPorts } from '../ports.ts';
import { readUser } from '../user/read-users.ts';
import { findMemberships } from '../user/store.ts';
import { requirePerson } from '../user/update-profile.ts';
import { readWorkspace } from '../workspace/read-workspace.ts';
import { findWorkspaces } from '../workspace/store.ts';

/** Who the context's person is, where, and what they may do there (with an API key: what the key may). */
export async function readSession(ctx: Ctx) {
  const userId = requirePerson(ctx);
  const role = ctx.actor.kind === 'user' ? ctx.actor.role : 'viewer';
  const memberships = await findMemberships(ctx.transaction, userId);
  return {
    user: await readUser(ctx, userId),
    workspace: await readWorkspace(ctx),
    workspaces: await findWorkspaces(
      ctx.transaction,
      memberships.map((member) => member.workspaceId),
    ),
    permissions: (Object.keys(PERMISSIONS) as Permission[]).filter((permission) => allows(role, permission)),
    canBePaged: await accessPorts().canBePaged(ctx, userId),
  };
}
