type GroupKind = 'route' | 'storm' | 'address';

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
    /** The addresses and hosts that its members ask, of a group by address; else none. */
    names: string[];
  };
};
