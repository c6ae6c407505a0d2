import type { Config } from '#platform/config.ts';

/**
 * True when a request cannot be shown to come from our own pages. Browsers say so by `Sec-Fetch-Site` (on HTTPS and
 * localhost) and by `Origin` (on every request that changes something); one that says neither counts as foreign.
 * Matters only together with a cookie: an API key is not sent by a browser on somebody else's behalf.
 */
export function isForeignOrigin(request: Request, config: Pick<Config, 'publicUrl'>): boolean {
  const site = request.headers.get('sec-fetch-site');
  if (site !== null) return site !== 'same-origin' && site !== 'none';
  const origin = request.headers.get('origin');
  if (origin === null) return true;
  if (origin === new URL(config.publicUrl).origin) return false;
  return URL.parse(origin)?.host !== (request.headers.get('host') ?? new URL(request.url).host);
}
