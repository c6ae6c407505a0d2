export type SessionTables = {
  signInTry: { id: string; key: string; triedAt: Date };
  userSession: {
    id: string;
    userId: string;
    token: string;
    expiresAt: Date;
    ipAddress: string | null;
    userAgent: string | null;
    createdAt: Date;
    updatedAt: Date;
  };
};
