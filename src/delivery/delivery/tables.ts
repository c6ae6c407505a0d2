import type { Generated } from 'kysely';
import type { ChannelKind, DeliveryPurpose, DeliveryState } from './contract.ts';

export type DeliveryTables = {
  delivery: {
    workspaceId: string;
    id: string;
    kind: ChannelKind;
    purpose: DeliveryPurpose;
    state: DeliveryState;
    address: string;
    subject: string;
    message: string;
    uniqueKey: string;
    pageId: string | null;
    userId: string | null;
    incidentId: string | null;
    subscriberId: string | null;
    notAfter: Date | null;
    createdAt: Date;
    /** When it was due, where that was before it was written. */
    dueAt: Generated<Date | null>;
    nextAttemptAt: Date | null;
    attempts: Generated<number>;
    leaseUntil: Date | null;
    nudgedAt: Date | null;
    settledAt: Date | null;
    providerId: string | null;
    confirmedAt: Generated<Date | null>;
    receiptDueAt: Generated<Date | null>;
    why: string | null;
    slowAt: Generated<Date | null>;
    unclear: Generated<boolean>;
    /** Since when it waits to be found still true. */
    waitingSince: Generated<Date | null>;
    /** What a message in a chat has to say of what became of it, and what it says by now. */
    note: Generated<string | null>;
    shownNote: Generated<string | null>;
  };
};
