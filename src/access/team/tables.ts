export type TeamTables = {
  team: {
    workspaceId: string;
    id: string;
    name: string;
    createdAt: Date;
    removedAt: Date | null;
  };
  teamMember: {
    workspaceId: string;
    teamId: string;
    userId: string;
    addedAt: Date;
  };
};
