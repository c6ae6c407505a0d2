import type { Alert } from '#detect';
import type { Incident, PromiseRow, TimelineEntry } from '#declare';
import type { Milestones } from '../insight/milestone.ts';

/** Everything that the draft and the facts of a postmortem are made from; nothing else is known. */
export type IncidentRecord = {
  readonly incident: Incident;
  readonly timeline: readonly TimelineEntry[];
  readonly promises: readonly PromiseRow[];
  readonly alerts: readonly Alert[];
  /** Failed checks of the linked monitors between detection and the end. */
  readonly failedChecks: number;
  /** The longest that detection may take for the linked monitors; null when no monitor is linked. */
  readonly worstCaseDetectionSeconds: number | null;
  readonly timeZone: string;
  readonly nameOf: (userId: string) => string;
};

const firstOf = (timeline: readonly TimelineEntry[], test: (entry: TimelineEntry) => boolean): Date | null =>
  timeline
    .filter(test)
    .reduce<Date | null>((first, { occurredAt }) => (first === null || occurredAt < first ? occurredAt : first), null);

const isPublicUpdate = (entry: TimelineEntry) => entry.type === 'update' && entry.visibility === 'public';

/** When each public update was posted, in order. */
export function publicUpdateTimes(timeline: readonly TimelineEntry[]): Date[] {
  return timeline
    .filter(isPublicUpdate)
    .map((entry) => entry.occurredAt)
    .toSorted((a, b) => a.getTime() - b.getTime());
}

/** The milestones of an incident, as its record tells them. */
export function milestonesOf(incident: Incident, timeline: readonly TimelineEntry[]): Milestones {
  return {
    impactStartedAt: incident.impactStartedAt,
    detectedAt: incident.detectedAt,
    declaredAt: incident.declaredAt,
    acknowledgedAt: firstOf(timeline, (entry) => entry.type === 'page-acknowledged'),
    firstUpdateAt: firstOf(timeline, isPublicUpdate),
    mitigatedAt: incident.mitigatedAt,
    resolvedAt: incident.resolvedAt,
  };
}
