import type { ColumnType } from 'kysely';
import type { EntryType, Visibility } from './contract.ts';

export type TimelineTables = {
  incidentEvent: {
    workspaceId: string;
    incidentId: string;
    seq: number;
    id: string;
    type: EntryType;
    text: string;
    data: ColumnType<Record<string, unknown>, string, never>;
    actorUserId: string | null;
    actorName: string | null;
    channel: string;
    occurredAt: Date;
    recordedAt: Date;
    visibility: Visibility;
    corrects: string | null;
    idempotencyKey: string | null;
  };
  attachment: {
    workspaceId: string;
    id: string;
    incidentId: string;
    entryId: string;
    name: string;
    mediaType: 'image/png' | 'image/jpeg' | 'image/webp' | 'image/gif';
    sizeBytes: number;
    sha256: string;
    bytes: Buffer;
    createdAt: Date;
    createdBy: string | null;
  };
};
