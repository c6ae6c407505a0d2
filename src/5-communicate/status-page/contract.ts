import { z } from 'zod';
import { defineRoute, timeZone } from '#access/contract';
import { id, idParams, instant, line, listOf, pageQuery } from '#kernel/schema.ts';
import { componentStatus } from '../component/contract.ts';

/** What the public reads: `/s/{slug}`. */
export const statusPage = z.object({
  id: id('spg'),
  name: z.string(),
  slug: z.string(),
  url: z.url(),
  timeZone: z.string(),
  /** False = nobody outside can read it. */
  published: z.boolean(),
  /** Whether visitors may report a problem at `/s/{slug}/report`. */
  takesReports: z.boolean(),
  /** The alert source that they come by; null = they may not. */
  reportSourceId: id('src').nullable(),
  /** The one sentence that stands on top of it now. */
  headline: z.object({ state: componentStatus, title: z.string(), detail: z.string() }),
  componentCount: z.number().int(),
  /** Confirmed ones only. */
  subscriberCount: z.number().int(),
  updatedAt: instant,
  createdAt: instant,
});
export type StatusPageView = z.output<typeof statusPage>;

const slug = z
  .string()
  .regex(/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/, 'expected 1 to 63 of a-z, 0-9 and -, not at either end');

const tag = 'Status pages';

export const listStatusPages = defineRoute({
  method: 'get',
  path: '/status-pages',
  permission: 'status-pages.read',
  tag,
  summary: 'List status pages',
  query: pageQuery,
  response: listOf(statusPage),
});

export const readStatusPageRoute = defineRoute({
  method: 'get',
  path: '/status-pages/{id}',
  permission: 'status-pages.read',
  tag,
  summary: 'Read a status page',
  params: idParams('spg'),
  response: statusPage,
});

export const changeStatusPage = defineRoute({
  method: 'patch',
  path: '/status-pages/{id}',
  permission: 'status-pages.manage',
  tag,
  summary: 'Rename a status page, move it to another address or time zone, publish it or take it back, take reports',
  params: idParams('spg'),
  body: z.object({
    name: line(100).optional(),
    /** Unique on this installation; the old address stops working. */
    slug: slug.optional(),
    timeZone: timeZone.optional(),
    published: z.boolean().optional(),
    /** What visitors report becomes alerts (warnings); off by default. */
    takesReports: z.boolean().optional(),
  }),
  response: statusPage,
});
