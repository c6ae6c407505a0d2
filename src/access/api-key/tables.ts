import type { AccessRole } from '#kernel/actor.ts';
import type { ApiKeyScope } from './api-key.ts';

export type ApiKeyTables = {
  apiKey: {
    id: string;
    workspaceId: string;
    userId: string;
    name: string;
    hint: string;
    keyDigest: string;
    role: AccessRole;
    scopes: ApiKeyScope[];
    source: 'person' | 'environment';
    createdAt: Date;
    expiresAt: Date | null;
    lastUsedAt: Date | null;
    revokedAt: Date | null;
  };
};
