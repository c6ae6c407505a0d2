import { z } from 'zod';

/** An optional text on one line. */
export const word = (max: number) =>
  z
    .string()
    .max(max)
    .regex(/^[^\r\n\0]*$/, 'must be a single line')
    .nullable()
    .default(null);

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
  /** `2` demands HTTP/2, without TLS too; `auto` takes it where the server offers it in TLS (ALPN). A number is as good. */
  httpVersion: z
    .preprocess((given) => (typeof given === 'number' ? String(given) : given), z.enum(['1.1', '2', 'auto']))
    .default('1.1'),
  /** `http://proxy.example.org:3128`, or https where TLS is spoken with the proxy, too; an account in it goes into the two below. */
  proxy: z.string().trim().max(2_048).nullable().default(null),
  proxyUser: word(256),
  proxyPassword: word(2_048),
});
export type HttpOptions = z.output<typeof HTTP_OPTIONS>;

/** Stored sealed and read back as `[secret]`. */
export const HTTP_SECRETS = [
  'password',
  'bearerToken',
  'clientKeyPem',
  'proxyPassword',
] as const satisfies readonly (keyof HttpOptions)[];
