export type AuditTables = {
  auditEntry: {
    id: string;
    workspaceId: string;
    at: Date;
    actorUserId: string | null;
    actorName: string;
    channel: string;
    action: string;
    subjectId: string;
    /** JSON text in, parsed object out. */
    detail: unknown;
  };
};
