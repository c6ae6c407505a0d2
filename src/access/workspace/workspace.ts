import type { BusinessHours } from './business-hours.ts';

export type Workspace = {
  readonly id: string;
  readonly name: string;
  readonly slug: string;
  readonly timeZone: string;
  readonly businessHours: BusinessHours;
  readonly createdAt: Date;
};
