import { z } from 'zod';
import { word } from './request-fields.ts';

/** How HTTP requests get to their target. */
export const ROAD_OPTIONS = z.object({
  /** `2` demands HTTP/2, without TLS too; `auto` takes it where the server offers it in TLS (ALPN). A number is as good. */
  httpVersion: z
    .preprocess((given) => (typeof given === 'number' ? String(given) : given), z.enum(['1.1', '2', 'auto']))
    .default('1.1'),
  /** `http://proxy.example.org:3128`, or https where TLS is spoken with the proxy, too; an account in it goes into the two below. */
  proxy: z.string().trim().max(2_048).nullable().default(null),
  proxyUser: word(256),
  proxyPassword: word(2_048),
});
export type Road = z.output<typeof ROAD_OPTIONS>;
