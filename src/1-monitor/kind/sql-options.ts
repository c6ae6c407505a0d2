import { z } from 'zod';
import { authorities } from './authorities.ts';

/** What a monitor asks a database, whichever it is. */
export const SQL_OPTIONS = z.object({
  user: z.string().max(256).nullable().default(null),
  password: z.string().max(2_048).nullable().default(null),
  /** `require`: TLS with any certificate; `verify-full`: with one that is trusted and for this host. */
  sslmode: z.enum(['disable', 'prefer', 'require', 'verify-full']).default('prefer'),
  /** With `verify-full`. */
  caPem: authorities,
  /** Runs in a transaction that may only read. */
  query: z.string().trim().min(1).max(2_048).default('select 1'),
  /** The first value of the first row, as text. */
  expect: z.string().max(2_048).nullable().default(null),
});
