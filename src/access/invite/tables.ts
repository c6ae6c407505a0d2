import type { AccessRole } from '#kernel/actor.ts';

export type InviteTables = {
  invite: {
    id: string;
    workspaceId: string;
    tokenDigest: string;
    email: string | null;
    role: AccessRole;
    invitedBy: string;
    createdAt: Date;
    expiresAt: Date;
    acceptedAt: Date | null;
    acceptedBy: string | null;
    revokedAt: Date | null;
  };
};
