import { readWorkspace } from '#access';
import { type Incident, keepPromise, levelOf, openPromise, waivePromise } from '#declare';
import type { Ctx } from '#platform/ctx.ts';
import { firstUpdateClock, type Hours, nextUpdateClock } from './clocks.ts';

const OWED_BY = 'communications-lead';

async function readHours(ctx: Ctx): Promise<Hours> {
  return readWorkspace(ctx);
}

/** Starts the clock of the first public update, from detection. Answers with its due time; null when the level has none. */
export async function promiseFirstUpdate(ctx: Ctx, incident: Incident): Promise<Date | null> {
  const clock = firstUpdateClock(await levelOf(ctx, incident), incident.detectedAt, await readHours(ctx));
  if (!clock) return null;
  await openPromise(ctx, {
    kind: 'first-update',
    incidentId: incident.id,
    owedBy: OWED_BY,
    ...clock,
    drill: incident.kind === 'drill',
  });
  return clock.dueAt;
}

/** When the next update would be due if one were posted now; null when none is asked for. */
export async function nextUpdateDue(ctx: Ctx, incident: Incident, chosenSeconds?: number): Promise<Date | null> {
  const clock = nextUpdateClock(await levelOf(ctx, incident), ctx.now, await readHours(ctx), chosenSeconds);
  return clock?.dueAt ?? null;
}

/** Keeps what an update keeps and starts the clock of the next one, unless it is the last. */
export async function settlePromises(
  ctx: Ctx,
  incident: Incident,
  update: { readonly final: boolean; readonly nextUpdateInSeconds?: number | undefined },
): Promise<Date | null> {
  await keepPromise(ctx, { kind: 'first-update', incidentId: incident.id }, ctx.now);
  await keepPromise(ctx, { kind: 'next-update', incidentId: incident.id }, ctx.now);
  return update.final ? null : promiseNextUpdate(ctx, incident, update.nextUpdateInSeconds);
}

export async function promiseNextUpdate(ctx: Ctx, incident: Incident, chosenSeconds?: number): Promise<Date | null> {
  const clock = nextUpdateClock(await levelOf(ctx, incident), ctx.now, await readHours(ctx), chosenSeconds);
  if (!clock) return null;
  await openPromise(ctx, {
    kind: 'next-update',
    incidentId: incident.id,
    owedBy: OWED_BY,
    ...clock,
    drill: incident.kind === 'drill',
  });
  return clock.dueAt;
}

/** Nothing is owed to the public any more. */
export async function waiveUpdatePromises(ctx: Ctx, incidentId: string): Promise<void> {
  await waivePromise(ctx, { kind: 'first-update', incidentId });
  await waivePromise(ctx, { kind: 'next-update', incidentId });
}
