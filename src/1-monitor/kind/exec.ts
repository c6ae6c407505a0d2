import { z } from 'zod';
import { defineKind } from './kind.ts';

/**
 * A program beside a probe, as Nagios has them: exit code 0 is up, 1 degraded, 2 down, 3 unknown. It is named, not
 * described: which programs there are, whoever runs the probe decides by a folder.
 */
export const exec = defineKind({
  kind: 'exec',
  schemes: { exec: { port: 0, secure: false } },
  options: z.object({
    /** One argument each; no shell reads them. `{secret}` in one stands for the secret. */
    args: z
      .array(
        z
          .string()
          .max(1_024)
          .regex(/^[^\0]*$/, 'must hold no NUL'),
      )
      .max(50)
      .default([]),
    secret: z
      .string()
      .max(1_024)
      .regex(/^[^\0]*$/, 'must hold no NUL')
      .nullable()
      .default(null),
  }),
  secrets: ['secret'],
  askedAbout: true,
  elsewhere: true,
  assertions: ['body', 'response-time'],
});
