import { z } from 'zod';
import { authorities } from './authorities.ts';
import { defineKind } from './kind.ts';
import { METRIC_TESTS } from './threshold.ts';

const line = (max: number) =>
  z
    .string()
    .max(max)
    .regex(/^[^\r\n\0]*$/, 'must be a single line')
    .nullable()
    .default(null);

/** A PromQL query whose values must hold; of Prometheus and everything that answers like it. */
export const metric = defineKind({
  kind: 'metric',
  schemes: { https: { port: 443, secure: true }, http: { port: 80, secure: false } },
  options: z.object({
    /** With several series, each of them must hold. The default: whether everything that is scraped answers. */
    query: z.string().trim().min(1).max(4_096).default('up'),
    test: z.enum(METRIC_TESTS).default('at-least'),
    value: z.number().finite().default(1),
    /** Only what has not held for so long is a fault; 0 = the moment counts. */
    forSeconds: z.number().int().min(0).max(86_400).default(0),
    /** What it means when the query gives no value. */
    noData: z.enum(['unknown', 'down', 'up']).default('unknown'),
    user: line(256),
    password: line(2_048),
    bearerToken: line(4_096),
    /** Sent with the query, `X-Scope-OrgID: shop`. */
    headers: z
      .array(
        z
          .string()
          .max(2_048)
          .regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]+:[^\r\n\0]*$/, 'expected “Name: value”'),
      )
      .max(20)
      .default([]),
    skipVerification: z.boolean().default(false),
    caPem: authorities,
  }),
  secrets: ['password', 'bearerToken'],
  account: true,
  assertions: ['body', 'response-time'],
});
