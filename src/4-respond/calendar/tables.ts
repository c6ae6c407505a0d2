export type CalendarTables = {
  calendarFeed: {
    workspaceId: string;
    id: string;
    kind: 'person' | 'schedule' | 'team';
    subjectId: string;
    keyDigest: string;
    createdAt: Date;
    createdBy: string;
    revokedAt: Date | null;
  };
};
