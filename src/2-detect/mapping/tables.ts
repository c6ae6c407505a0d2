import type { ColumnType } from 'kysely';
import type { Mapping } from './contract.ts';

export type MappingTables = {
  alertSourceMapping: {
    workspaceId: string;
    alertSourceId: string;
    mapping: ColumnType<Mapping, string, string>;
    sample: string | null;
    changedAt: Date;
  };
  snsSubscription: {
    workspaceId: string;
    alertSourceId: string;
    topicArn: string;
    subscribeUrl: string;
    askedAt: Date;
    confirmedAt: Date | null;
  };
  refusedSignal: {
    workspaceId: string;
    id: string;
    alertSourceId: string;
    receivedAt: Date;
    message: string;
    payload: string;
  };
};
