import { z } from 'zod';
import { defineRoute } from '#access/contract';
import { idParams } from '#kernel/schema.ts';
import { monitor } from '../monitor/contract.ts';

const tag = 'Monitors';
const params = idParams('mon');

export const rotateMonitorKey = defineRoute({
  method: 'post',
  path: '/monitors/{id}/key',
  permission: 'monitors.manage',
  tag,
  summary:
    'Give a heartbeat, or a monitor that values are sent to, a new address; the one before works on for a while, or is revoked at once',
  params,
  /** 0 revokes the address before; at most 30 days. */
  body: z.object({ graceSeconds: z.int().min(0).max(2_592_000).default(86_400) }),
  response: monitor,
});
export const revokePreviousMonitorKey = defineRoute({
  method: 'delete',
  path: '/monitors/{id}/previous-key',
  permission: 'monitors.manage',
  tag,
  summary: 'Revoke the address before the present one ahead of its time',
  params,
  response: monitor,
});
