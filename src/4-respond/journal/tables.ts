import type { PageEntryKind } from './contract.ts';

export type JournalTables = {
  pageEntry: {
    workspaceId: string;
    id: string;
    pageId: string;
    at: Date;
    kind: PageEntryKind;
    userId: string | null;
    channel: string | null;
    /** From 0, as in the page. */
    step: number | null;
    cycle: number | null;
    dueAt: Date | null;
    deliveryId: string | null;
    attempt: number | null;
    providerId: string | null;
    text: string;
  };
};
