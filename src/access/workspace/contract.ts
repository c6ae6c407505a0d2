import { z } from 'zod';
import { id, instant, line } from '#kernel/schema.ts';
import { defineRoute } from '../route.ts';
import { timeZone } from '../schema.ts';

const wallTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'expected a time such as 09:00');

/** Business hours in the workspace's time zone: ISO weekdays (1 = Monday) and one stretch of wall time a day. */
export const businessHours = z
  .object({
    days: z
      .array(z.number().int().min(1).max(7))
      .min(1, 'pick at least one day')
      .max(7)
      .refine((days) => new Set(days).size === days.length, 'names a day twice'),
    start: wallTime,
    end: wallTime,
  })
  .refine((hours) => hours.start < hours.end, { path: ['end'], message: 'must be later than the start' });

export const DEFAULT_BUSINESS_HOURS = { days: [1, 2, 3, 4, 5], start: '09:00', end: '17:00' } as const;

export const workspace = z.object({
  id: id('ws'),
  name: z.string(),
  /** Unique in the installation. */
  slug: z.string(),
  timeZone: z.string(),
  businessHours: z.object({ days: z.array(z.number()), start: z.string(), end: z.string() }),
  createdAt: instant,
});

export const readCurrentWorkspace = defineRoute({
  method: 'get',
  path: '/workspaces/current',
  permission: 'workspace.read',
  tag: 'Workspace',
  summary: 'Read the workspace',
  response: workspace,
});

export const updateCurrentWorkspace = defineRoute({
  method: 'patch',
  path: '/workspaces/current',
  permission: 'workspace.manage',
  tag: 'Workspace',
  summary: 'Change name, time zone or business hours of the workspace',
  body: z.object({ name: line(80).optional(), timeZone: timeZone.optional(), businessHours: businessHours.optional() }),
  response: workspace,
});
