import { z } from 'zod';
import { CHECK_LIMITS } from '../check/limits.ts';
import { headerName } from './assertion.ts';

/** Pieces of a request, as monitors of more than one kind have them. */
export const requestMethod = z.enum(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

const headerValue = z
  .string()
  .max(4_096)
  .regex(/^[^\r\n\0]*$/, 'must be a single line');

/** Values of secret headers are read back as `[secret]`; sending that back keeps what is stored. */
export const requestHeaders = z
  .record(headerName, headerValue)
  .refine(
    (headers) => Object.keys(headers).length <= CHECK_LIMITS.requestHeaders,
    `at most ${CHECK_LIMITS.requestHeaders} headers`,
  );

/** An optional text on one line. */
export const word = (max: number) =>
  z
    .string()
    .max(max)
    .regex(/^[^\r\n\0]*$/, 'must be a single line')
    .nullable()
    .default(null);
