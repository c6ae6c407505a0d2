import { z } from 'zod';
import { defineRoute } from '#access/contract';
import { id, idParams, instant, line, listOf, pageQuery } from '#kernel/schema.ts';

/** Planned work on some services: checks go on, and what fails meanwhile asks nobody until the end. */
export const maintenanceWindow = z.object({
  id: id('mwn'),
  title: z.string(),
  serviceIds: z.array(id('svc')),
  startsAt: instant,
  endsAt: instant,
  state: z.enum(['planned', 'running', 'over']),
  createdAt: instant,
  createdBy: z.string().nullable(),
  /** When somebody ended it before its time. */
  endedAt: instant.nullable(),
  endedBy: z.string().nullable(),
});
export type MaintenanceWindowView = z.output<typeof maintenanceWindow>;

const serviceIds = z.array(id('svc')).min(1, 'name at least one service').max(100);

const tag = 'Maintenance windows';

export const listMaintenanceWindows = defineRoute({
  method: 'get',
  path: '/maintenance-windows',
  permission: 'services.read',
  tag,
  summary: 'Maintenance windows, newest first',
  query: pageQuery.extend({ /** `open`: planned or running. */ state: z.enum(['open', 'over']).optional() }),
  response: listOf(maintenanceWindow),
});

export const createMaintenanceWindow = defineRoute({
  method: 'post',
  path: '/maintenance-windows',
  permission: 'services.manage',
  tag,
  summary: 'Plan maintenance of services; it may begin now',
  body: z.object({
    title: line(200),
    serviceIds,
    /** Default: now. */
    startsAt: instant.optional(),
    /** At most 30 days after its start. */
    endsAt: instant,
  }),
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
  body: z.object({ title: line(200), serviceIds, startsAt: instant, endsAt: instant }).partial(),
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
