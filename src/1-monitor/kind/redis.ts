import { z } from 'zod';
import { authorities } from './authorities.ts';
import { defineKind } from './kind.ts';

/** Commands that only read, and answer at once and shortly. */
const READS = [
  'PING',
  'GET',
  'EXISTS',
  'TTL',
  'TYPE',
  'STRLEN',
  'LLEN',
  'SCARD',
  'ZCARD',
  'HLEN',
  'HGET',
  'XLEN',
  'DBSIZE',
  'INFO',
  'ROLE',
  'LASTSAVE',
] as const;

const PATTERN = new RegExp(`^(?:${READS.join('|')})(?:[ ]+[^\\s]+){0,3}$`, 'i');

/** A Redis server (or one that speaks like it) that answers. */
export const redis = defineKind({
  kind: 'redis',
  schemes: { redis: { port: 6379, secure: false }, rediss: { port: 6379, secure: true } },
  options: z.object({
    user: z.string().max(256).nullable().default(null),
    password: z.string().max(2_048).nullable().default(null),
    /** With its arguments; one that only reads. */
    command: z
      .string()
      .max(512)
      .regex(PATTERN, `must be one of ${READS.join(', ')}, and what it is about`)
      .default('PING'),
    /** Must be in the reply. */
    expect: z.string().min(1).max(2_048).nullable().default(null),
    /** With `rediss://`: accept any certificate. */
    skipVerification: z.boolean().default(false),
    caPem: authorities,
  }),
  secrets: ['password'],
  assertions: ['body', 'response-time', 'certificate'],
  account: true,
});
