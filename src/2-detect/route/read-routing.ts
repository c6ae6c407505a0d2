import { readWorkspace } from '#access';
import type { Ctx } from '#platform/ctx.ts';
import { onceATransaction } from '#platform/once-a-transaction.ts';
import type { Alert } from '../alert/alert.ts';
import { readStanding } from '../alert/standing-store.ts';
import type { Subject } from './condition.ts';
import type { RoutingView } from './contract.ts';
import { type CompiledRouting, compileRouting, FIRST_DOCUMENT, type Route } from './route.ts';
import { selectRouting } from './store.ts';
import { minuteOfWeek } from './week.ts';

/** The rules in use. */
export async function readRoutingView(ctx: Ctx): Promise<RoutingView> {
  const row = await selectRouting(ctx);
  const { routes, catchAll } = row?.document ?? FIRST_DOCUMENT;
  return {
    version: row?.version ?? 0,
    changedAt: row?.changedAt.toISOString() ?? null,
    changedBy: row?.changedBy ?? null,
    routes: [...routes],
    catchAll,
  };
}

/** Rules and time zone as one transaction uses them for all of its alerts. */
export type RoutingInUse = { readonly compiled: CompiledRouting; readonly timeZone: string };

const MOST_KEPT = 1_000;
type Kept = Map<string, { readonly version: number; readonly compiled: CompiledRouting }>;
/** Compiled rules by workspace, for each system in the process; the version says whether they are still those in use. */
const keptBy = new WeakMap<Ctx['config'], Kept>();

/** The rules in use, ready to be asked: looked up once a transaction, compiled once a version. */
export const routingInUse = onceATransaction(async (ctx: Ctx): Promise<RoutingInUse> => {
  const { routingVersion } = await readStanding(ctx);
  const compiled = await compiledOf(ctx, routingVersion);
  // Without a rule nothing asks what time it is.
  const timeZone = compiled.routes.length === 0 ? 'UTC' : (await readWorkspace(ctx)).timeZone;
  return { compiled, timeZone };
});

async function compiledOf(ctx: Ctx, version: number): Promise<CompiledRouting> {
  const kept: Kept = keptBy.get(ctx.config) ?? new Map();
  keptBy.set(ctx.config, kept);
  const hit = kept.get(ctx.workspaceId);
  if (hit?.version === version) return hit.compiled;
  const row = await selectRouting(ctx);
  const compiled = compileRouting(row?.document ?? FIRST_DOCUMENT);
  if (kept.size >= MOST_KEPT) kept.clear();
  kept.set(ctx.workspaceId, { version: row?.version ?? 0, compiled });
  return compiled;
}

/** The rule that took an alert, if it is still there. */
export async function routeTaken(ctx: Ctx, { routeId }: Pick<Alert, 'routeId'>): Promise<Route | null> {
  if (routeId === null) return null;
  const { compiled } = await routingInUse(ctx);
  return compiled.routes.find(({ route }) => route.id === routeId)?.route ?? null;
}

/** What the rules are asked about. */
export function subjectOf(
  alert: Pick<Alert, 'title' | 'severity' | 'source' | 'alertSourceId' | 'serviceId' | 'labels'>,
  at: Date,
  timeZone: string,
): Subject {
  const { title, severity, source, alertSourceId, serviceId, labels } = alert;
  return { title, severity, origin: source, alertSourceId, serviceId, labels, minute: minuteOfWeek(at, timeZone) };
}
