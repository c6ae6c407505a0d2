export type LimitTables = {
  turnedAway: {
    workspaceId: string;
    alertSourceId: string;
    /** When it began. */
    hour: Date;
    firstAt: Date;
    lastAt: Date;
    overLimit: number;
    overShare: number;
  };
};
