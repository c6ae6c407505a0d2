import type { HttpSpec } from './spec.ts';

/** A check of loopback for tests; give what matters. */
export function testSpec(given: Partial<HttpSpec>): HttpSpec {
  return {
    monitorId: 'mon_test',
    workspaceId: 'wrk_test',
    kind: 'http',
    url: 'http://127.0.0.1/',
    method: 'GET',
    headers: {},
    intervalMs: 1_000,
    timeoutMs: 1_000,
    maxRedirects: 5,
    assertions: [],
    maxBodyBytes: 1_000_000,
    allowedTargets: ['127.0.0.0/8', '::1/128'],
    paused: false,
    ...given,
  };
}
