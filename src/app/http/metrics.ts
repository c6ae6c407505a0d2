import type { Context } from 'hono';
import { allows, authenticate } from '#access';
import { AppError } from '#kernel/errors.ts';
import type { System } from '#platform/ctx.ts';
import { METRICS_TYPE, renderMetrics } from '#platform/metrics.ts';
import { queueMetrics } from '#platform/queue-metrics.ts';
import type { Stage } from '#platform/stage.ts';

/**
 * `GET /metrics`, for Prometheus: the figures of every room, of the workspace of an API key that may read. There is no way in
 * without one, not from this machine either: behind a proxy on it everybody comes from there.
 */
export async function metrics(system: System, stages: readonly Stage[], c: Context): Promise<Response> {
  const identity = await authenticate(system, {
    authorization: c.req.header('authorization'),
    cookieHeader: c.req.header('cookie'),
    workspaceHeader: c.req.header('allclear-workspace'),
    channelHint: undefined,
  });
  if (!identity) throw new AppError('unauthenticated', 'Send an API key that may read as Authorization: Bearer <key>.');
  if (!identity.scopes.includes('read') || !allows(identity.role, 'metrics.read'))
    throw new AppError('forbidden', 'This API key may not read metrics.');
  const ctx = system.read(identity.who);
  const families = await Promise.all(stages.map(async (stage) => (await stage.metrics?.(ctx, system)) ?? []));
  const jobs = await queueMetrics(system.database);
  return c.body(renderMetrics([...families.flat(), ...jobs]), 200, {
    'content-type': METRICS_TYPE,
    'cache-control': 'no-store',
  });
}
