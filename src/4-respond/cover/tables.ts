export type CoverTables = {
  coverRequest: {
    workspaceId: string;
    id: string;
    scheduleId: string;
    askedBy: string;
    askedUserId: string | null;
    startsAt: Date;
    endsAt: Date;
    returnStartsAt: Date | null;
    returnEndsAt: Date | null;
    note: string | null;
    state: 'open' | 'accepted' | 'declined' | 'withdrawn';
    createdAt: Date;
    answeredAt: Date | null;
    answeredBy: string | null;
  };
};
