import type { Actor } from '#kernel/actor.ts';
import { AppError } from '#kernel/errors.ts';
import type { System } from '#platform/ctx.ts';
import { API_KEY_SCOPES } from '../api-key/contract.ts';
import { findKeyBySecret, noteKeyUse } from '../api-key/store.ts';
import { lowerRole } from '../user/member-rules.ts';
import { readSessionToken, sessionCookieName, signInSecret } from './cookie.ts';
import type { Identity } from './identity.ts';
import { findSessionByToken } from './store.ts';

/** The headers that say who speaks. */
export type Credentials = {
  readonly authorization: string | undefined;
  readonly cookieHeader: string | undefined;
  /** `Allclear-Workspace`: needed only by people in several workspaces. */
  readonly workspaceHeader: string | undefined;
  /** `Allclear-Client`: `cli` marks what the command line does. */
  readonly channelHint: string | undefined;
};

const KEY_USE_GRAIN_MS = 60_000;

/**
 * Who speaks: an API key when there is an Authorization header, else the session cookie; null when neither holds. One
 * query, never cached, so a revoked key or session is refused at once. Refuses `forbidden` when the workspace that is
 * asked for is not theirs.
 */
export async function authenticate(system: System, credentials: Credentials): Promise<Identity | null> {
  if (credentials.authorization !== undefined) return byApiKey(system, credentials.authorization, credentials);
  if (credentials.cookieHeader === undefined) return null;
  const token = readSessionToken(
    credentials.cookieHeader,
    sessionCookieName(system.config),
    signInSecret(system.secrets),
  );
  return token === null ? null : bySession(system, token, credentials);
}

async function byApiKey(
  system: System,
  authorization: string,
  { workspaceHeader, channelHint }: Credentials,
): Promise<Identity | null> {
  const secret = /^bearer +(\S{1,200})$/i.exec(authorization.trim())?.[1];
  const key = secret === undefined ? undefined : await findKeyBySecret(system.database, secret);
  const now = system.clock.now();
  if (!key || (key.expiresAt !== null && key.expiresAt <= now)) return null;
  if (workspaceHeader !== undefined && workspaceHeader !== key.workspaceId) throw wrongWorkspace();
  if (key.lastUsedAt === null || now.getTime() - key.lastUsedAt.getTime() >= KEY_USE_GRAIN_MS) {
    await noteKeyUse(system.database, key.workspaceId, key.id, now);
  }
  // The person may have fewer rights now than when the key was made.
  const role = lowerRole(key.role, key.memberRole);
  const channel = channelHint === 'cli' ? 'cli' : 'api';
  const actor: Actor = { kind: 'user', userId: key.userId, role, channel, apiKeyId: key.id, apiKeyName: key.name };
  return { who: { actor, workspaceId: key.workspaceId }, role, scopes: key.scopes, viaCookie: false };
}

async function bySession(system: System, token: string, { workspaceHeader }: Credentials): Promise<Identity | null> {
  const memberships = await findSessionByToken(system.database, token, system.clock.now());
  if (memberships.length === 0) return null;
  const member =
    workspaceHeader === undefined ? memberships[0] : memberships.find((one) => one.workspaceId === workspaceHeader);
  if (!member) throw wrongWorkspace();
  const actor: Actor = { kind: 'user', userId: member.userId, role: member.role, channel: 'web', sessionId: member.id };
  return {
    who: { actor, workspaceId: member.workspaceId },
    role: member.role,
    scopes: API_KEY_SCOPES,
    viaCookie: true,
  };
}

function wrongWorkspace(): AppError {
  return new AppError('forbidden', 'You are not a member of the workspace named in Allclear-Workspace.');
}
