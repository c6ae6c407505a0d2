export type AbsenceTables = {
  absence: {
    workspaceId: string;
    id: string;
    userId: string;
    startsAt: Date;
    endsAt: Date;
    reason: string | null;
    createdAt: Date;
    createdBy: string | null;
  };
};
