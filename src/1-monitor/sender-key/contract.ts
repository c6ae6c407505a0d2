import { z } from 'zod';
import { defineRoute } from '#access/contract';
import { idParams, keyGrace } from '#kernel/schema.ts';
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
  body: z.object({ graceSeconds: keyGrace }),
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
