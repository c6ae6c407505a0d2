import { bind, type RouteBinding } from '#platform/stage.ts';
import {
  changeScheduleOverride,
  createScheduleOverride,
  deleteScheduleOverride,
  listScheduleOverrides,
} from './change-overrides.ts';
import {
  changeSchedule,
  createSchedule,
  deleteSchedule,
  listSchedules,
  listScheduleVersions,
  readSchedule,
  type UsesOfSchedule,
} from './change-schedules.ts';
import * as contract from './contract.ts';
import { listFinalShifts, previewSchedule, readFinalSchedule, readOnCallNow, readPersonShifts } from './read-shifts.ts';
import { readScheduleHolidays } from './read-schedule-holidays.ts';
import * as shifts from './shift-contract.ts';

/** The routes of schedules; `usesOf` says who still relies on one that is to be removed. */
export const scheduleRoutes = (usesOf: UsesOfSchedule): readonly RouteBinding[] => [
  bind(contract.listSchedules, (ctx, { query }) => listSchedules(ctx, query)),
  bind(contract.readSchedule, (ctx, { params }) => readSchedule(ctx, params.id)),
  bind(contract.listScheduleVersions, (ctx, { params, query }) => listScheduleVersions(ctx, params.id, query)),
  bind(contract.createSchedule, (ctx, { body }) => createSchedule(ctx, body)),
  bind(contract.changeSchedule, (ctx, { params, body }) => changeSchedule(ctx, params.id, body)),
  bind(contract.deleteSchedule, (ctx, { params }) => deleteSchedule(ctx, params.id, usesOf)),
  bind(shifts.readFinalSchedule, (ctx, { params, query }) => readFinalSchedule(ctx, params.id, query)),
  bind(shifts.listScheduleHolidays, (ctx, { params, query }) => readScheduleHolidays(ctx, params.id, query)),
  bind(shifts.previewSchedule, (ctx, { body }) => previewSchedule(ctx, body)),
  bind(shifts.listOnCallNow, (ctx, { query }) => readOnCallNow(ctx, query.at ? new Date(query.at) : ctx.now)),
  bind(shifts.listFinalShifts, (ctx, { query }) => listFinalShifts(ctx, query)),
  bind(shifts.listPersonShifts, async (ctx, { query }) => ({ items: await readPersonShifts(ctx, query) })),
  bind(contract.listScheduleOverrides, (ctx, { params, query }) => listScheduleOverrides(ctx, params.id, query)),
  bind(contract.createScheduleOverride, (ctx, { params, body }) => createScheduleOverride(ctx, params.id, body)),
  bind(contract.changeScheduleOverride, (ctx, { params, body }) => changeScheduleOverride(ctx, params.id, body)),
  bind(contract.deleteScheduleOverride, (ctx, { params }) => deleteScheduleOverride(ctx, params.id)),
];
