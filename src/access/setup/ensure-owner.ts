import { systemActor } from '#kernel/actor.ts';
import { AppError } from '#kernel/errors.ts';
import type { System } from '#platform/ctx.ts';
import { hintOf } from '../api-key/api-key.ts';
import { keepEnvironmentKey, revokeOtherEnvironmentKeys } from '../api-key/store.ts';
import { audit } from '../audit/audit.ts';
import { findAccountByEmail, findMemberships } from '../user/store.ts';
import { createFirstWorkspace, type WorkspaceMade } from '../workspace/create-workspace.ts';
import { findWorkspaceIds } from '../workspace/store.ts';

type OwnerConfig = NonNullable<System['config']['owner']>;

/**
 * Unattended setup by `ALLCLEAR_OWNER_*`; called at each start after the migrations, harmless when repeated. Makes the
 * first workspace with that owner when there is none, and keeps exactly the given API key alive. It never changes a
 * password: the owner may have.
 */
export async function ensureOwner(system: System): Promise<void> {
  const { owner } = system.config;
  if (!owner) return;
  const place = (await makeWorkspace(system, owner)) ?? (await findOwned(system, owner));
  if (!place) {
    system.log.warn(
      {},
      'ALLCLEAR_OWNER_EMAIL is not an active owner of this installation, so it and ALLCLEAR_OWNER_API_KEY were ignored',
    );
    return;
  }
  await keepApiKey(system, place, owner.apiKey);
}

async function makeWorkspace(system: System, owner: OwnerConfig): Promise<WorkspaceMade | null> {
  if ((await findWorkspaceIds(system.database)).length > 0) return null;
  try {
    return await createFirstWorkspace(system, {
      name: 'Allclear',
      timeZone: Temporal.Now.timeZoneId(),
      owner: {
        name: owner.email.split('@')[0] ?? 'Owner',
        email: owner.email,
        password: owner.password,
        emailVerified: true,
      },
    });
  } catch (error) {
    // Another node of the installation was faster.
    if (error instanceof AppError && error.code === 'conflict') return null;
    throw error;
  }
}

async function findOwned(system: System, owner: OwnerConfig): Promise<WorkspaceMade | null> {
  const account = await findAccountByEmail(system.database, owner.email.toLowerCase());
  if (!account) return null;
  const memberships = await findMemberships(system.database, account.id);
  const owned = memberships.find((member) => member.role === 'owner');
  return owned ? { workspaceId: owned.workspaceId, userId: account.id } : null;
}

async function keepApiKey(
  system: System,
  { workspaceId, userId }: WorkspaceMade,
  key: string | undefined,
): Promise<void> {
  await system.transact({ actor: systemActor('setup'), workspaceId }, async (ctx) => {
    await revokeOtherEnvironmentKeys(ctx, key);
    if (key === undefined) return;
    const row = {
      id: ctx.newId('key'),
      name: 'ALLCLEAR_OWNER_API_KEY',
      hint: hintOf(key),
      role: 'owner',
      scopes: ['read', 'write'],
      userId,
      createdAt: ctx.now,
      expiresAt: null,
      lastUsedAt: null,
    } as const;
    if (await keepEnvironmentKey(ctx, row, key)) {
      await audit(ctx, {
        action: 'api-key.create',
        subjectId: row.id,
        detail: { name: row.name, role: row.role, scopes: row.scopes },
      });
    }
  });
}
