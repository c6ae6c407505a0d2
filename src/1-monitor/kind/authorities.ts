import { z } from 'zod';

/** PEM of the authorities that are trusted in place of the system's; null = the system's. It is public and shown as it is. */
export const authorities = z.string().max(50_000).nullable().default(null);
