import { z } from 'zod';
import { defineRoute } from '#access/contract';
import { id, idParams, instant, listOf, pageQuery, seconds } from '#kernel/schema.ts';
import { MONITOR_KINDS } from '../kind/kinds.ts';
import { METRIC_TESTS } from '../kind/threshold.ts';
import { runningMaintenance } from '../maintenance/contract.ts';
import { connection, evidence, locationId, outcome, phases, result, stepRun } from '../result/contract.ts';
import { monitorState } from '../verdict/contract.ts';
import { assertion } from '../kind/assertion.ts';
import { bodyOf, fields, groupPath, monitorTag } from './question-fields.ts';

const trialName = z.string().min(16).max(64);

/** Without a kind, HTTP. */
export const testMonitorBody = bodyOf({
  /** A name of the caller's own choice, under which a journey's progress is read while it goes. */
  trial: trialName.optional(),
});
export type TestMonitorBody = z.output<typeof testMonitorBody>;

const place = {
  /** By default the host and path of the URL. */
  name: fields.name.optional(),
  /** By default the service named after the host, which is made when there is none. */
  serviceId: fields.serviceId.optional(),
  tags: fields.tags.default([]),
  group: fields.group.default(null),
  intervalSeconds: fields.intervalSeconds.default(30),
  confirm: fields.confirm.default({ failures: 1, recoveries: 1 }),
  locations: fields.locations.default(['home']),
};
export const createMonitorBody = bodyOf(place);
export type CreateMonitorBody = z.output<typeof createMonitorBody>;
export type CreateMonitorInput = z.input<typeof createMonitorBody>;
/** Method, headers, body, redirects and TLS belong to HTTP; `options` to every kind, where those not named stay. */
export const editMonitorBody = z.object({ ...fields, options: z.record(z.string().max(60), z.unknown()) }).partial();
export type EditMonitorBody = z.output<typeof editMonitorBody>;
export const tryMonitorBody = editMonitorBody.extend({ trial: trialName.optional() });
export type TryMonitorBody = z.output<typeof tryMonitorBody>;

export const drill = z.object({ startedAt: instant, endsAt: instant });

/** What a heartbeat waits for. */
export const beatClock = z.object({
  /** With a cron expression, the longest stretch between two of its times. */
  periodSeconds: z.number().int(),
  cron: z.string().nullable(),
  timeZone: z.string().nullable(),
  graceSeconds: z.number().int(),
  lastBeatAt: instant.nullable(),
  /** When the next beat should come; null before the first one and while a run is under way. Stays after a miss. */
  expectedAt: instant.nullable(),
  /** When it counts as missed; null before the first beat, after a miss and while paused. */
  dueAt: instant.nullable(),
  /** When the oldest run that is under way began. */
  runningSince: instant.nullable(),
});
export type BeatClock = z.output<typeof beatClock>;

/** What must hold of a value that is sent to us, and what came last. */
export const pushedValue = z.object({
  test: z.enum(METRIC_TESTS),
  value: z.number(),
  forSeconds: z.number().int(),
  periodSeconds: z.number().int(),
  graceSeconds: z.number().int(),
  lastValue: z.number().nullable(),
  lastValueAt: instant.nullable(),
  /** Since when the values do not hold; null while they do. */
  brokenSince: instant.nullable(),
  /** When silence makes it unknown; null before the first value, after a silence and while paused. */
  dueAt: instant.nullable(),
});
export type PushedValue = z.output<typeof pushedValue>;

export const monitorRow = z.object({
  id: id('mon'),
  kind: z.enum(MONITOR_KINDS),
  name: z.string(),
  serviceId: id('svc'),
  serviceName: z.string(),
  tags: z.array(z.string()),
  group: z.string().nullable(),
  /** During a drill `down`, whatever the real checks say. */
  state: monitorState,
  since: instant,
  drill: drill.nullable(),
  /** It went up and down too often to believe either: its fault is held until it has answered for a while. */
  flappingSince: instant.nullable(),
  /** The window that names it or its service, while one runs: its alerts are held, and the time is not counted. */
  maintenance: runningMaintenance.nullable(),
  url: z.string().nullable(),
  intervalSeconds: z.number(),
  lastCheckedAt: instant.nullable(),
  latencyMs: z.number().nullable(),
  /** Total milliseconds of the last checks, oldest first, at most 30; null where nothing answered. */
  sparkline: z.array(z.number().nullable()),
  uptime30d: z.number().nullable(),
  /** Null for other kinds. */
  heartbeat: beatClock.nullable(),
  /** Null for other kinds. */
  pushedValue: pushedValue.nullable(),
});
export type MonitorRow = z.output<typeof monitorRow>;

/** Until when the address before the present one works as well; null when there is none. */
const previousKeyUntil = instant.nullable();

export const heartbeatDetail = beatClock.extend({
  /** How long a run may take after its start; null: as long as the grace. */
  maxRunSeconds: z.number().int().nullable(),
  /** Where the job reports; null for people who may not change monitors. */
  beatUrl: z.string().nullable(),
  previousKeyUntil,
  lastDurationMs: z.number().nullable(),
});

export const pushedValueDetail = pushedValue.extend({
  /** Where values are sent; null for people who may not change monitors. */
  pushUrl: z.string().nullable(),
  previousKeyUntil,
});

export const monitor = monitorRow.extend({
  method: fields.method.nullable(),
  headers: z.record(z.string(), z.string()),
  body: z.string().nullable(),
  timeoutSeconds: z.number(),
  maxRedirects: z.number().int(),
  confirm: z.object({
    failures: z.number().int(),
    recoveries: z.number().int(),
    /** How many locations must agree; null = more than half. */
    locations: z.number().int().nullable(),
  }),
  /** What each location holds, when it is asked from elsewhere than here alone. */
  locations: z.array(
    z.object({
      id: locationId,
      name: z.string(),
      state: monitorState,
      since: instant,
      lastCheckedAt: instant.nullable(),
    }),
  ),
  assertions: z.array(assertion),
  degradedAboveMs: z.number().nullable(),
  tls: z.object({ skipVerification: z.boolean(), minVersion: z.string(), caPem: z.string().nullable() }).nullable(),
  /** Of its kind; secret values read `[secret]`. Null for what is told to us, and where nothing was ever set. */
  options: z.record(z.string(), z.unknown()).nullable(),
  heartbeat: heartbeatDetail.nullable(),
  pushedValue: pushedValueDetail.nullable(),
  /** From the moment the target breaks until we say so, at most. */
  worstCaseDetectionSeconds: z.number(),
  certificateExpiresAt: instant.nullable(),
  /** When it is asked next; null while it is paused, and for what is told to us. */
  nextCheckAt: instant.nullable(),
  lastResult: result.nullable(),
  /** The network that the owner may allow, when the target's name leads to an address that is not allowed. */
  suggestedTarget: z.string().nullable(),
  /** The files that made it or took it over: the next apply of their set sets back what is changed elsewhere. */
  managedBy: z.object({ set: z.string(), key: z.string(), appliedAt: instant }).nullable(),
  createdAt: instant,
  updatedAt: instant,
});
export type Monitor = z.output<typeof monitor>;

/** The answer of one check that is not stored. */
export const checkAnswer = z.object({
  outcome,
  totalMs: z.number(),
  phases,
  status: z.number().int().nullable(),
  address: z.string().nullable(),
  certificateExpiresAt: instant.nullable(),
  /** Null where it was plain HTTP/1.1, or another protocol. */
  connection: connection.nullable(),
  /** Null when it is up. */
  evidence: evidence.nullable(),
  /** How each step went, up or not; null for a check that is one act. */
  steps: z.array(stepRun).nullable(),
  /** Of a journey that failed, the page at its end: a JPEG. */
  picture: z.string().nullable(),
  /** The network that the owner may allow so that this target can be reached; null when that is not the trouble. */
  suggestedTarget: z.string().nullable(),
});
export type CheckAnswer = z.output<typeof checkAnswer>;

/** A journey that is under way: its steps so far, and the page as it is (a JPEG). */
export const trial = z.object({ steps: z.array(stepRun), picture: z.string().nullable() });
export type Trial = z.output<typeof trial>;

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
