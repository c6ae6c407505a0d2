import type { Road } from '../kind/road.ts';
import type { HttpSpec } from './spec.ts';

/** The way of a request in the engine's words; nothing for the usual one. */
export function roadOf(options: Road): Pick<HttpSpec, 'httpVersion' | 'proxy'> {
  const { httpVersion, proxy } = options;
  return {
    ...(httpVersion === '1.1' ? {} : { httpVersion }),
    ...(proxy === null ? {} : { proxy: { url: proxy, authorization: accountOf(options) } }),
  };
}

function accountOf({ proxyUser: user, proxyPassword: password }: Road): string | null {
  if (user === null && password === null) return null;
  return `Basic ${Buffer.from(`${user ?? ''}:${password ?? ''}`).toString('base64')}`;
}
