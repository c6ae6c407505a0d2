import { allows, audit } from '#access';
import { AppError, conflict, invalid, notFound } from '#kernel/errors.ts';
import type { RouteInput } from '#kernel/route.ts';
import type { Ctx } from '#platform/ctx.ts';
import { newSecret } from '#platform/ids.ts';
import { digest } from '#platform/secrets.ts';
import { countVantages } from '../vantage/store.ts';
import type { changeLocation, createLocation } from './contract.ts';
import {
  findLocationByName,
  insertLocation,
  insertProbe,
  lockLocation,
  revokeProbes,
  selectProbe,
  updateLocation,
} from './store.ts';

/** Adds a place. Refuses a name that is taken, and networks from anybody but an owner. */
export async function addLocation(ctx: Ctx, wanted: RouteInput<typeof createLocation>['body']): Promise<string> {
  const { name, allowedTargets } = wanted;
  refuseNetworks(ctx, allowedTargets);
  await refuseTakenName(ctx, name, null);
  const id = ctx.newId('loc');
  await insertLocation(ctx, { id, name, allowedTargets, createdAt: ctx.now, archivedAt: null });
  await audit(ctx, { action: 'location.create', subjectId: id, detail: { name, allowedTargets } });
  ctx.touch('locations');
  return id;
}

/** Probes hear of other networks with their next question. Refuses what `addLocation` refuses. */
export async function editLocation(
  ctx: Ctx,
  locationId: string,
  change: RouteInput<typeof changeLocation>['body'],
): Promise<void> {
  await existing(ctx, locationId);
  if (change.allowedTargets !== undefined) refuseNetworks(ctx, change.allowedTargets, true);
  if (change.name !== undefined) await refuseTakenName(ctx, change.name, locationId);
  await updateLocation(ctx, locationId, {
    ...(change.name === undefined ? {} : { name: change.name }),
    ...(change.allowedTargets === undefined ? {} : { allowedTargets: change.allowedTargets }),
  });
  await audit(ctx, { action: 'location.change', subjectId: locationId, detail: change });
  ctx.touch('locations');
}

/** Gives a place up, with its probes. Refuses while monitors are asked from there. */
export async function giveUpLocation(ctx: Ctx, locationId: string): Promise<void> {
  const { name } = await existing(ctx, locationId);
  const monitors = await countVantages(ctx, locationId);
  if (monitors > 0)
    throw conflict(
      `${monitors} ${monitors === 1 ? 'monitor is' : 'monitors are'} asked from ${name}; ask them from elsewhere first.`,
    );
  await revokeProbes(ctx, { locationId });
  await updateLocation(ctx, locationId, { archivedAt: ctx.now });
  await audit(ctx, { action: 'location.archive', subjectId: locationId, detail: { name } });
  ctx.touch('locations');
}

/** Adds a probe to a place; the token is answered once and kept only as a digest. */
export async function addProbe(ctx: Ctx, locationId: string, name: string): Promise<{ id: string; token: string }> {
  await existing(ctx, locationId);
  const id = ctx.newId('prb');
  const token = newSecret('probe');
  await insertProbe(ctx, { id, locationId, name, tokenDigest: digest(token) });
  await audit(ctx, { action: 'probe.create', subjectId: id, detail: { name, locationId } });
  ctx.touch('locations');
  return { id, token };
}

export async function endProbe(ctx: Ctx, probeId: string): Promise<void> {
  const probe = await selectProbe(ctx, probeId);
  if (!probe) throw notFound('probe', probeId);
  if (probe.revokedAt) throw conflict(`${probe.name} is revoked already.`);
  await revokeProbes(ctx, { probeId });
  await audit(ctx, { action: 'probe.revoke', subjectId: probeId, detail: { name: probe.name } });
  ctx.touch('locations');
}

async function existing(ctx: Ctx, locationId: string) {
  const row = await lockLocation(ctx, locationId);
  if (!row) throw notFound('location', locationId);
  return row;
}

/** What may be reached beyond public addresses is the owner's word, there as here. */
function refuseNetworks(ctx: Ctx, networks: readonly string[], changes = false): void {
  if (networks.length === 0 && !changes) return;
  if (ctx.actor.kind === 'system' || allows(ctx.actor.role, 'targets.allow')) return;
  throw new AppError('forbidden', 'Which private networks probes may reach is for an owner to say.');
}

async function refuseTakenName(ctx: Ctx, name: string, except: string | null): Promise<void> {
  const taken = await findLocationByName(ctx, name);
  if (taken && taken.id !== except) throw invalid('body.name', 'there is a location of this name already');
}
