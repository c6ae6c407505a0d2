import { z } from 'zod';
import { defineRoute } from '#access/contract';
import { id, idParams, instant, line, listOf, pageQuery } from '#kernel/schema.ts';
import { runningMaintenance } from '../maintenance/contract.ts';
import { monitorState } from '../verdict/contract.ts';

export const service = z.object({
  id: id('svc'),
  name: z.string(),
  slug: z.string(),
  description: z.string(),
  escalationPolicyId: z.string().nullable(),
  /** What it needs in order to work: while one of these is down, its own alerts ask nobody. */
  dependsOn: z.array(z.string()),
  /** The worst state among its monitors, drills left out; `unknown` when it has none. */
  state: monitorState,
  monitorCount: z.number().int(),
  /** The window that names it, while one runs. */
  maintenance: runningMaintenance.nullable(),
  createdAt: instant,
});
export type Service = z.output<typeof service>;

const serviceFields = {
  name: line(120),
  slug: z.string().regex(/^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$/, 'expected small letters, digits and dashes'),
  description: z.string().trim().max(2_000),
  escalationPolicyId: z.string().max(80).nullable(),
  dependsOn: z.array(id('svc')).max(50),
};

export const createServiceBody = z.object({
  name: serviceFields.name,
  slug: serviceFields.slug.optional(),
  description: serviceFields.description.default(''),
  escalationPolicyId: serviceFields.escalationPolicyId.default(null),
  dependsOn: serviceFields.dependsOn.default([]),
});
export const editServiceBody = z.object(serviceFields).partial();

const tag = 'Services';

export const listServices = defineRoute({
  method: 'get',
  path: '/services',
  permission: 'services.read',
  tag,
  summary: 'List the services, by name',
  query: pageQuery.extend({ search: z.string().max(120).optional() }),
  response: listOf(service),
});
export const getService = defineRoute({
  method: 'get',
  path: '/services/{id}',
  permission: 'services.read',
  tag,
  summary: 'Read a service',
  params: idParams('svc'),
  response: service,
});
export const postService = defineRoute({
  method: 'post',
  path: '/services',
  permission: 'services.manage',
  tag,
  summary: 'Add a service',
  body: createServiceBody,
  response: service,
  status: 201,
});
export const patchService = defineRoute({
  method: 'patch',
  path: '/services/{id}',
  permission: 'services.manage',
  tag,
  summary: 'Edit a service',
  params: idParams('svc'),
  body: editServiceBody,
  response: service,
});
export const deleteService = defineRoute({
  method: 'delete',
  path: '/services/{id}',
  permission: 'services.manage',
  tag,
  summary: 'Archive a service that has no monitors',
  params: idParams('svc'),
});
