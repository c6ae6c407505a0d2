import type { AccessRole } from '#kernel/actor.ts';
import type { Who } from '#platform/ctx.ts';
import type { ApiKeyScope } from '../api-key/api-key.ts';

/** Who speaks, for which workspace, and how far. */
export type Identity = {
  readonly who: Who;
  readonly role: AccessRole;
  readonly scopes: readonly ApiKeyScope[];
  /** True for a session cookie: what changes something must then come from our own pages (`isForeignOrigin`). */
  readonly viaCookie: boolean;
};
