import { z } from 'zod';
import { defineRoute, timeZone } from '#access/contract';
import { id, idParams, instant, line, listOf, pageQuery } from '#kernel/schema.ts';

export const sloWindow = z.union([
  /** The last so many days. */
  z.object({ kind: z.literal('rolling'), days: z.union([z.literal(7), z.literal(28), z.literal(30), z.literal(90)]) }),
  /** The calendar month in a time zone. */
  z.object({ kind: z.literal('month'), timeZone }),
]);

const minutes = z.number().int().min(1).max(43_200);
export const burnSeverity = z.enum(['critical', 'warning']);
/** Fires while both windows burn at least this fast; the short one ends it soon after the burning does. */
export const burnAlert = z.object({
  longMinutes: minutes,
  shortMinutes: minutes,
  /** How many times faster than the objective allows. */
  burnRate: z.number().min(0.1).max(10_000),
  /** A critical one pages, a warning does not wake anybody. */
  severity: burnSeverity,
});
export type BurnAlertView = z.output<typeof burnAlert>;

const fields = {
  name: line(120),
  /** Either a service, by all of its monitors … */
  serviceId: id('svc').nullable(),
  /** … or some monitors. While one of them is down, it is down. */
  monitorIds: z.array(id('mon')).max(100),
  /** Percent. */
  objective: z.number().min(50).max(99.999),
  window: sloWindow,
  /** By default 14.4 times over 1 h and 5 min, 6 times over 6 h and 30 min, and a warning at once over 3 d and 6 h. */
  alerts: z.array(burnAlert).max(8),
};

export const createSloBody = z.object({
  name: fields.name,
  serviceId: fields.serviceId.default(null),
  monitorIds: fields.monitorIds.default([]),
  objective: fields.objective,
  window: fields.window.default({ kind: 'rolling', days: 30 }),
  alerts: fields.alerts.optional(),
});
export type CreateSloBody = z.output<typeof createSloBody>;
export const editSloBody = z.object(fields).partial();
export type EditSloBody = z.output<typeof editSloBody>;

export const slo = z.object({
  id: id('slo'),
  name: z.string(),
  serviceId: id('svc').nullable(),
  serviceName: z.string().nullable(),
  monitorIds: z.array(id('mon')),
  objective: z.number(),
  window: sloWindow,
  alerts: z.array(burnAlert),
  /** The window that is under way. */
  from: instant,
  to: instant,
  /** Percent, time-weighted, without unknown, paused and maintenance time; null while nothing is known. */
  availability: z.number().nullable(),
  /** Downtime that the objective allows in the window. */
  budgetSeconds: z.number(),
  spentSeconds: z.number(),
  /** Negative when more than all is spent. */
  leftSeconds: z.number(),
  leftPercent: z.number(),
  /** Over the last hour; at 1 the budget lasts exactly its window. */
  burnRate: z.number(),
  /** Since when its alerts of this severity fire. */
  criticalSince: instant.nullable(),
  warningSince: instant.nullable(),
  createdAt: instant,
});
export type Slo = z.output<typeof slo>;

export const sloIncident = z.object({
  id: id('inc'),
  reference: z.string(),
  title: z.string(),
  severity: z.string(),
  startedAt: instant,
  endedAt: instant.nullable(),
  /** Downtime of the SLO while it lasted, within the window. */
  burnedSeconds: z.number(),
  /** Of the whole budget. */
  burnedPercent: z.number(),
});
export type SloIncident = z.output<typeof sloIncident>;

const tag = 'SLOs';
const params = idParams('slo');

export const listSlos = defineRoute({
  method: 'get',
  path: '/slos',
  permission: 'monitors.read',
  tag,
  summary: 'List the SLOs with their error budgets, by name',
  query: pageQuery,
  response: listOf(slo),
});
export const getSlo = defineRoute({
  method: 'get',
  path: '/slos/{id}',
  permission: 'monitors.read',
  tag,
  summary: 'Read an SLO',
  params,
  response: slo,
});
export const getSloBudget = defineRoute({
  method: 'get',
  path: '/slos/{id}/budget',
  permission: 'monitors.read',
  tag,
  summary: 'The error budget along the window, and what each incident burned of it',
  params,
  response: z.object({
    from: instant,
    to: instant,
    /** What was left, in order, until now. */
    points: z.array(z.object({ at: instant, leftSeconds: z.number() })),
    /** Of its services, what burned most first. */
    incidents: z.array(sloIncident),
  }),
});
export const postSlo = defineRoute({
  method: 'post',
  path: '/slos',
  permission: 'monitors.manage',
  tag,
  summary: 'Add an SLO on a service or on some monitors',
  description: 'It counts from what is known already: a month of state intervals makes a month of budget.',
  body: createSloBody,
  response: slo,
  status: 201,
});
export const patchSlo = defineRoute({
  method: 'patch',
  path: '/slos/{id}',
  permission: 'monitors.manage',
  tag,
  summary: 'Edit an SLO',
  params,
  body: editSloBody,
  response: slo,
});
export const deleteSlo = defineRoute({
  method: 'delete',
  path: '/slos/{id}',
  permission: 'monitors.manage',
  tag,
  summary: 'Remove an SLO; its alerts close',
  params,
});
