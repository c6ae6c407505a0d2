import { listDependencies, readTargetHosts, upstreamOf } from '#monitor';
import type { Ctx } from '#platform/ctx.ts';
import { rootsOf } from './fold.ts';
import { type Known, selectAffected, selectDown, selectMonitorIds, type Whose } from './store.ts';

/** What has to be known of services and monitors to fold a list. */
export async function knownOf(ctx: Ctx, whose: Whose): Promise<Known> {
  return { roots: await rootsIn(ctx, whose), hosts: await readTargetHosts(ctx, await selectMonitorIds(ctx, whose)) };
}

async function rootsIn(ctx: Ctx, whose: Whose): Promise<Known['roots']> {
  // One thing explains them all, which is known: their own services tell them apart.
  if ('explainedBy' in whose) return new Map();
  const affected = await selectAffected(ctx, whose);
  if (affected.length === 0) return new Map();
  const dependencies = await listDependencies(ctx);
  const upstream = new Set(affected.flatMap(({ serviceId }) => upstreamOf(dependencies, serviceId)));
  if (upstream.size === 0) return new Map();
  return rootsOf(affected, dependencies, await selectDown(ctx, [...upstream]));
}
