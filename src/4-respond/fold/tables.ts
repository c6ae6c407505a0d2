export type FoldTables = {
  pageFold: {
    workspaceId: string;
    id: string;
    userId: string;
    contactMethodId: string;
    deliveryId: string;
    createdAt: Date;
  };
};
