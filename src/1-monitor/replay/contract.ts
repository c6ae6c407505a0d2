import { z } from 'zod';
import { defineRoute } from '#access/contract';
import { idParams, instant } from '#kernel/schema.ts';
import { confirmPolicy } from '../monitor/question-fields.ts';

const outcome = z.object({
  /** How often it is said to be down. */
  downs: z.number().int(),
  downSeconds: z.number(),
  /** The newest at most, oldest first. */
  episodes: z.array(z.object({ since: instant, saidAt: instant, endedAt: instant.nullable() })),
});

export const policyReplay = z.object({
  from: instant,
  to: instant,
  checks: z.number().int(),
  /** By the policy that counts now. */
  now: outcome,
  proposed: outcome,
  /** Of the times that count now, so many would not have been said. */
  spared: z.number().int(),
  /** How much later on average; negative = earlier, null = they have none in common. */
  laterSeconds: z.number().nullable(),
});
export type PolicyReplay = z.output<typeof policyReplay>;

export const replayPolicy = defineRoute({
  method: 'post',
  path: '/monitors/{id}/replay',
  permission: 'monitors.read',
  tag: 'Monitors',
  summary: 'Ask the stored checks what another confirmation policy would have said; changes nothing',
  params: idParams('mon'),
  body: z.object({ confirm: confirmPolicy, days: z.number().int().min(1).max(30).default(30) }),
  response: policyReplay,
});
