import type { Ctx } from '#platform/ctx.ts';
import { monitorPorts } from '../ports.ts';
import { listStateIntervals } from '../state-interval/list-state-intervals.ts';
import { type Stretch, uptimeOf } from '../state-interval/uptime.ts';
import { readMonitors } from '../monitor/read-monitors.ts';
import { budgetLine, budgetOf, budgetSeconds, burnRateOf, type SloWindow, type Span, spanOf } from './burn.ts';
import type { Slo, SloIncident } from './contract.ts';
import type { SloRow } from './store.ts';

const BURN_NOW_MINUTES = 60;
const LINE_STEPS = 120;

export function windowOf({ windowDays, timeZone }: SloRow): SloWindow {
  return windowDays === null ? { kind: 'month', timeZone: timeZone ?? 'UTC' } : { kind: 'rolling', days: windowDays };
}

/** What its monitors were in a span. */
export function readStretches(ctx: Ctx, slo: SloRow, from: Date): ReturnType<typeof listStateIntervals> {
  const of = slo.serviceId === null ? { monitorIds: slo.monitorIds } : { serviceIds: [slo.serviceId] };
  return listStateIntervals(ctx, { ...of, from, to: ctx.now });
}

/** An SLO with what its window comes to now. */
export async function presentSlo(ctx: Ctx, slo: SloRow): Promise<Slo> {
  const span = spanOf(windowOf(slo), ctx.now);
  const lookBack = new Date(ctx.now.getTime() - BURN_NOW_MINUTES * 60_000);
  const stretches = await readStretches(ctx, slo, span.from < lookBack ? span.from : lookBack);
  const budget = budgetOf(stretches, slo.objective, span, ctx.now);
  return {
    id: slo.id,
    name: slo.name,
    serviceId: slo.serviceId,
    serviceName: slo.serviceName,
    monitorIds: [...slo.monitorIds],
    objective: slo.objective,
    window: windowOf(slo) as Slo['window'],
    alerts: [...slo.alerts],
    from: span.from.toISOString(),
    to: span.to.toISOString(),
    ...budget,
    leftPercent: percentOf(budget.leftSeconds, budget.budgetSeconds),
    burnRate: burnRateOf(stretches, slo.objective, BURN_NOW_MINUTES, ctx.now),
    criticalSince: slo.criticalSince?.toISOString() ?? null,
    warningSince: slo.warningSince?.toISOString() ?? null,
    createdAt: slo.createdAt.toISOString(),
  };
}

/** The budget along the window, and what each incident of its services burned. */
export async function readBudget(ctx: Ctx, slo: SloRow) {
  const span = spanOf(windowOf(slo), ctx.now);
  const stretches = await readStretches(ctx, slo, span.from);
  const points = budgetLine(stretches, slo.objective, span, ctx.now, LINE_STEPS);
  return {
    from: span.from.toISOString(),
    to: span.to.toISOString(),
    points: points.map(({ at, leftSeconds }) => ({ at: at.toISOString(), leftSeconds })),
    incidents: await burnedByIncidents(ctx, slo, stretches, span),
  };
}

async function burnedByIncidents(
  ctx: Ctx,
  slo: SloRow,
  stretches: readonly Stretch[],
  span: Span,
): Promise<SloIncident[]> {
  const serviceIds = await servicesOf(ctx, slo);
  const incidents = await monitorPorts().incidentsOfServices(ctx, serviceIds, span.from, ctx.now);
  const all = budgetSeconds(slo.objective, span);
  return incidents
    .map(({ startedAt, endedAt, ...incident }) => {
      const from = startedAt > span.from ? startedAt : span.from;
      const { downSeconds } = uptimeOf(stretches, from, endedAt ?? ctx.now, ctx.now);
      return {
        ...incident,
        startedAt: startedAt.toISOString(),
        endedAt: endedAt?.toISOString() ?? null,
        burnedSeconds: downSeconds,
        burnedPercent: percentOf(downSeconds, all),
      };
    })
    .toSorted((a, b) => b.burnedSeconds - a.burnedSeconds);
}

/** The services that it speaks of: its own, or those of its monitors. */
export async function servicesOf(ctx: Ctx, slo: SloRow): Promise<string[]> {
  if (slo.serviceId !== null) return [slo.serviceId];
  return [...new Set((await readMonitors(ctx, slo.monitorIds)).map(({ serviceId }) => serviceId))];
}

/** To a tenth; −120 when more than twice the budget is spent. */
function percentOf(part: number, whole: number): number {
  return Math.floor((part / whole) * 1_000) / 10;
}
