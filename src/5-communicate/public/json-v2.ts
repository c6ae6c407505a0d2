import { markdownToText } from '#platform/markdown.ts';
import { createClockText } from './clock-text.ts';
import { incidentUrl } from './links.ts';
import type {
  ComponentStatus,
  ConfirmedStatus,
  Impact,
  PublicComponent,
  PublicIncident,
  PublicPage,
  PublicUpdate,
} from './page.ts';
import { STATUS_IMPACT, worstOf } from './status.ts';

/**
 * The page in the shapes of the Statuspage public API v2, which existing widgets, bots and clients read
 * (docs/integrations/statuspage-api.md). Keys and their order follow it; fields that we have no meaning for are null.
 */
export function jsonDocuments(page: PublicPage): Map<string, unknown> {
  const head = { page: pageJson(page) };
  const status = { status: rollUp(page) };
  const components = page.components.map((component) => componentJson(page, component));
  const unresolved = page.activeIncidents.map((incident) => incidentJson(page, incident));
  const incidents = [...page.activeIncidents, ...page.pastIncidents]
    .slice(0, 50)
    .map((incident) => incidentJson(page, incident));
  const noMaintenance = { ...head, scheduled_maintenances: [] };
  return new Map<string, unknown>([
    ['summary.json', { ...head, components, incidents: unresolved, scheduled_maintenances: [], ...status }],
    ['status.json', { ...head, ...status }],
    ['components.json', { ...head, components }],
    ['incidents.json', { ...head, incidents }],
    ['incidents/unresolved.json', { ...head, incidents: unresolved }],
    ['scheduled-maintenances.json', noMaintenance],
    ['scheduled-maintenances/upcoming.json', noMaintenance],
    ['scheduled-maintenances/active.json', noMaintenance],
  ]);
}

const DESCRIPTION = {
  none: 'All Systems Operational',
  minor: 'Partially Degraded Service',
  major: 'Partial System Outage',
  critical: 'Major Service Outage',
  maintenance: 'Service Under Maintenance',
} as const satisfies Record<Impact, string>;

const IMPACT_RANK = ['none', 'maintenance', 'minor', 'major', 'critical'] as const satisfies readonly Impact[];

/** Worst of the confirmed component statuses and the open incidents; what we cannot see is said in words only. */
function rollUp(page: PublicPage): { indicator: Impact; description: string } {
  const worst = worstOf(page.components.map((component) => component.confirmedStatus));
  const indicator = [
    ...(worst && worst !== 'unknown' ? [STATUS_IMPACT[worst]] : []),
    ...page.activeIncidents.map((incident) => incident.impact),
  ].reduce<Impact>((max, impact) => (IMPACT_RANK.indexOf(impact) > IMPACT_RANK.indexOf(max) ? impact : max), 'none');
  const unknown = page.components.filter((component) => component.status === 'unknown').length;
  if (unknown === 0) return { indicator, description: DESCRIPTION[indicator] };
  const which =
    unknown === page.components.length ? 'every component' : `${unknown} of ${page.components.length} components`;
  return { indicator, description: `Status Unknown for ${which} (last confirmed: ${DESCRIPTION[indicator]})` };
}

function pageJson(page: PublicPage) {
  return { id: page.id, name: page.name, url: page.url, time_zone: page.timeZone, updated_at: page.updatedAt };
}

function componentJson(page: PublicPage, component: PublicComponent) {
  return {
    id: component.id,
    name: component.name,
    status: component.confirmedStatus,
    created_at: component.createdAt,
    updated_at: component.updatedAt,
    position: component.position,
    description: descriptionOf(page, component),
    showcase: true,
    start_date: component.createdAt.slice(0, 10),
    group_id: null,
    page_id: page.id,
    group: false,
    only_show_if_degraded: false,
  };
}

function descriptionOf(page: PublicPage, component: PublicComponent): string | null {
  if (component.status !== 'unknown') return component.description;
  const since = component.statusSince
    ? ` since ${createClockText(page.timeZone, page.generatedAt).at(component.statusSince)}`
    : '';
  const truth = `Unknown${since}: we cannot see this component; the status is the last one confirmed.`;
  return component.description ? `${component.description} (${truth})` : truth;
}

function incidentJson(page: PublicPage, incident: PublicIncident) {
  const postmortem = page.postmortems.find(({ incidentId }) => incidentId === incident.id);
  return {
    id: incident.id,
    name: incident.name,
    status: postmortem && incident.status === 'resolved' ? 'postmortem' : incident.status,
    created_at: incident.createdAt,
    updated_at: incident.updatedAt,
    monitoring_at: incident.monitoringAt,
    resolved_at: incident.resolvedAt,
    impact: incident.impact,
    shortlink: incidentUrl(page, incident.id),
    started_at: incident.startedAt,
    page_id: page.id,
    incident_updates: incident.updates.map((update) => updateJson(incident, update)),
    components: page.components
      .filter((component) => incident.componentIds.includes(component.id))
      .map((component) => componentJson(page, component)),
    reminder_intervals: null,
    postmortem_body: postmortem ? markdownToText(postmortem.body) : null,
    postmortem_body_last_updated_at: postmortem?.publishedAt ?? null,
    postmortem_ignored: false,
    postmortem_notified_subscribers: false,
    postmortem_notified_twitter: false,
    postmortem_published_at: postmortem?.publishedAt ?? null,
  };
}

function updateJson(incident: PublicIncident, update: PublicUpdate) {
  const affected = update.components.map(({ componentId, name, from, to }) => ({
    code: componentId,
    name,
    old_status: confirmed(from),
    new_status: confirmed(to),
  }));
  return {
    id: update.id,
    status: update.status,
    body: markdownToText(update.body),
    incident_id: incident.id,
    created_at: update.createdAt,
    updated_at: update.updatedAt,
    display_at: update.displayAt,
    affected_components: affected.length > 0 ? affected : null,
    deliver_notifications: update.notified,
    custom_tweet: null,
    tweet_id: null,
  };
}

/** The format has no word for unknown, and our blindness must not read as their outage. */
function confirmed(status: ComponentStatus): ConfirmedStatus {
  return status === 'unknown' ? 'operational' : status;
}
