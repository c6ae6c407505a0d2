import type { MonitorStretch, PlannedTimes } from '#monitor';
import { cutDays, dayGrid } from '../component/cut-days.ts';
import { blindSince, maintenanceSince, publicStretches } from '../component/measured.ts';
import type { ComponentIntervalRow, ComponentRow } from '../component/store.ts';
import { headlineOf } from '../public/headline.ts';
import type { PublicComponent, PublicIncident, PublicPage, PublicUpdate } from '../public/page.ts';
import { uptimeOf } from '../public/uptime.ts';
import type { PublicIncidentRow, PublicPostmortemRow } from '../update/store.ts';
import type { Update } from '../update/update.ts';
import type { StatusPageRow } from './store.ts';

export const DAYS_ON_PAGE = 90;

/** Everything that a page is made of, as read at one instant. */
export type PageRecord = {
  readonly page: StatusPageRow;
  readonly url: string;
  readonly components: readonly ComponentRow[];
  readonly said: readonly ComponentIntervalRow[];
  /** By service; drills are left out here. */
  readonly measured: readonly MonitorStretch[];
  readonly planned: PlannedTimes;
  /** Open and resolved, newest first. */
  readonly incidents: readonly PublicIncidentRow[];
  /** Of these incidents, oldest first. */
  readonly updates: readonly Update[];
  readonly postmortems: readonly PublicPostmortemRow[];
};

/** The one shape that everything public is built from. Pure: the same record at the same instant gives the same page. */
export function assemblePage(record: PageRecord, now: Date): PublicPage {
  const updatesOf = Map.groupBy(record.updates, (update) => update.incidentId);
  const incidents = record.incidents.map((row) => incidentOf(row, updatesOf.get(row.incidentId) ?? [], now));
  const active = incidents.filter((incident) => incident.resolvedAt === null);
  const components = componentsOf(record, incidents, now);
  const changes = [record.page.changedAt, ...record.incidents.map((row) => row.updatedAt)];
  return {
    id: record.page.id,
    name: record.page.name,
    slug: record.page.slug,
    url: record.url,
    timeZone: record.page.timeZone,
    generatedAt: now.toISOString(),
    updatedAt: new Date(Math.max(...changes.map((at) => at.getTime()))).toISOString(),
    headline: headlineOf(components, active),
    takesReports: record.page.reportSourceId !== null,
    components,
    activeIncidents: active,
    pastIncidents: incidents.filter((incident) => incident.resolvedAt !== null),
    postmortems: record.postmortems.map(({ incidentId, title, body, publishedAt }) => ({
      incidentId,
      title,
      body,
      publishedAt: publishedAt.toISOString(),
    })),
  };
}

function componentsOf(record: PageRecord, incidents: readonly PublicIncident[], now: Date): PublicComponent[] {
  const nowMs = now.getTime();
  const grid = dayGrid(record.page.timeZone, nowMs, DAYS_ON_PAGE);
  const saidOf = Map.groupBy(record.said, (interval) => interval.componentId);
  const measuredOf = Map.groupBy(record.measured, (interval) => interval.serviceId);
  return record.components.map((row) => {
    const measured = row.serviceId === null ? [] : (measuredOf.get(row.serviceId) ?? []);
    const touched = incidents
      .filter((incident) => incident.componentIds.includes(row.id))
      .map(({ id, startedAt, resolvedAt }) => ({
        id,
        startMs: Date.parse(startedAt),
        endMs: resolvedAt === null ? nowMs : Date.parse(resolvedAt),
      }));
    const said = (saidOf.get(row.id) ?? []).map(({ status, startedAt, endedAt }) => ({
      status,
      startMs: startedAt.getTime(),
      endMs: endedAt?.getTime() ?? nowMs,
    }));
    const planned = row.serviceId === null ? [] : record.planned.ofService(row.serviceId);
    const maintenance = planned.map(({ startMs, endMs }) => ({
      status: 'under_maintenance' as const,
      startMs,
      endMs: Math.min(endMs, nowMs),
    }));
    const days = cutDays(
      {
        createdMs: row.createdAt.getTime(),
        said: [...maintenance, ...said],
        measured: publicStretches(measured, touched, nowMs),
        incidents: touched,
      },
      grid,
    );
    const quiet = row.status === 'operational';
    const worked = quiet ? maintenanceSince(measured, planned, nowMs) : null;
    const blind = quiet && worked === null ? blindSince(measured) : null;
    return {
      id: row.id,
      name: row.name,
      description: row.description,
      status: worked ? 'under_maintenance' : blind ? 'unknown' : row.status,
      confirmedStatus: worked ? 'under_maintenance' : row.status,
      statusSince: (worked ?? blind ?? row.statusSince).toISOString(),
      position: row.position,
      createdAt: row.createdAt.toISOString(),
      updatedAt: row.updatedAt.toISOString(),
      days,
      uptime: uptimeOf(days),
    };
  });
}

function incidentOf(row: PublicIncidentRow, updates: readonly Update[], now: Date): PublicIncident {
  const by = row.resolvedAt === null ? row.nextUpdateBy : null;
  return {
    id: row.incidentId,
    name: row.title,
    status: row.status,
    impact: row.impact,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    startedAt: row.startedAt.toISOString(),
    monitoringAt: row.monitoringAt?.toISOString() ?? null,
    resolvedAt: row.resolvedAt?.toISOString() ?? null,
    nextUpdate: by && { by: by.toISOString(), state: by <= now ? 'late' : 'due' },
    updates: updates.map(updateOf).toReversed(),
    componentIds: [...new Set(updates.flatMap((update) => update.components.map(({ id }) => id)))],
  };
}

function updateOf(update: Update): PublicUpdate {
  const postedAt = update.postedAt.toISOString();
  return {
    id: update.id,
    status: update.status,
    body: update.body,
    displayAt: postedAt,
    createdAt: postedAt,
    updatedAt: postedAt,
    components: update.components.map(({ id, name, from, to }) => ({ componentId: id, name, from, to })),
    notified: update.notify,
  };
}

/** The last page we know, when we cannot read the present: nothing on it may stay green. */
export function withoutSight(page: PublicPage, now: Date): PublicPage {
  const components = page.components.map((component): PublicComponent => {
    if (component.status !== 'operational') return component;
    return { ...component, status: 'unknown', statusSince: page.generatedAt };
  });
  return {
    ...page,
    generatedAt: now.toISOString(),
    components,
    headline: {
      state: 'unknown',
      title: 'We cannot see the current state',
      detail: 'Our own monitoring has no answer. That does not mean that anything is down.',
    },
  };
}
