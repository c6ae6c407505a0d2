import { z } from 'zod';
import { defineKind } from './kind.ts';

/** A host that answers ICMP echo requests. */
export const ping = defineKind({
  kind: 'ping',
  schemes: { ping: { port: 0, secure: false } },
  options: z.object({
    count: z.number().int().min(1).max(5).default(3),
    /** Up while no more than this is lost. */
    lossPercent: z.number().int().min(0).max(99).default(50),
  }),
  secrets: [],
  assertions: ['response-time'],
});
