import { z } from 'zod';
import { isSecretHeader } from '../check/secret-header.ts';
import { authorities } from './authorities.ts';
import { defineKind } from './kind.ts';

const HEADER = /^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,128}: ?[^\r\n\0]*$/;

/** A WebSocket that opens, and perhaps answers. */
export const websocket = defineKind({
  kind: 'websocket',
  schemes: { wss: { port: 443, secure: true }, ws: { port: 80, secure: false } },
  options: z.object({
    /** `Name: value`, each; what is secret goes into `authorization`. */
    headers: z
      .array(
        z.string().max(2_048).regex(HEADER, 'expected “Name: value”').refine(isOpen, 'is secret: use authorization'),
      )
      .max(20)
      .default([]),
    /** Sent as the header of that name, such as `Bearer …`. */
    authorization: z
      .string()
      .min(1)
      .max(4_096)
      .regex(/^[^\r\n\0]*$/)
      .nullable()
      .default(null),
    subprotocol: z
      .string()
      .max(120)
      .regex(/^[\w.!#$%&'*+^`|~-]*$/)
      .nullable()
      .default(null),
    /** Sent as a text message once it is open. */
    send: z.string().min(1).max(2_048).nullable().default(null),
    /** Must be in a message that comes; nothing = an open connection is enough. */
    expect: z.string().min(1).max(2_048).nullable().default(null),
    skipVerification: z.boolean().default(false),
    caPem: authorities,
  }),
  secrets: ['authorization'],
  assertions: ['body', 'response-time', 'certificate'],
});

function isOpen(line: string): boolean {
  return !isSecretHeader(line.slice(0, line.indexOf(':')));
}
