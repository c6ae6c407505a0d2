import { z } from 'zod';
import { defineRoute, timeZone } from '#access/contract';
import { id, idParams, instant, line, listOf, pageQuery, seconds } from '#kernel/schema.ts';
import { monitor, monitorRow } from '../monitor/contract.ts';

const fields = {
  name: line(120),
  serviceId: id('svc'),
  /** How often the job reports, counted from its last beat. */
  periodSeconds: seconds(5, 31_536_000),
  /** Instead of a period: five fields (lists, ranges, steps, names, `L`) or `@daily`, in `timeZone`. */
  cron: z.string().trim().min(1, 'must not be empty').max(200),
  timeZone,
  /** How late it may be. */
  graceSeconds: seconds(1, 2_592_000),
  /** How long a run may take after `/start`; null: as long as the grace. */
  maxRunSeconds: seconds(1, 2_592_000).nullable(),
};

/** Exactly one of `periodSeconds` and `cron`. */
export const createHeartbeatBody = z.object({
  name: fields.name,
  serviceId: fields.serviceId.optional(),
  periodSeconds: fields.periodSeconds.optional(),
  cron: fields.cron.optional(),
  /** Of the cron expression; by default that of the workspace. */
  timeZone: fields.timeZone.optional(),
  graceSeconds: fields.graceSeconds.default(60),
  maxRunSeconds: fields.maxRunSeconds.default(null),
});
export type CreateHeartbeatBody = z.input<typeof createHeartbeatBody>;
export const editHeartbeatBody = z.object(fields).partial();
export type EditHeartbeatBody = z.output<typeof editHeartbeatBody>;

export const beatKind = z.enum(['start', 'success', 'failure', 'log', 'missed']);
export const beat = z.object({
  /** Counts the beats of this heartbeat from 1. */
  number: z.number().int(),
  at: instant,
  kind: beatKind,
  exitCode: z.number().int().nullable(),
  /** From the start with the same run id. */
  durationMs: z.number().nullable(),
  runId: z.string().nullable(),
  /** From where it came. */
  address: z.string().nullable(),
  agent: z.string().nullable(),
  /** Characters of what it said. */
  logLength: z.number().int(),
});
export type BeatView = z.output<typeof beat>;

const tag = 'Heartbeats';
const params = idParams('mon');

export const listHeartbeats = defineRoute({
  method: 'get',
  path: '/heartbeats',
  permission: 'monitors.read',
  tag,
  summary: 'List the heartbeats, which are monitors of kind `heartbeat`',
  query: pageQuery,
  response: listOf(monitorRow),
});
export const previewHeartbeat = defineRoute({
  method: 'get',
  path: '/heartbeats/preview',
  permission: 'monitors.read',
  tag,
  summary: 'When a cron expression comes next, before it is saved',
  description: 'An expression that cannot be read is no error here: `fault` says in words what is wrong with it.',
  query: z.object({ cron: z.string().max(200).default(''), timeZone: fields.timeZone.optional() }),
  response: z.object({
    timeZone: z.string(),
    /** The next five times. */
    next: z.array(instant),
    /** The longest stretch between two times. */
    periodSeconds: z.number().int().nullable(),
    fault: z.string().nullable(),
  }),
});
export const getHeartbeat = defineRoute({
  method: 'get',
  path: '/heartbeats/{id}',
  permission: 'monitors.read',
  tag,
  summary: 'Read a heartbeat',
  params,
  response: monitor,
});
export const postHeartbeat = defineRoute({
  method: 'post',
  path: '/heartbeats',
  permission: 'monitors.manage',
  tag,
  summary: 'Add a heartbeat: a job that must report, where silence is failure',
  description:
    'It reports by `periodSeconds`, or at the times of `cron`. The answer holds `heartbeat.beatUrl`; append `/start`, `/fail`, `/log` or an exit code. It is not armed before its first beat.',
  body: createHeartbeatBody,
  response: monitor,
  status: 201,
});
export const patchHeartbeat = defineRoute({
  method: 'patch',
  path: '/heartbeats/{id}',
  permission: 'monitors.manage',
  tag,
  summary: 'Edit a heartbeat',
  params,
  body: editHeartbeatBody,
  response: monitor,
});
export const listBeats = defineRoute({
  method: 'get',
  path: '/heartbeats/{id}/beats',
  permission: 'monitors.read',
  tag,
  summary: 'List the last beats of a heartbeat and when one was missed, newest first',
  description: 'The last 1,000 are kept, for 90 days.',
  params,
  query: pageQuery.extend({ kind: beatKind.optional() }),
  response: listOf(beat),
});
export const getBeatLog = defineRoute({
  method: 'get',
  path: '/heartbeats/{id}/beats/{number}',
  permission: 'monitors.read',
  tag,
  summary: 'Read what a beat said: the end of its body, at most 10,000 characters',
  params: params.extend({ number: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER) }),
  response: z.object({ log: z.string() }),
});
