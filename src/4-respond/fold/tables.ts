export type FoldTables = {
  pageFold: {
    workspaceId: string;
    id: string;
    userId: string;
    contactMethodId: string;
    deliveryId: string;
    createdAt: Date;
    /** When none of its pages waited any more, and whoever got it was told; null until then. */
    settledAt: Date | null;
  };
};
