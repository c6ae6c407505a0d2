import type { AccessRole } from '#kernel/actor.ts';

/** A person as a member of one workspace. */
export type User = {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly timeZone: string;
  readonly role: AccessRole;
  readonly active: boolean;
  readonly joinedAt: Date;
  readonly deactivatedAt: Date | null;
  /** Named by an import and not here yet: has duties, cannot sign in and is told nothing before accepting an invite. */
  readonly awaited: boolean;
};
