import type { AccessRole } from '#kernel/actor.ts';

export type UserTables = {
  userAccount: {
    id: string;
    name: string;
    email: string;
    emailVerified: boolean;
    image: string | null;
    timeZone: string;
    createdAt: Date;
    updatedAt: Date;
  };
  userCredential: {
    id: string;
    userId: string;
    accountId: string;
    providerId: string;
    password: string | null;
    createdAt: Date;
    updatedAt: Date;
  };
  member: {
    workspaceId: string;
    userId: string;
    role: AccessRole;
    joinedAt: Date;
    deactivatedAt: Date | null;
    /** Named by an import and not here yet: cannot sign in before accepting an invite. */
    awaited: boolean;
  };
};
