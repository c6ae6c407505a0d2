import type { ColumnType } from 'kysely';

type ChangeLink = { readonly href: string; readonly text: string };

export type ChangeEventTables = {
  changeEvent: {
    workspaceId: string;
    id: string;
    alertSourceId: string;
    serviceId: string | null;
    summary: string;
    source: string | null;
    links: ColumnType<readonly ChangeLink[], string, never>;
    details: ColumnType<Readonly<Record<string, unknown>> | null, string | null, never>;
    happenedAt: Date;
    receivedAt: Date;
  };
};
