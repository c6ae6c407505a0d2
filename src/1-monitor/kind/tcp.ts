import { z } from 'zod';
import { authorities } from './authorities.ts';
import { defineKind } from './kind.ts';

const line = z.string().min(1).max(2_048).nullable();

/** A port that accepts connections, and perhaps says what it should. */
export const tcp = defineKind({
  kind: 'tcp',
  schemes: { tcp: { port: null, secure: false }, tls: { port: 443, secure: true } },
  options: z.object({
    /** Sent once connected; `\r`, `\n`, `\t` and `\\` are written so. */
    send: line.default(null),
    /** Must come back within the timeout; nothing = a connection is enough. */
    expect: line.default(null),
    /** With `tls://`: accept any certificate; its end is still read. */
    skipVerification: z.boolean().default(false),
    caPem: authorities,
  }),
  secrets: [],
  assertions: ['body', 'response-time', 'certificate'],
});
