import { z } from 'zod';
import { authorities } from './authorities.ts';
import { defineKind } from './kind.ts';

const line = (max: number) =>
  z
    .string()
    .regex(/^[^\r\n\0]*$/, 'must be a single line')
    .max(max);

/** A server that tells its health itself, by the gRPC health checking protocol (`grpc.health.v1`). */
export const grpc = defineKind({
  kind: 'grpc',
  schemes: { grpc: { port: null, secure: false }, grpcs: { port: 443, secure: true } },
  options: z.object({
    /** One of its services by full name, `shop.v1.Orders`; null = the server as a whole. */
    service: line(256).nullable().default(null),
    /** Metadata `authorization`. */
    authorization: line(4_096).nullable().default(null),
    skipVerification: z.boolean().default(false),
    caPem: authorities,
  }),
  secrets: ['authorization'],
  assertions: ['response-time', 'certificate'],
});
