import { z } from 'zod';
import { defineRoute } from '#access/contract';
import { id, idParams, instant, line, listOf, pageQuery } from '#kernel/schema.ts';

/** Planned work on services or single monitors: checks go on, and what fails meanwhile asks nobody until the end. */
export const maintenanceWindow = z.object({
  id: id('mwn'),
  title: z.string(),
  serviceIds: z.array(id('svc')),
  monitorIds: z.array(id('mon')),
  startsAt: instant,
  endsAt: instant,
  /** `called-off`: ended before it began. */
  state: z.enum(['planned', 'running', 'over', 'called-off']),
  /** The series that planned it; null for one that stands alone. */
  seriesId: id('mse').nullable(),
  createdAt: instant,
  createdBy: z.string().nullable(),
  /** When somebody ended it before its time. */
  endedAt: instant.nullable(),
  endedBy: z.string().nullable(),
});
export type MaintenanceWindowView = z.output<typeof maintenanceWindow>;

/** The window that a monitor or a service is in now. */
export const runningMaintenance = z.object({ id: id('mwn'), title: z.string(), endsAt: instant });
export type RunningMaintenance = z.output<typeof runningMaintenance>;

const targets = {
  serviceIds: z.array(id('svc')).max(100),
  monitorIds: z.array(id('mon')).max(200),
};

export const createWindowBody = z.object({
  title: line(200),
  /** At least one of these or of `monitorIds`. */
  serviceIds: targets.serviceIds.default([]),
  monitorIds: targets.monitorIds.default([]),
  /** Default: now. */
  startsAt: instant.optional(),
  /** At most 30 days after its start. */
  endsAt: instant,
});

const tag = 'Maintenance windows';

export const listMaintenanceWindows = defineRoute({
  method: 'get',
  path: '/maintenance-windows',
  permission: 'services.read',
  tag,
  summary: 'Maintenance windows, the latest beginning first',
  query: pageQuery.extend({
    /** `open`: planned or running; `over`: called off as well. */
    state: z.enum(['open', 'running', 'over']).optional(),
    /** Only those of one series; `none`: only those that stand alone. */
    seriesId: z.union([id('mse'), z.literal('none')]).optional(),
  }),
  response: listOf(maintenanceWindow),
});

export const createMaintenanceWindow = defineRoute({
  method: 'post',
  path: '/maintenance-windows',
  permission: 'services.manage',
  tag,
  summary: 'Plan maintenance of services or monitors; it may begin now',
  body: createWindowBody,
  response: maintenanceWindow,
  status: 201,
});

export const changeMaintenanceWindow = defineRoute({
  method: 'patch',
  path: '/maintenance-windows/{id}',
  permission: 'services.manage',
  tag,
  summary: 'Change a window that is not over; the start only while it is planned',
  params: idParams('mwn'),
  body: z.object({ title: line(200), ...targets, startsAt: instant, endsAt: instant }).partial(),
  response: maintenanceWindow,
});

export const endMaintenanceWindow = defineRoute({
  method: 'post',
  path: '/maintenance-windows/{id}/end',
  permission: 'services.manage',
  tag,
  summary: 'End a window now, or call a planned one off; what is still broken asks at once',
  params: idParams('mwn'),
  response: maintenanceWindow,
});
