export type PasswordResetTables = {
  passwordReset: {
    id: string;
    workspaceId: string;
    userId: string;
    tokenDigest: string;
    /** Null when the person asked for it by mail. */
    madeBy: string | null;
    createdAt: Date;
    expiresAt: Date;
    usedAt: Date | null;
  };
};
