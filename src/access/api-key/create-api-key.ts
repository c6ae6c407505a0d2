import type { AccessRole } from '#kernel/actor.ts';
import { AppError, conflict, invalid, notFound } from '#kernel/errors.ts';
import type { Ctx } from '#platform/ctx.ts';
import { newSecret } from '#platform/ids.ts';
import { audit } from '../audit/audit.ts';
import { apiKeyMade } from '../events.ts';
import { allows } from '../permission.ts';
import { covers, lowerRole } from '../user/member-rules.ts';
import { requirePerson } from '../user/update-profile.ts';
import { type ApiKey, type ApiKeyScope, hintOf } from './api-key.ts';
import { API_KEY_SCOPES, MAX_API_KEYS } from './contract.ts';
import { countWorking, findKey, insertKey, revokeKey } from './store.ts';

export type NewApiKey = {
  readonly name: string;
  /** Absent = member, or the maker's own when that is lower. */
  readonly role?: AccessRole | undefined;
  /** Absent = both, or those of the key that makes it. */
  readonly scopes?: readonly ApiKeyScope[] | undefined;
  /** Null = does not expire, or does with the key that makes it. */
  readonly expiresAt: Date | null;
};

/**
 * Makes a key that acts as whoever makes it, with at most their present role. One that is made with another key has no
 * scope that this lacks and ends no later, so that a key which leaks is worth no more than itself. The key is returned
 * this once.
 */
export async function createApiKey(ctx: Ctx, wanted: NewApiKey): Promise<ApiKey & { readonly key: string }> {
  const userId = requirePerson(ctx);
  const { role, scopes, expiresAt, madeWith } = await withinLimits(ctx, wanted);
  if ((await countWorking(ctx, userId)) >= MAX_API_KEYS)
    throw conflict(`You have ${MAX_API_KEYS} API keys that work, and there can be no more. Revoke some first.`);
  const key = newSecret('key');
  const row: ApiKey = {
    id: ctx.newId('key'),
    name: wanted.name,
    hint: hintOf(key),
    role,
    scopes,
    userId,
    createdAt: ctx.now,
    expiresAt,
    lastUsedAt: null,
  };
  await insertKey(ctx, row, key);
  await audit(ctx, {
    action: 'api-key.create',
    subjectId: row.id,
    detail: { name: row.name, role, scopes, expiresAt },
  });
  const { id: keyId, name, hint } = row;
  await ctx.publish(apiKeyMade, { userId, keyId, name, hint, role, expiresAt, madeWith });
  ctx.touch('settings');
  return { ...row, key };
}

type Limited = Pick<ApiKey, 'role' | 'scopes' | 'expiresAt'> & { readonly madeWith: string | null };

async function withinLimits(ctx: Ctx, wanted: NewApiKey): Promise<Limited> {
  const own = ctx.actor.kind === 'user' ? ctx.actor : undefined;
  const most = own?.role ?? 'owner';
  const role = wanted.role ?? lowerRole('member', most);
  if (!covers(most, role)) {
    throw new AppError(
      'forbidden',
      `Your access role (${most}) cannot give a key the role ${role}. Choose ${most} or a lower one.`,
    );
  }
  if (wanted.expiresAt && wanted.expiresAt <= ctx.now) throw invalid('body.expiresAt', 'must be in the future');
  const maker = own?.apiKeyId === undefined ? undefined : await findKey(ctx, own.apiKeyId);
  if (own?.apiKeyId !== undefined && !maker)
    throw new AppError('unauthenticated', 'This API key was revoked a moment ago.');
  const scopes = [...new Set(wanted.scopes ?? maker?.scopes ?? API_KEY_SCOPES)];
  const missing = scopes.find((scope) => maker && !maker.scopes.includes(scope));
  if (missing !== undefined)
    throw new AppError('forbidden', `This API key may not ${missing}, so it cannot make one that may.`);
  const expiresAt = wanted.expiresAt ?? maker?.expiresAt ?? null;
  if (maker?.expiresAt && expiresAt && expiresAt > maker.expiresAt) {
    throw new AppError(
      'forbidden',
      `This API key expires at ${maker.expiresAt.toISOString()}, so it cannot make one that works for longer.`,
    );
  }
  return { role, scopes, expiresAt, madeWith: maker?.name ?? null };
}

/**
 * Revokes a key: the next request with it is refused. Everybody may revoke their own, whoever manages keys anybody's;
 * those of others are not there for the rest.
 */
export async function revokeApiKey(ctx: Ctx, id: string): Promise<void> {
  const key = await findKey(ctx, id);
  if (!key) throw notFound('API key', id);
  checkMayRevoke(ctx, key);
  if (!(await revokeKey(ctx, id))) throw notFound('API key', id);
  await audit(ctx, { action: 'api-key.revoke', subjectId: id, detail: { name: key.name } });
  ctx.touch('settings');
}

function checkMayRevoke({ actor }: Ctx, key: ApiKey): void {
  if (actor.kind === 'system' || allows(actor.role, 'api-keys.manage')) return;
  if (actor.userId !== key.userId) throw notFound('API key', key.id);
  // Somebody who found a weak key must not be able to cut its person off from the strong ones.
  if (actor.apiKeyId === undefined || actor.apiKeyId === key.id || covers(actor.role, key.role)) return;
  throw new AppError(
    'forbidden',
    `This API key acts as ${actor.role}, and "${key.name}" as ${key.role}. Revoke it with a stronger one, or in the browser.`,
  );
}
