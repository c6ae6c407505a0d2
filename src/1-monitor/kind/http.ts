import { z } from 'zod';
import { word } from './request-fields.ts';
import { ROAD_OPTIONS } from './road.ts';

/** How an HTTP monitor signs in, and how it is carried. Everything else about its request stands in fields of its own. */
export const HTTP_OPTIONS = z.object({
  /** With `password`: basic authentication (RFC 7617), unless an Authorization header is given. */
  user: word(256),
  password: word(2_048),
  /** In place of them: `Authorization: Bearer …` (RFC 6750). */
  bearerToken: word(4_096),
  /** PEM, the chain after it; for servers that ask for a client certificate. */
  clientCertificatePem: z.string().max(50_000).nullable().default(null),
  clientKeyPem: z.string().max(20_000).nullable().default(null),
  ...ROAD_OPTIONS.shape,
});
export type HttpOptions = z.output<typeof HTTP_OPTIONS>;

/** Stored sealed and read back as `[secret]`. */
export const HTTP_SECRETS = [
  'password',
  'bearerToken',
  'clientKeyPem',
  'proxyPassword',
] as const satisfies readonly (keyof HttpOptions)[];
