import type { ColumnType } from 'kysely';
import type { BusinessHours } from './business-hours.ts';

export type WorkspaceTables = {
  workspace: {
    id: string;
    name: string;
    slug: string;
    timeZone: string;
    /** JSON text in, parsed object out. */
    businessHours: ColumnType<BusinessHours, string, string>;
    createdAt: Date;
  };
};
