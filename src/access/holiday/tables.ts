import type { ColumnType } from 'kysely';
import type { Holiday } from './holidays.ts';

/** JSON text in, parsed list out. */
type Days = ColumnType<Holiday[], string, string>;

export type HolidayTables = {
  holidayCalendar: {
    workspaceId: string;
    id: string;
    name: string;
    version: number;
    country: string | null;
    region: string | null;
    bankHolidays: boolean;
    leftOut: string[];
    ruleDays: Days;
    rulesUntil: number | null;
    rulesVersion: string | null;
    ownDays: Days;
    isDefault: boolean;
    teamIds: string[];
    userIds: string[];
    changedAt: Date;
  };
};
