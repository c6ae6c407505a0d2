import { z } from 'zod';
import { defineRoute } from '#access/contract';
import { id, idParams, listOf, pageQuery, seconds } from '#kernel/schema.ts';
import { MONITOR_KINDS } from '../kind/kinds.ts';
import { locationId } from '../result/contract.ts';
import { monitorState } from '../verdict/contract.ts';
import { fields, groupPath, monitorTag } from './question-fields.ts';
import {
  checkAnswer,
  createMonitorBody,
  editMonitorBody,
  monitor,
  monitorRow,
  testMonitorBody,
  trial,
  trialName,
  tryMonitorBody,
} from './shape.ts';

export * from './shape.ts';

const tag = 'Monitors';
const params = idParams('mon');

export const listMonitors = defineRoute({
  method: 'get',
  path: '/monitors',
  permission: 'monitors.read',
  tag,
  summary: 'List the monitors: those that need attention first, then by name',
  query: pageQuery.extend({
    state: monitorState.optional(),
    kind: z.enum(MONITOR_KINDS).optional(),
    serviceId: id('svc').optional(),
    tag: z.string().max(40).optional(),
    /** In this group, or in one inside it. */
    group: z.string().max(200).optional(),
    /** In this group itself; empty = in none. */
    inGroup: z.string().max(200).optional(),
    locationId: locationId.optional(),
    search: z.string().max(120).optional(),
  }),
  response: listOf(monitorRow),
});
export const getMonitorCounts = defineRoute({
  method: 'get',
  path: '/monitors/counts',
  permission: 'monitors.read',
  tag,
  summary: 'How many monitors are in each state',
  response: z.object({
    up: z.number(),
    degraded: z.number(),
    down: z.number(),
    unknown: z.number(),
    paused: z.number(),
    total: z.number(),
  }),
});
export const listMonitorTags = defineRoute({
  method: 'get',
  path: '/monitors/tags',
  permission: 'monitors.read',
  tag,
  summary: 'The tags of monitors, with how many have each',
  response: z.object({ items: z.array(z.object({ tag: z.string(), monitors: z.number().int() })) }),
});
export const listMonitorServices = defineRoute({
  method: 'get',
  path: '/monitors/services',
  permission: 'monitors.read',
  tag,
  summary: 'The services that have more than one monitor, with how many each has; of more than 500 the first by name',
  response: z.object({
    items: z.array(z.object({ id: id('svc'), name: z.string(), monitors: z.number().int() })),
  }),
});
export const listMonitorGroups = defineRoute({
  method: 'get',
  path: '/monitors/groups',
  permission: 'monitors.read',
  tag,
  summary: 'The groups of monitors, each with those that stand in it directly',
  response: z.object({
    items: z.array(
      z.object({
        /** Null: in no group. */
        group: z.string().nullable(),
        monitors: z.number().int(),
        /** The worst among them. */
        state: monitorState,
      }),
    ),
  }),
});
export const renameMonitorGroup = defineRoute({
  method: 'post',
  path: '/monitors/groups/rename',
  permission: 'monitors.manage',
  tag,
  summary: 'Rename a group, move it into another one, or dissolve it; what is inside comes along',
  body: z.object({
    from: groupPath,
    /** Null: its monitors stand in what it stood in. */
    to: groupPath.nullable(),
  }),
  response: z.object({ monitors: z.number().int() }),
});
export const changeManyMonitors = defineRoute({
  method: 'post',
  path: '/monitors/many',
  permission: 'monitors.manage',
  tag,
  summary: 'One act on many monitors; those that refuse it are left, and named with the reason',
  body: z.object({
    monitorIds: z.array(id('mon')).min(1).max(500),
    act: z.enum(['pause', 'resume', 'archive', 'tag', 'untag', 'move', 'group']),
    /** For `tag` and `untag`. */
    tag: monitorTag.optional(),
    /** For `move`. */
    serviceId: id('svc').optional(),
    /** For `group`; null takes them out of theirs. */
    group: groupPath.nullable().optional(),
  }),
  response: z.object({
    changed: z.array(id('mon')),
    left: z.array(z.object({ id: id('mon'), reason: z.string() })),
  }),
});
export const getMonitor = defineRoute({
  method: 'get',
  path: '/monitors/{id}',
  permission: 'monitors.read',
  tag,
  summary: 'Read a monitor',
  params,
  response: monitor,
});
export const postMonitor = defineRoute({
  method: 'post',
  path: '/monitors',
  permission: 'monitors.manage',
  tag,
  summary: 'Add a monitor: one address is enough',
  body: createMonitorBody,
  response: monitor,
  status: 201,
});
export const testMonitor = defineRoute({
  method: 'post',
  path: '/monitors/test',
  permission: 'monitors.manage',
  tag,
  summary: 'Ask once and store nothing',
  body: testMonitorBody,
  response: checkAnswer,
});
export const getTrial = defineRoute({
  method: 'get',
  path: '/monitors/test',
  permission: 'monitors.manage',
  tag,
  summary: 'How far a journey is that is being tried',
  description:
    'While `POST /monitors/test`, or `POST /monitors/{id}/try`, with this `trial` is under way; before and after it, there are no steps.',
  query: z.object({ trial: trialName.optional() }),
  response: trial,
});
export const patchMonitor = defineRoute({
  method: 'patch',
  path: '/monitors/{id}',
  permission: 'monitors.manage',
  tag,
  summary: 'Edit a monitor',
  params,
  body: editMonitorBody,
  response: monitor,
});
export const cloneMonitor = defineRoute({
  method: 'post',
  path: '/monitors/{id}/clone',
  permission: 'monitors.manage',
  tag,
  summary: 'Add another monitor that is like this one, its secrets included; what is told to us gets a key of its own',
  params,
  body: z.object({ name: fields.name.optional() }).prefault({}),
  response: monitor,
  status: 201,
});
export const deleteMonitor = defineRoute({
  method: 'delete',
  path: '/monitors/{id}',
  permission: 'monitors.manage',
  tag,
  summary: 'Archive a monitor: it is not checked any more, its history stays',
  params,
});
export const pauseMonitor = defineRoute({
  method: 'post',
  path: '/monitors/{id}/pause',
  permission: 'monitors.manage',
  tag,
  summary: 'Stop checking',
  params,
  response: monitor,
});
export const resumeMonitor = defineRoute({
  method: 'post',
  path: '/monitors/{id}/resume',
  permission: 'monitors.manage',
  tag,
  summary: 'Check again',
  params,
  response: monitor,
});
export const startDrill = defineRoute({
  method: 'post',
  path: '/monitors/{id}/drill',
  permission: 'monitors.manage',
  tag,
  summary: 'Let the monitor behave as down, marked as a drill everywhere',
  description: 'Real checks go on and are recorded; a real failure ends the drill at once.',
  params,
  body: z.object({ seconds: seconds(10, 7_200).default(600) }).prefault({}),
  response: monitor,
});
export const endDrill = defineRoute({
  method: 'post',
  path: '/monitors/{id}/drill/end',
  permission: 'monitors.manage',
  tag,
  summary: 'End the drill',
  params,
  response: monitor,
});
export const tryMonitor = defineRoute({
  method: 'post',
  path: '/monitors/{id}/try',
  permission: 'monitors.manage',
  tag,
  summary: 'Ask once as a change of a monitor would have it asked, and store nothing',
  description:
    'Takes what a change takes. A secret that is given as `[secret]` is the stored one, as when it is saved.',
  params,
  body: tryMonitorBody,
  response: checkAnswer,
});
export const checkNow = defineRoute({
  method: 'post',
  path: '/monitors/{id}/check-now',
  permission: 'monitors.manage',
  tag,
  summary: 'Check a monitor now, beside its schedule, and store the result',
  params,
  response: checkAnswer,
});
