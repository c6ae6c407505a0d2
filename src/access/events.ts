import type { AccessRole } from '#kernel/actor.ts';
import { defineEvent } from '#platform/events.ts';

/** A workspace with its owner exists; later stages make their defaults. */
export const workspaceCreated = defineEvent<{
  readonly workspaceId: string;
  readonly ownerId: string;
  /** True when the address was given by the operator of the machine (`ALLCLEAR_OWNER_EMAIL`). */
  readonly emailVerified: boolean;
}>('workspace.created');

/** A person other than the first owner joined by an invite. */
export const memberJoined = defineEvent<{
  readonly userId: string;
  readonly name: string;
  readonly email: string;
  readonly emailVerified: boolean;
}>('member.joined');

/** A team was made, removed, renamed, or has other people. */
export const teamChanged = defineEvent<{ readonly teamId: string }>('team.changed');

/** A calendar of public holidays was made, changed or removed, or other people have it. */
export const holidaysChanged = defineEvent<object>('holidays.changed');

export const memberDeactivated = defineEvent<{ readonly userId: string }>('member.deactivated');

/** `url` carries the secret: mail it or drop it, never store or log it elsewhere. */
export const inviteCreated = defineEvent<{
  readonly inviteId: string;
  readonly email: string | null;
  readonly url: string;
}>('invite.created');

/** `url` carries the secret: mail it or drop it, never store or log it elsewhere. */
export const passwordResetRequested = defineEvent<{
  readonly userId: string;
  readonly email: string;
  readonly url: string;
}>('password-reset.requested');

/** A key that acts as a person was made, in the browser (null) or with another key of theirs, whose name it is. */
export const apiKeyMade = defineEvent<{
  readonly userId: string;
  readonly keyId: string;
  readonly name: string;
  readonly hint: string;
  readonly role: AccessRole;
  readonly expiresAt: Date | null;
  readonly madeWith: string | null;
}>('api-key.made');
