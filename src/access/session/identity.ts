import type { AccessRole } from '#kernel/actor.ts';
import { AppError } from '#kernel/errors.ts';
import type { RouteSpec } from '#kernel/route.ts';
import type { Who } from '#platform/ctx.ts';
import { allows, type RoutePermission } from '../permission.ts';
import type { ApiKeyScope } from '../api-key/api-key.ts';

/** Who speaks, for which workspace, and how far. */
export type Identity = {
  readonly who: Who;
  readonly role: AccessRole;
  readonly scopes: readonly ApiKeyScope[];
  /** True for a cookie: requests that change something must come from our own pages. */
  readonly byCookie: boolean;
};

/**
 * Refuses a call that the identity may not make: `unauthenticated` without one, `forbidden` when its role or its key's
 * scopes do not cover the route. A public route takes anybody.
 */
export function checkAccess(identity: Identity | null, route: Pick<RouteSpec, 'method' | 'permission'>): void {
  const permission = route.permission as RoutePermission;
  if (permission === 'public') return;
  if (!identity) throw new AppError('unauthenticated', 'Sign in, or send an API key as "Authorization: Bearer …".');
  const scope: ApiKeyScope = route.method === 'get' ? 'read' : 'write';
  if (!identity.scopes.includes(scope)) {
    throw new AppError(
      'forbidden',
      `This API key lacks the scope "${scope}". Make a key with it under Settings → API keys.`,
    );
  }
  if (permission === 'signed-in' || allows(identity.role, permission)) return;
  throw new AppError(
    'forbidden',
    `Your access role (${identity.role}) does not include ${permission}. Ask an owner or admin.`,
  );
}
