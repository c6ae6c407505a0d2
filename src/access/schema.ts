import { z } from 'zod';
import { line } from '#kernel/schema.ts';

/** Pieces that several nouns of this stage share. */

export const ACCESS_ROLES = ['owner', 'admin', 'member', 'viewer'] as const;

export const accessRole = z.enum(ACCESS_ROLES);

export const email = z.string().trim().toLowerCase().max(254).regex(z.regexes.email, 'expected an email address');

export const personName = line(120);

/** At least 8 characters; the upper bound keeps hashing cheap. */
export const password = z.string().min(8, 'must have at least 8 characters').max(128);

/** A name of the IANA time zone database, such as `Europe/Berlin`. */
export const timeZone = z.string().min(1).max(64).refine(isTimeZone, 'expected a time zone such as Europe/Berlin');

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone.length > 0;
  } catch {
    return false;
  }
}
