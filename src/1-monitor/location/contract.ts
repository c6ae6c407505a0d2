import { z } from 'zod';
import { defineRoute } from '#access/contract';
import { id, idParams, instant, line, listOf, pageQuery } from '#kernel/schema.ts';

/** What a probe says of itself, every few seconds. */
export const probeLoad = z.object({
  monitors: z.number().int().nonnegative(),
  checksRunning: z.number().int().nonnegative(),
  /** Found and not handed in yet, on its disk included. */
  resultsWaiting: z.number().int().nonnegative(),
  /** Given up because its disk was full. */
  resultsDropped: z.number().int().nonnegative(),
  /** How late checks were begun lately, 99th percentile. */
  latenessP99Ms: z.number().nonnegative(),
  rssBytes: z.number().nonnegative(),
});
export type ProbeLoad = z.output<typeof probeLoad>;

export const probe = z.object({
  id: id('prb'),
  locationId: id('loc'),
  name: z.string(),
  /** `waiting`: it has not reported yet. `lost`: it was silent for a minute. */
  state: z.enum(['waiting', 'live', 'lost', 'revoked']),
  createdAt: instant,
  seenAt: instant.nullable(),
  version: z.string().nullable(),
  load: probeLoad.nullable(),
});
export type ProbeView = z.output<typeof probe>;

export const location = z.object({
  id: id('loc'),
  name: z.string(),
  allowedTargets: z.array(z.string()),
  createdAt: instant,
  /** How many monitors are asked from there. */
  monitors: z.number().int(),
  probes: z.array(probe),
});
export type LocationView = z.output<typeof location>;

const cidr = z
  .string()
  .trim()
  .max(64)
  .refine((value) => z.cidrv4().safeParse(value).success || z.cidrv6().safeParse(value).success, {
    message: 'expected a network such as 10.0.0.0/8',
  });
const allowedTargets = z.array(cidr).max(50);

const tag = 'Locations and probes';

export const listLocations = defineRoute({
  method: 'get',
  path: '/locations',
  permission: 'monitors.read',
  tag,
  summary: 'Places from which monitors can be asked, with their probes',
  query: pageQuery,
  response: listOf(location),
});
export const createLocation = defineRoute({
  method: 'post',
  path: '/locations',
  permission: 'locations.manage',
  tag,
  summary: 'Add a place',
  description:
    '`allowedTargets`: networks that its probes may reach beyond public addresses; the owner alone names them.',
  body: z.object({ name: line(60), allowedTargets: allowedTargets.default([]) }),
  response: location,
  status: 201,
});
export const changeLocation = defineRoute({
  method: 'patch',
  path: '/locations/{id}',
  permission: 'locations.manage',
  tag,
  summary: 'Rename a place, or change what its probes may reach',
  params: idParams('loc'),
  body: z.object({ name: line(60), allowedTargets }).partial(),
  response: location,
});
export const archiveLocation = defineRoute({
  method: 'delete',
  path: '/locations/{id}',
  permission: 'locations.manage',
  tag,
  summary: 'Give up a place that no monitor is asked from; its probes are revoked',
  params: idParams('loc'),
});
export const createProbe = defineRoute({
  method: 'post',
  path: '/locations/{id}/probes',
  permission: 'locations.manage',
  tag,
  summary: 'Add a probe; its token is shown this once',
  params: idParams('loc'),
  body: z.object({ name: line(60) }),
  response: probe.extend({ token: z.string() }),
  status: 201,
});
export const revokeProbe = defineRoute({
  method: 'delete',
  path: '/probes/{id}',
  permission: 'locations.manage',
  tag,
  summary: 'Revoke a probe: its token is worth nothing from now on',
  params: idParams('prb'),
});
