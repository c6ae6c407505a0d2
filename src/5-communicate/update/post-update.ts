import { audit } from '#access';
import { appendEntry, type Incident, readIncident, recordEffect } from '#declare';
import { actorUserId } from '#kernel/actor.ts';
import { conflict, invalid } from '#kernel/errors.ts';
import type { Ctx } from '#platform/ctx.ts';
import { publicTitleOf } from '../component/public-name.ts';
import { type ComponentRow, lockComponents, sayStatus, selectSaidBy } from '../component/store.ts';
import { updatePublished } from '../events.ts';
import { INCIDENT_STATUS_LABEL } from '../public/status.ts';
import { selectStatusPages, touchPages } from '../status-page/store.ts';
import { tellSubscribersJob } from '../subscriber/tell-subscribers-job.ts';
import { impactOf } from './impact.ts';
import { settlePromises } from './promises.ts';
import {
  insertUpdate,
  lockPublicIncident,
  type PublicIncidentRow,
  savePublicIncident,
  selectPagesOf,
  selectUpdates,
} from './store.ts';
import type { NewUpdate, SaidChange, Update } from './update.ts';

/**
 * Says it in public, in one transaction: the words, the components, the promise of the next update, the timeline, and
 * the messages to subscribers. Without components it stands on every published page; a final update without components
 * returns to operational what the incident had changed. An update of a drill is kept with the incident and goes nowhere.
 * Refuses suspected and closed incidents, and anything but a final word on a resolved or declined one.
 */
export async function postUpdate(ctx: Ctx, incidentId: string, wanted: NewUpdate): Promise<Update> {
  const incident = await readIncident(ctx, incidentId);
  refuseState(incident, wanted);
  const drill = incident.kind === 'drill';
  const before = await lockPublicIncident(ctx, incidentId);
  const components = await lockNamed(ctx, incidentId, wanted);
  const changes = changesOf(components, wanted);
  const nextUpdateBy = await settlePromises(ctx, incident, {
    final: wanted.status === 'resolved',
    nextUpdateInSeconds: wanted.nextUpdateInSeconds,
  });
  const update: Update = {
    id: ctx.newId('upd'),
    incidentId,
    title:
      wanted.title ??
      before?.title ??
      publicTitleOf(
        incident.title,
        changes.map(({ name }) => name),
      ),
    status: wanted.status,
    body: wanted.body,
    components: changes,
    postedAt: ctx.now,
    postedBy: actorUserId(ctx.actor),
    nextUpdateBy,
    notify: wanted.notify ?? true,
    drill,
    statusPageIds: drill ? [] : await pagesFor(ctx, incidentId, wanted, components),
  };
  if ((await selectUpdates(ctx, [incidentId])).length === 0) await tickFirst(ctx, update);
  await insertUpdate(ctx, update);
  if (!drill) await publish(ctx, incident, update, components, before);
  await tell(ctx, update);
  return update;
}

function refuseState({ state, reference }: Incident, { status }: NewUpdate): void {
  if (state === 'suspected') throw conflict(`${reference} is only suspected. Accept it first, then say so in public.`);
  if (state === 'declined' && status !== 'resolved') {
    throw conflict(`${reference} was a false alarm; only its correction can be posted.`);
  }

  if (state === 'closed') throw conflict(`${reference} is closed. Reopen it to say more.`);
  if (state === 'resolved' && status !== 'resolved') {
    throw conflict(`${reference} is resolved. Reopen it before saying that it is ${status}.`);
  }
}

async function lockNamed(ctx: Ctx, incidentId: string, wanted: NewUpdate): Promise<ComponentRow[]> {
  const ids =
    wanted.components?.map(({ id }) => id) ??
    (wanted.status === 'resolved' ? (await selectSaidBy(ctx, incidentId)).map(({ id }) => id) : []);
  if (ids.length === 0) return [];
  const rows = await lockComponents(ctx, ids);
  const missing = ids.find((id) => !rows.some((row) => row.id === id));
  if (missing) throw invalid('body.components', `There is no component ${missing} on a page of this workspace.`);
  return rows;
}

function changesOf(components: readonly ComponentRow[], wanted: NewUpdate): SaidChange[] {
  return components.map(({ id, name, status }) => ({
    id,
    name,
    from: status,
    to: wanted.components?.find((component) => component.id === id)?.status ?? 'operational',
  }));
}

/** Pages of the named components; else where the incident stands already; else every published page. */
async function pagesFor(
  ctx: Ctx,
  incidentId: string,
  wanted: NewUpdate,
  components: readonly ComponentRow[],
): Promise<string[]> {
  const named = (wanted.components ?? []).length > 0 ? components.map((component) => component.statusPageId) : [];
  const standing = await selectPagesOf(ctx, incidentId);
  const all = new Set([...named, ...standing]);
  if (all.size > 0) return [...all];
  return (await selectStatusPages(ctx)).filter((page) => page.published).map(({ id }) => id);
}

async function publish(
  ctx: Ctx,
  incident: Incident,
  update: Update,
  components: readonly ComponentRow[],
  before: PublicIncidentRow | undefined,
): Promise<void> {
  for (const change of update.components) {
    const row = components.find(({ id }) => id === change.id);
    if (row && change.to !== 'unknown' && change.to !== row.status) await sayStatus(ctx, row, change.to, incident.id);
  }
  const resolved = update.status === 'resolved';
  await savePublicIncident(
    ctx,
    {
      incidentId: incident.id,
      title: update.title,
      status: update.status,
      impact: impactOf(incident.severity),
      startedAt: incident.impactStartedAt,
      createdAt: before?.createdAt ?? ctx.now,
      updatedAt: ctx.now,
      monitoringAt: update.status === 'monitoring' ? (before?.monitoringAt ?? ctx.now) : (before?.monitoringAt ?? null),
      resolvedAt: resolved ? ctx.now : null,
      nextUpdateBy: update.nextUpdateBy,
    },
    update.statusPageIds,
  );
  await touchPages(ctx, update.statusPageIds);
  if (update.notify)
    await ctx.send(tellSubscribersJob, { workspaceId: ctx.workspaceId, updateId: update.id, afterId: null });
}

/** What declaring owed first is done; later updates are not it. */
async function tickFirst(ctx: Ctx, update: Update): Promise<void> {
  const where = update.drill
    ? 'drill: kept inside'
    : `on ${update.statusPageIds.length} status ${update.statusPageIds.length === 1 ? 'page' : 'pages'}`;
  await recordEffect(ctx, update.incidentId, {
    effect: 'first-update',
    state: 'done',
    detail: `Posted (${INCIDENT_STATUS_LABEL[update.status].toLowerCase()}), ${where}`,
  });
}

async function tell(ctx: Ctx, update: Update): Promise<void> {
  await appendEntry(ctx, update.incidentId, {
    type: 'update',
    text: update.body,
    visibility: update.drill ? 'internal' : 'public',
    data: {
      updateId: update.id,
      status: update.status,
      nextUpdateBy: update.nextUpdateBy?.toISOString() ?? null,
      components: update.components,
      drill: update.drill,
    },
    idempotencyKey: `update:${update.id}`,
  });
  await audit(ctx, {
    action: 'update.post',
    subjectId: update.id,
    detail: { incidentId: update.incidentId, status: update.status },
  });
  ctx.touch(`incident:${update.incidentId}`);
  ctx.touch('incidents');
  await ctx.publish(updatePublished, {
    updateId: update.id,
    incidentId: update.incidentId,
    status: update.status,
    at: ctx.now,
    drill: update.drill,
  });
}
