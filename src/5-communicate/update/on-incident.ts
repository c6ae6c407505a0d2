import { type Incident, readIncident, recordEffect } from '#declare';
import type { Ctx } from '#platform/ctx.ts';
import { createClockText } from '../public/clock-text.ts';
import { selectPagesOf, amendPublicIncident, lockPublicIncident, selectUpdates } from './store.ts';
import { touchPages } from '../status-page/store.ts';
import { draftUpdate } from './draft-update.ts';
import { impactOf } from './impact.ts';
import { postUpdate } from './post-update.ts';
import { promiseFirstUpdate, promiseNextUpdate, waiveUpdatePromises } from './promises.ts';

const EFFECT = 'first-update';

/** Declared or accepted: the draft is ready and the clock of the first update runs, from detection. */
export async function startCommunication(ctx: Ctx, incident: Incident): Promise<void> {
  if (incident.state === 'suspected') return;
  if (!incident.customerFacing) {
    await recordEffect(ctx, incident.id, {
      effect: EFFECT,
      state: 'skipped',
      detail: 'Customers do not notice: no public update is owed',
    });
    return;
  }
  const dueAt = await promiseFirstUpdate(ctx, incident);
  const at = dueAt && createClockText('UTC', ctx.now.toISOString()).at(dueAt.toISOString());
  await recordEffect(
    ctx,
    incident.id,
    at
      ? { effect: EFFECT, state: 'pending', detail: `A draft is ready; it is owed to the public by ${at}` }
      : {
          effect: EFFECT,
          state: 'skipped',
          detail: `${incident.severity} owes no public update; a draft is ready all the same`,
        },
  );
}

/** Another severity has another clock. What was promised to the public stays promised; the next update promises anew. */
export async function followSeverity(ctx: Ctx, incident: Incident): Promise<void> {
  if (await amendPublicIncident(ctx, incident.id, { impact: impactOf(incident.severity) })) {
    await touchPages(ctx, await selectPagesOf(ctx, incident.id));
  }
  if (await hasUpdates(ctx, incident.id)) return;
  await waiveUpdatePromises(ctx, incident.id);
  await startCommunication(ctx, incident);
}

/** The customer-facing flag decides whether the public clocks run; the start of the impact is shown on the page. */
export async function followEdit(ctx: Ctx, incident: Incident, before: Incident): Promise<void> {
  if (await amendPublicIncident(ctx, incident.id, { startedAt: incident.impactStartedAt })) {
    await touchPages(ctx, await selectPagesOf(ctx, incident.id));
  }
  if (incident.customerFacing === before.customerFacing) return;
  await waiveUpdatePromises(ctx, incident.id);
  if (!isOpen(incident)) return;
  if (incident.customerFacing && (await hasUpdates(ctx, incident.id))) await promiseNextUpdate(ctx, incident);
  else await startCommunication(ctx, incident);
}

/** A false alarm is corrected where it was public; a reopened incident has new clocks; a closed one owes nothing. */
export async function followState(ctx: Ctx, incident: Incident, from: Incident['state']): Promise<void> {
  if (incident.state === 'declined') return withdraw(ctx, incident);
  if (incident.state === 'closed') return waiveUpdatePromises(ctx, incident.id);
  const reopened = incident.state === 'active' && (from === 'resolved' || from === 'closed');
  if (reopened && incident.customerFacing) await promiseNextUpdate(ctx, incident);
}

async function withdraw(ctx: Ctx, incident: Incident): Promise<void> {
  await waiveUpdatePromises(ctx, incident.id);
  const known = await lockPublicIncident(ctx, incident.id);
  if (!known || known.resolvedAt !== null) return;
  const { body } = await draftUpdate(ctx, incident.id);
  await postUpdate(ctx, incident.id, { status: 'resolved', body });
}

/** A broken promise shows on the page. */
export async function showBrokenPromise(ctx: Ctx, incidentId: string | null): Promise<void> {
  if (incidentId === null) return;
  const incident = await readIncident(ctx, incidentId);
  if (incident.kind === 'real') ctx.touch('status-pages');
}

async function hasUpdates(ctx: Ctx, incidentId: string): Promise<boolean> {
  return (await selectUpdates(ctx, [incidentId])).length > 0;
}

function isOpen(incident: Incident): boolean {
  return incident.state === 'active' || incident.state === 'mitigated';
}
