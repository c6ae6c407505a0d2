import type { Generated } from 'kysely';
import type { NoticeChannelKind } from './contract.ts';

export type NoticeChannelTables = {
  noticeChannel: {
    workspaceId: string;
    id: string;
    name: string;
    kind: NoticeChannelKind;
    address: string;
    /** Sealed JSON list. */
    credentials: string | null;
    serviceIds: string[];
    stillEverySeconds: number | null;
    /** Hears only what escalation steps send there. */
    onlyPages: boolean;
    /** Why the last message did not arrive; null when it did. */
    fault: Generated<string | null>;
    createdAt: Date;
    createdBy: string | null;
    removedAt: Date | null;
  };
  noticeChannelWatch: {
    workspaceId: string;
    channelId: string;
    alertId: string;
    nextAt: Date | null;
    reminders: number;
  };
};
