import { readIncident } from '#declare';
import { conflict } from '#kernel/errors.ts';
import type { Ctx, System } from '#platform/ctx.ts';
import { publicTitleOf } from '../component/public-name.ts';
import { createClockText } from '../public/clock-text.ts';
import { statusSheet } from '../public/html/sheets.ts';
import { servedLinks } from '../public/links.ts';
import { publisherOf } from '../publishers.ts';
import { assemblePage } from '../status-page/assemble.ts';
import { readPageRecord } from '../status-page/load-public-page.ts';
import { selectStatusPages } from '../status-page/store.ts';
import { impactOf } from './impact.ts';
import { type Finding, lintUpdate } from './lint.ts';
import { nextUpdateDue } from './promises.ts';
import type { NewUpdate, Update } from './update.ts';

/** The public page as it would be after this update, and notes on the words. Publishes nothing. */
export async function previewUpdate(
  ctx: Ctx,
  system: System,
  incidentId: string,
  wanted: NewUpdate,
): Promise<{ readonly html: string; readonly findings: readonly Finding[] }> {
  const incident = await readIncident(ctx, incidentId);
  const [page] = await selectStatusPages(ctx);
  if (!page) throw conflict('This workspace has no status page.');
  const record = await readPageRecord(ctx, page);
  const before = record.incidents.find((row) => row.incidentId === incidentId);
  const nextUpdateBy =
    wanted.status === 'resolved' ? null : await nextUpdateDue(ctx, incident, wanted.nextUpdateInSeconds);
  const statusOf = new Map((wanted.components ?? []).map(({ id, status }) => [id, status]));
  const changes = record.components.flatMap(({ id, name, status }) => {
    const to = statusOf.get(id);
    return to ? [{ id, name, from: status, to }] : [];
  });
  const names = changes.map(({ name }) => name);
  const update: Update = {
    id: 'upd_preview',
    incidentId,
    title: wanted.title ?? before?.title ?? publicTitleOf(incident.title, names),
    status: wanted.status,
    body: wanted.body,
    components: changes,
    postedAt: ctx.now,
    postedBy: null,
    nextUpdateBy,
    notify: false,
    drill: false,
    statusPageIds: [page.id],
  };
  const row = {
    workspaceId: ctx.workspaceId,
    incidentId,
    title: update.title,
    status: update.status,
    impact: impactOf(incident.severity),
    startedAt: incident.impactStartedAt,
    createdAt: before?.createdAt ?? ctx.now,
    updatedAt: ctx.now,
    monitoringAt: before?.monitoringAt ?? null,
    resolvedAt: wanted.status === 'resolved' ? ctx.now : null,
    nextUpdateBy,
  };
  const shown = assemblePage(
    {
      ...record,
      incidents: [row, ...record.incidents.filter((other) => other.incidentId !== incidentId)],
      updates: [...record.updates, update],
      components: record.components.map((component) => ({
        ...component,
        status: statusOf.get(component.id) ?? component.status,
      })),
    },
    ctx.now,
  );
  const view = {
    page: shown,
    links: servedLinks(new URL(shown.url).pathname),
    clock: createClockText(shown.timeZone, shown.generatedAt),
    assets: publisherOf(system).assets,
  };
  return { html: statusSheet(view), findings: lintUpdate(wanted.body) };
}
