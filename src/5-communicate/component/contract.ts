import { z } from 'zod';
import { defineRoute } from '#access/contract';
import { id, idParams, instant, line, listOf, pageQuery } from '#kernel/schema.ts';

/** What a component can be said to be. */
export const componentStatus = z.enum([
  'operational',
  'degraded_performance',
  'partial_outage',
  'major_outage',
  'under_maintenance',
  'unknown',
]);

/** What a person can say of it; `unknown` is never said, it is what we show while we cannot see. */
export const saidStatus = componentStatus.exclude(['unknown']);
export type SaidStatus = z.output<typeof saidStatus>;

/** A line on a status page. */
export const component = z.object({
  id: id('cmp'),
  statusPageId: id('spg'),
  /** The service whose monitors measure it; null = only what updates say. */
  serviceId: z.string().nullable(),
  name: z.string(),
  description: z.string().nullable(),
  /** As the public sees it now. */
  status: componentStatus,
  statusSince: instant,
  position: z.number().int(),
  createdAt: instant,
});
export type ComponentView = z.output<typeof component>;

const tag = 'Components';
const fields = { name: line(100), description: line(200).nullable() };

export const listComponents = defineRoute({
  method: 'get',
  path: '/components',
  permission: 'status-pages.read',
  tag,
  summary: 'List components in the order of their pages',
  query: pageQuery.extend({ statusPageId: id('spg').optional() }),
  response: listOf(component),
});

export const createComponentRoute = defineRoute({
  method: 'post',
  path: '/components',
  permission: 'status-pages.manage',
  tag,
  summary: 'Add a line to a status page',
  body: z.object({
    /** Absent = the first page of the workspace. */
    statusPageId: id('spg').optional(),
    serviceId: id('svc').optional(),
    name: fields.name,
    description: fields.description.optional(),
  }),
  response: component,
  status: 201,
});

export const changeComponent = defineRoute({
  method: 'patch',
  path: '/components/{id}',
  permission: 'status-pages.manage',
  tag,
  summary: 'Rename, describe or move a component; its status changes by an update',
  params: idParams('cmp'),
  body: z.object({
    name: fields.name.optional(),
    description: fields.description.optional(),
    position: z.number().int().min(1).max(1_000).optional(),
  }),
  response: component,
});

export const removeComponent = defineRoute({
  method: 'delete',
  path: '/components/{id}',
  permission: 'status-pages.manage',
  tag,
  summary: 'Take a component off its page; incidents that named it keep its name',
  params: idParams('cmp'),
});
