type GroupKind = 'route' | 'storm';

export type GroupTables = {
  alertGroup: {
    workspaceId: string;
    id: string;
    kind: GroupKind;
    key: string;
    leadId: string;
    openedAt: Date;
    lastAt: Date;
    openUntil: Date;
  };
};
