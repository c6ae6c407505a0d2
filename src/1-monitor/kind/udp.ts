import { z } from 'zod';
import { defineKind } from './kind.ts';

const line = z.string().max(1_400);

/** A service that answers a datagram. */
export const udp = defineKind({
  kind: 'udp',
  schemes: { udp: { port: null, secure: false } },
  options: z.object({
    /** What is sent; `\r`, `\n`, `\t`, `\\` and `\x00` are written so. */
    send: line.nullable().default(null),
    /** Must be in an answer; nothing = any answer is enough. */
    expect: line.min(1).nullable().default(null),
  }),
  secrets: [],
  assertions: ['body', 'response-time'],
});
