import { z } from 'zod';
import { defineRoute } from '#access/contract';
import { id, idParams, line, listOf, pageQuery, seconds } from '#kernel/schema.ts';
import { monitor, monitorRow } from '../monitor/contract.ts';

const fields = {
  name: line(120),
  serviceId: id('svc'),
  /** How often the job reports. */
  periodSeconds: seconds(5, 31_536_000),
  /** How late it may be; also how long a run may take after `/start`. */
  graceSeconds: seconds(1, 2_592_000),
};

export const createHeartbeatBody = z.object({
  name: fields.name,
  serviceId: fields.serviceId.optional(),
  periodSeconds: fields.periodSeconds,
  graceSeconds: fields.graceSeconds.default(60),
});
export type CreateHeartbeatBody = z.output<typeof createHeartbeatBody>;
export const editHeartbeatBody = z.object(fields).partial();
export type EditHeartbeatBody = z.output<typeof editHeartbeatBody>;

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
    'The answer holds `heartbeat.beatUrl`; append `/start`, `/fail` or an exit code. It is not armed before its first beat.',
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
