import { componentsToRestore, draftUpdate, postUpdate, readUpdates } from '#communicate';
import { changeState, type Incident, readIncident, waivePromise } from '#declare';
import { conflict } from '#kernel/errors.ts';
import type { Ctx } from '#platform/ctx.ts';
import { readImpairments } from './impairments.ts';

export type Resolution = {
  /** The final update; absent = the shipped wording. */
  readonly body?: string | undefined;
  readonly confirmImpaired?: boolean | undefined;
  readonly skipPostReason?: string | undefined;
};

/**
 * Service is restored: posts the final update, which returns components to operational, and resolves, in one
 * transaction. The cause need not be known. Refused while something is impaired unless that is confirmed, and refused to
 * stay silent where components still look broken to the public.
 */
export async function resolveIncident(ctx: Ctx, incidentId: string, resolution: Resolution): Promise<Incident> {
  const incident = await readIncident(ctx, incidentId);
  const impaired =
    incident.state === 'active' || incident.state === 'mitigated' ? await readImpairments(ctx, incident) : [];
  if (impaired.length > 0 && resolution.confirmImpaired !== true) {
    throw conflict(
      `${impaired.join('. ')}. Resolve ${incident.reference} all the same by confirming it ("confirmImpaired": true).`,
    );
  }
  const silent = resolution.skipPostReason !== undefined;
  if (silent) await refuseSilence(ctx, incident);
  if (!silent && isPossible(incident) && (await isPublic(ctx, incident)))
    await postFinalUpdate(ctx, incident, resolution.body);
  await changeState(ctx, incidentId, {
    to: 'resolved',
    confirmedImpaired: impaired,
    skipPostReason: resolution.skipPostReason,
  });
  await waiveUpdates(ctx, incidentId);
  return await readIncident(ctx, incidentId);
}

/** Resolves an automatic incident that nobody has touched, and about which nothing was said. */
export async function resolveByItself(ctx: Ctx, incidentId: string): Promise<void> {
  const skipPostReason = 'nothing had been said in public';
  await changeState(ctx, incidentId, { to: 'resolved', automatic: true, skipPostReason });
  await waiveUpdates(ctx, incidentId);
}

/** Whether resolving has something to say in public: customers are affected, or they were told before. */
export async function isPublic(ctx: Ctx, incident: Incident): Promise<boolean> {
  return incident.customerFacing || (await readUpdates(ctx, [incident.id])).length > 0;
}

/** What the lifecycle refuses is refused by the change of state, with its reason. */
function isPossible(incident: Incident): boolean {
  return incident.state === 'active' || incident.state === 'mitigated';
}

async function postFinalUpdate(ctx: Ctx, incident: Incident, body: string | undefined) {
  const text = body ?? (await draftUpdate(ctx, incident.id, 'resolved')).body;
  const components = (await componentsToRestore(ctx, incident.id)).map(({ id }) => ({
    id,
    status: 'operational' as const,
  }));
  await postUpdate(ctx, incident.id, {
    status: 'resolved',
    body: text,
    ...(components.length > 0 ? { components } : {}),
  });
}

async function refuseSilence(ctx: Ctx, incident: Incident) {
  const touched = await componentsToRestore(ctx, incident.id);
  if (touched.length === 0) return;
  const names = touched.map(({ name }) => name).join(', ');
  throw conflict(
    `The status page still shows trouble with ${names}. Post the final update, which puts that right, instead of skipping it.`,
  );
}

/** Nothing more is owed to the public; what was broken stays broken. */
async function waiveUpdates(ctx: Ctx, incidentId: string) {
  await waivePromise(ctx, { kind: 'first-update', incidentId });
  await waivePromise(ctx, { kind: 'next-update', incidentId });
}
