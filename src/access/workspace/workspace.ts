import type { Holidays } from '../holiday/holidays.ts';
import type { BusinessHours } from './business-hours.ts';

export type Workspace = {
  readonly id: string;
  readonly name: string;
  readonly slug: string;
  readonly timeZone: string;
  readonly businessHours: BusinessHours;
  /** On these dates, of the calendar that is everybody's, business hours do not run. */
  readonly holidays: Holidays;
  readonly createdAt: Date;
};
