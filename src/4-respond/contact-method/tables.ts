import type { Generated } from 'kysely';
import type { ChannelKind } from '#delivery';
import type { Urgency } from './contract.ts';

export type ContactTables = {
  contactMethod: {
    workspaceId: string;
    id: string;
    userId: string;
    kind: ChannelKind;
    address: string;
    label: string | null;
    /** Sealed JSON list. */
    credentials: string | null;
    credentialsChangedAt: Date | null;
    verifiedAt: Date | null;
    codeDigest: string | null;
    codeExpiresAt: Date | null;
    codeTries: Generated<number>;
    testedAt: Date | null;
    lostAt: Generated<Date | null>;
    createdAt: Date;
  };
  notificationRule: {
    workspaceId: string;
    id: string;
    userId: string;
    contactMethodId: string;
    urgency: Urgency;
    delaySeconds: number;
    createdAt: Date;
  };
};
