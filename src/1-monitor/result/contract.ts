import { z } from 'zod';
import { defineRoute } from '#access/contract';
import { id, idParams, instant, listOf, pageQuery } from '#kernel/schema.ts';
import { monitorState } from '../verdict/contract.ts';

const ms = z.number().nonnegative();

/** Milliseconds; null where the check did not get there (or, for TLS, does not speak it). */
export const phases = z.object({
  dnsMs: ms.nullable(),
  tcpMs: ms.nullable(),
  tlsMs: ms.nullable(),
  firstByteMs: ms.nullable(),
  transferMs: ms.nullable(),
});

export const outcome = z.enum(['up', 'degraded', 'down', 'unknown']);
export type Outcome = z.output<typeof outcome>;

export const result = z.object({
  /** From where it was asked; `home` is this installation. */
  locationId: z.string(),
  dueAt: instant,
  startedAt: instant,
  outcome,
  totalMs: ms,
  phases,
  status: z.number().int().nullable(),
});
export type Result = z.output<typeof result>;

/** How one step of a check went, where it is made in several. */
export const stepRun = z.object({
  name: z.string(),
  /** `not-run`: an earlier one failed. */
  outcome: z.enum(['passed', 'failed', 'not-run']),
  /** Milliseconds since the check began. */
  startedMs: ms,
  tookMs: ms,
  status: z.number().int().nullable(),
  phases: phases.nullable(),
  failures: z.array(z.object({ expected: z.string(), got: z.string() })),
  error: z.object({ kind: z.string(), message: z.string() }).nullable(),
  /** What it took from the answer for later steps; what is secret reads `[secret]`. */
  values: z.array(z.tuple([z.string(), z.string()])),
});
export type StepRun = z.output<typeof stepRun>;

/** How an HTTP request travelled. */
export const connection = z.object({
  /** In which the answer came; null where none came. */
  httpVersion: z.enum(['1.1', '2']).nullable(),
  /** Where it went through a proxy. */
  proxy: z.string().nullable(),
});

/** What was seen when a check was not up: enough to believe it without asking again. */
export const evidence = z.object({
  checkedAt: instant,
  outcome,
  /** The place from which it was asked; absent = from this installation. */
  location: z.string().optional(),
  /** One line for people: "expected status 200–399, got 503". */
  summary: z.string(),
  failures: z.array(z.object({ expected: z.string(), got: z.string() })),
  error: z.object({ kind: z.string(), message: z.string() }).nullable(),
  status: z.number().int().nullable(),
  address: z.string().nullable(),
  totalMs: ms,
  phases,
  certificateExpiresAt: instant.nullable(),
  /** Values of secret headers read `[secret]`. */
  headers: z.array(z.tuple([z.string(), z.string()])),
  /** Absent where it was plain HTTP/1.1, or another protocol. */
  connection: connection.optional(),
  bodyStart: z.string(),
  /** Only where a check is made in steps. */
  steps: z.array(stepRun).optional(),
  /**
   * What a browser left behind, and under which id. Of each monitor the last ten are kept, and the last
   * fifty of those that an open alert or an incident shows.
   */
  artefacts: z.object({ id: z.string(), monitorId: z.string(), picture: z.boolean(), trace: z.boolean() }).optional(),
});
export type Evidence = z.output<typeof evidence>;

export const timeWindow = z.enum(['1h', '24h', '7d', '30d', '90d']);
export type TimeWindow = z.output<typeof timeWindow>;

/** A stretch of time: a window that ends now, or two instants of one's own; without `to` it ends now. */
export const spanQuery = z.object({
  window: timeWindow.optional(),
  from: instant.optional(),
  to: instant.optional(),
});
export type SpanQuery = z.output<typeof spanQuery>;

export const uptime = z.object({
  from: instant,
  to: instant,
  /** Time-weighted over state intervals, rounded down to 0.001; null while nothing is known. */
  uptimePercent: z.number().min(0).max(100).nullable(),
  upSeconds: z.number(),
  degradedSeconds: z.number(),
  downSeconds: z.number(),
  /** This and what follows is left out of the percentage. */
  maintenanceSeconds: z.number(),
  unknownSeconds: z.number(),
  pausedSeconds: z.number(),
});
export type Uptime = z.output<typeof uptime>;

export const day = uptime.omit({ from: true, to: true }).extend({ date: z.iso.date() });
export type Day = z.output<typeof day>;

const percentiles = { p50Ms: ms.nullable(), p95Ms: ms.nullable(), p99Ms: ms.nullable(), count: z.number().int() };
export const latency = z.object({
  /** Null where the span was named by its instants. */
  window: timeWindow.nullable(),
  from: instant,
  to: instant,
  stepSeconds: z.number().int(),
  overall: z.object({ ...percentiles, phases }),
  /** In order; steps without an answered check are left out. Percentiles are exact to about 3 %, phases are means. */
  points: z.array(z.object({ at: instant, ...percentiles, phases })),
});
export type Latency = z.output<typeof latency>;

/** A stretch in which a monitor was in one state, cut to what was asked for. */
export const stateStretch = z.object({
  /** `maintenance`: planned work, whatever was seen in it. */
  state: monitorState.or(z.literal('maintenance')),
  from: instant,
  to: instant,
});
export type StateStretch = z.output<typeof stateStretch>;

/** Where checks come from: `home` is this installation, others are places where probes run. */
export const locationId = z.union([z.literal('home'), id('loc')]);

const tag = 'Monitors';
const params = idParams('mon');

export const listResults = defineRoute({
  method: 'get',
  path: '/monitors/{id}/results',
  permission: 'monitors.read',
  tag,
  summary: 'List the checks of a monitor, newest first',
  description:
    'Those of the last 30 days; with `from` and `to`, those that were due from the one and before the other.',
  params,
  query: pageQuery.extend({ locationId: locationId.optional(), from: instant.optional(), to: instant.optional() }),
  response: listOf(result),
});
export const listFailures = defineRoute({
  method: 'get',
  path: '/monitors/{id}/failures',
  permission: 'monitors.read',
  tag,
  summary: 'List failed and unknown checks with their evidence, newest first',
  params,
  query: pageQuery,
  response: listOf(evidence),
});
export const listStepRuns = defineRoute({
  method: 'get',
  path: '/monitors/{id}/steps',
  permission: 'monitors.read',
  tag,
  summary: 'List the last checks of a monitor that asks in steps, with how each step went; newest first',
  description:
    'The last 60 of each location are kept, without what they took from the answers; those that failed stand among the failures as well, for longer.',
  params,
  query: z.object({
    limit: z.coerce.number().int().min(1).max(60).default(60),
    locationId: locationId.optional(),
  }),
  response: z.object({
    items: z.array(
      result.pick({ locationId: true, dueAt: true, outcome: true, totalMs: true }).extend({
        steps: z.array(stepRun),
      }),
    ),
  }),
});
export const getArtefact = defineRoute({
  method: 'get',
  path: '/monitors/{id}/artefacts/{artefactId}',
  permission: 'monitors.read',
  tag,
  summary: 'Read what a browser left behind when a journey was not up: a picture of the page, or a trace',
  description:
    'A picture is a JPEG; a trace is a zip that Playwright’s trace viewer opens. Of each monitor the last ten are kept, and the last fifty of those that an open alert or an incident shows.',
  params: params.extend({ artefactId: id('art') }),
  query: z.object({ part: z.enum(['picture', 'trace']).default('picture') }),
  response: z.object({ takenAt: instant, contentType: z.string(), base64: z.string() }),
});
export const getLatency = defineRoute({
  method: 'get',
  path: '/monitors/{id}/latency',
  permission: 'monitors.read',
  tag,
  summary: 'Percentiles of the response time, and where it went, over a window or between two instants',
  description:
    'By default over the last 24 hours. Cut into at most 120 steps; further back than 30 days none is shorter than 15 minutes, and what is older than 100 days is gone.',
  params,
  query: spanQuery.extend({ locationId: locationId.optional() }),
  response: latency,
});
export const getUptime = defineRoute({
  method: 'get',
  path: '/monitors/{id}/uptime',
  permission: 'monitors.read',
  tag,
  summary: 'Uptime over a window or between two instants',
  description: 'By default over the last 30 days. Time-weighted, however far back it goes.',
  params,
  query: spanQuery,
  response: uptime,
});
export const listStates = defineRoute({
  method: 'get',
  path: '/monitors/{id}/states',
  permission: 'monitors.read',
  tag,
  summary: 'When a monitor was in which state, over a window or between two instants; oldest first',
  description:
    'By default over the last 24 hours. With more than 1,000 changes the last ones; `from` then says where they begin.',
  params,
  query: spanQuery,
  response: z.object({ from: instant, to: instant, items: z.array(stateStretch) }),
});
export const getDays = defineRoute({
  method: 'get',
  path: '/monitors/{id}/days',
  permission: 'monitors.read',
  tag,
  summary: 'Uptime day by day',
  description:
    'Days are cut in `timeZone` (an IANA name), by default the time zone of the workspace; the last day is today.',
  params,
  query: z.object({
    days: z.coerce.number().int().min(1).max(90).default(90),
    timeZone: z.string().max(64).optional(),
  }),
  response: z.object({ timeZone: z.string(), items: z.array(day) }),
});
