import { z } from 'zod';
import { defineRoute } from '#access/contract';
import { incident } from '#declare/contract';
import { id, idParams, prose } from '#kernel/schema.ts';

const tag = 'Incidents';
const params = idParams('inc');

export const mitigateIncidentRoute = defineRoute({
  method: 'post',
  path: '/incidents/{id}/mitigate',
  permission: 'incidents.respond',
  tag,
  summary: 'Service is restored and we are watching; says so in public when customers are affected',
  params,
  body: z.object({ body: prose(5_000).optional() }).optional(),
  response: incident,
});

export const resolveIncidentRoute = defineRoute({
  method: 'post',
  path: '/incidents/{id}/resolve',
  permission: 'incidents.respond',
  tag,
  summary: 'Service is restored: post the final update and return components to operational, all at once',
  params,
  body: z
    .object({
      /** The final update; absent = the shipped wording. */
      body: prose(5_000).optional(),
      /** Needed while something is still impaired. */
      confirmImpaired: z.boolean().optional(),
      /** Needed to say nothing in public on a customer-facing incident. */
      skipPostReason: prose(1_000).optional(),
    })
    .optional(),
  response: incident,
});

/** What the screen shows before resolving. */
export const readResolution = defineRoute({
  method: 'get',
  path: '/incidents/{id}/resolution',
  permission: 'incidents.read',
  tag,
  summary: 'Read what resolving would do now, and what speaks against it',
  params,
  response: z.object({
    /** Sentences, one for each thing that is not up. */
    impaired: z.array(z.string()),
    postsUpdate: z.boolean(),
    /** Ids of components that go back to operational. */
    componentIds: z.array(z.string()),
  }),
});

export const reopenIncidentRoute = defineRoute({
  method: 'post',
  path: '/incidents/{id}/reopen',
  permission: 'incidents.respond',
  tag,
  summary: 'It is back: the same incident again, with a new impact interval and new clocks',
  params,
  body: z.object({ reason: prose(1_000) }),
  response: incident,
});

export const standDownRoute = defineRoute({
  method: 'post',
  path: '/incidents/{id}/stand-down',
  permission: 'incidents.respond',
  tag,
  summary: 'Send everybody home: roles are released, pages end, the owner of the postmortem is named',
  params,
  body: z.object({ postmortemOwnerId: id('usr').optional() }).optional(),
  response: incident,
});

export const closeIncidentRoute = defineRoute({
  method: 'post',
  path: '/incidents/{id}/close',
  permission: 'incidents.respond',
  tag,
  summary: 'Nothing is left to do; refused before stand-down',
  params,
  response: incident,
});
