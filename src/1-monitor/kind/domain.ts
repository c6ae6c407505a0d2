import { z } from 'zod';
import { defineKind } from './kind.ts';

const days = z.number().int().min(0).max(3_650);

/** A registered domain name, and when its registration ends; its registry is asked (RDAP, RFC 9083). */
export const domain = defineKind({
  kind: 'domain',
  schemes: { domain: { port: 0, secure: false } },
  options: z.object({
    /** Fewer days left: degraded. */
    warnDays: days.default(30),
    /** Fewer days left: down. */
    downDays: days.default(7),
    /** Base address of an RDAP server, for registries that are not on IANA's list; null = whom that list names. */
    server: z
      .string()
      .trim()
      .url()
      .max(500)
      .regex(/^https?:/, 'expected http:// or https://')
      .nullable()
      .default(null),
  }),
  secrets: [],
  askedAbout: true,
  reached: ['server'],
  // Registries lock out whoever asks all the time, and it changes once a year.
  interval: { minSeconds: 3_600, usualSeconds: 21_600 },
  assertions: ['body', 'response-time'],
});
