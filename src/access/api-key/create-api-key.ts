import type { AccessRole } from '#kernel/actor.ts';
import { AppError, invalid, notFound } from '#kernel/errors.ts';
import type { Ctx } from '#platform/ctx.ts';
import { newSecret } from '#platform/ids.ts';
import { audit } from '../audit/audit.ts';
import { covers } from '../user/member-rules.ts';
import { requirePerson } from '../user/update-profile.ts';
import { type ApiKey, type ApiKeyScope, hintOf } from './api-key.ts';
import { insertKey, revokeKey } from './store.ts';

export type NewApiKey = {
  readonly name: string;
  readonly role: AccessRole;
  readonly scopes: readonly ApiKeyScope[];
  /** Null = does not expire. */
  readonly expiresAt: Date | null;
};

/** Makes a key that acts as whoever makes it, with at most their present role. The key itself is returned this once. */
export async function createApiKey(ctx: Ctx, wanted: NewApiKey): Promise<ApiKey & { readonly key: string }> {
  const userId = requirePerson(ctx);
  if (ctx.actor.kind === 'user' && !covers(ctx.actor.role, wanted.role)) {
    throw new AppError(
      'forbidden',
      `Your access role (${ctx.actor.role}) cannot give a key the role ${wanted.role}. Choose ${ctx.actor.role} or a lower one.`,
    );
  }
  if (wanted.expiresAt && wanted.expiresAt <= ctx.now) throw invalid('body.expiresAt', 'must be in the future');
  const key = newSecret('key');
  const row: ApiKey = {
    id: ctx.newId('key'),
    name: wanted.name,
    hint: hintOf(key),
    role: wanted.role,
    scopes: [...new Set(wanted.scopes)],
    userId,
    createdAt: ctx.now,
    expiresAt: wanted.expiresAt,
    lastUsedAt: null,
  };
  await insertKey(ctx, row, key);
  const detail = { name: row.name, role: row.role, scopes: row.scopes, expiresAt: row.expiresAt };
  await audit(ctx, { action: 'api-key.create', subjectId: row.id, detail });
  ctx.touch('settings');
  return { ...row, key };
}

/** Revokes a key: the next request with it is refused. */
export async function revokeApiKey(ctx: Ctx, id: string): Promise<void> {
  const revoked = await revokeKey(ctx, id);
  if (!revoked) throw notFound('API key', id);
  await audit(ctx, { action: 'api-key.revoke', subjectId: id, detail: { name: revoked.name } });
  ctx.touch('settings');
}
