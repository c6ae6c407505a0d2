import { z } from 'zod';
import { defineRoute } from '#access/contract';
import { id, idParams, instant, line, listOf, pageQuery, seconds } from '#kernel/schema.ts';
import { METRIC_TESTS } from '../kind/threshold.ts';
import { monitor, monitorRow } from '../monitor/contract.ts';

const fields = {
  name: line(120),
  serviceId: id('svc'),
  /** How the values are while all is well. */
  test: z.enum(METRIC_TESTS),
  value: z.number().finite(),
  /** Only what has not held for so long is a fault; 0 = the moment counts. */
  forSeconds: z.number().int().min(0).max(86_400),
  /** How often a value comes, counted from the last one. */
  periodSeconds: seconds(5, 31_536_000),
  /** How late it may be; then the monitor is unknown. */
  graceSeconds: seconds(1, 2_592_000),
};

export const createPushedValueBody = z.object({
  name: fields.name,
  serviceId: fields.serviceId.optional(),
  test: fields.test,
  value: fields.value,
  forSeconds: fields.forSeconds.default(0),
  periodSeconds: fields.periodSeconds.default(60),
  graceSeconds: fields.graceSeconds.default(60),
});
export type CreatePushedValueBody = z.output<typeof createPushedValueBody>;
export const editPushedValueBody = z.object(fields).partial();
export type EditPushedValueBody = z.output<typeof editPushedValueBody>;

const tag = 'Pushed values';
const params = idParams('mon');

export const listPushedValues = defineRoute({
  method: 'get',
  path: '/pushed-values',
  permission: 'monitors.read',
  tag,
  summary: 'List the monitors whose values are sent to us, which are of kind `value`',
  query: pageQuery,
  response: listOf(monitorRow),
});
export const getPushedValue = defineRoute({
  method: 'get',
  path: '/pushed-values/{id}',
  permission: 'monitors.read',
  tag,
  summary: 'Read a monitor whose values are sent to us',
  params,
  response: monitor,
});
export const postPushedValue = defineRoute({
  method: 'post',
  path: '/pushed-values',
  permission: 'monitors.manage',
  tag,
  summary: 'Add a monitor whose values are sent to us: silence is unknown, a value that does not hold is down',
  description:
    'The answer holds `pushedValue.pushUrl`: send `?value=12.5` to it, or a body `12.5` or `{"value": 12.5}`. Nothing is expected before the first value.',
  body: createPushedValueBody,
  response: monitor,
  status: 201,
});
export const listSamples = defineRoute({
  method: 'get',
  path: '/pushed-values/{id}/values',
  permission: 'monitors.read',
  tag,
  summary: 'List the last values of a monitor to which they are sent, newest first',
  description: 'The last 1,000 are kept, for 90 days.',
  params,
  query: pageQuery,
  response: listOf(
    z.object({
      /** Counts the values of this monitor from 1. */
      number: z.number().int(),
      at: instant,
      value: z.number(),
    }),
  ),
});
export const patchPushedValue = defineRoute({
  method: 'patch',
  path: '/pushed-values/{id}',
  permission: 'monitors.manage',
  tag,
  summary: 'Edit a monitor whose values are sent to us; the next value is judged by it',
  params,
  body: editPushedValueBody,
  response: monitor,
});
