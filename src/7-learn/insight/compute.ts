import type { Alert } from '#detect';
import type { Incident, PromiseRow, TimelineEntry } from '#declare';
import { secondsBetween } from '#kernel/duration.ts';
import { milestonesOf, publicUpdateTimes } from '../postmortem/record.ts';
import type { Insights } from './contract.ts';
import { impactSeconds, longestSilenceSeconds, measure, MEASURES, percentile } from './milestone.ts';

export type InsightInput = {
  readonly from: Date;
  readonly to: Date;
  readonly now: Date;
  /** Every incident declared in the window, of whatever kind and state. */
  readonly incidents: readonly Incident[];
  readonly timelines: ReadonlyMap<string, readonly TimelineEntry[]>;
  readonly promises: readonly PromiseRow[];
  /** Alerts of the window that were not raised by a drill. */
  readonly alerts: readonly Alert[];
  readonly actionItems: Insights['actionItems'];
  readonly postmortems: readonly { readonly dueAt: Date; readonly publishedAt: Date | null }[];
};

const HOUR_SECONDS = 3_600;
const CADENCE = new Set(['first-update', 'next-update']);

/** The answers of the insights screen; drills, false alarms and what is only suspected do not count as incidents. */
export function computeInsights(input: InsightInput): Insights {
  const real = input.incidents.filter((incident) => incident.kind === 'real');
  const counted = real.filter((incident) => incident.state !== 'declined' && incident.state !== 'suspected');
  const ids = new Set(counted.map((incident) => incident.id));
  const timelineOf = (incident: Incident) => input.timelines.get(incident.id) ?? [];
  const silences = counted
    .filter((incident) => incident.customerFacing)
    .map((incident) => silenceOf(incident, timelineOf(incident)));
  const promises = input.promises.filter(
    (promise) => !promise.drill && promise.incidentId !== null && ids.has(promise.incidentId),
  );
  const cadence = promises.filter(
    (promise) => CADENCE.has(promise.kind) && (promise.state === 'kept' || promise.state === 'broken'),
  );
  return {
    from: input.from.toISOString(),
    to: input.to.toISOString(),
    incidents: counted.length,
    falseAlarms: real.filter((incident) => incident.state === 'declined').length,
    alerts: input.alerts.length,
    declaredShare: share(input.alerts.filter((alert) => alert.incidentId !== null).length, input.alerts.length),
    undeclaredOverAnHour: input.alerts.filter((alert) => isUndeclaredOverAnHour(alert, input.now)).length,
    times: timesOf(counted, timelineOf),
    severity: severityOf(counted, timelineOf),
    sources: sourcesOf(counted, input.alerts),
    promises: promiseCounts(promises),
    cadenceKept: share(cadence.filter((promise) => promise.state === 'kept').length, cadence.length),
    silence: silenceCounts(silences),
    impactSeconds: counted.reduce((sum, incident) => sum + impactOf(incident), 0),
    actionItems: input.actionItems,
    postmortems: {
      due: input.postmortems.length,
      onTime: input.postmortems.filter(({ dueAt, publishedAt }) => publishedAt !== null && publishedAt <= dueAt).length,
      late: input.postmortems.filter(({ dueAt, publishedAt }) => (publishedAt ?? input.now) > dueAt).length,
    },
    perIncident: counted.map((incident) => rowOf(incident, timelineOf(incident))),
  };
}

/** A share between 0 and 1, or null of nothing. */
function share(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}

function isUndeclaredOverAnHour(alert: Alert, now: Date): boolean {
  if (alert.incidentId !== null || alert.disposition !== null || alert.severity !== 'critical') return false;
  return secondsBetween(alert.firstSeenAt, alert.closedAt ?? now) > HOUR_SECONDS;
}

function timesOf(
  incidents: readonly Incident[],
  timelineOf: (incident: Incident) => readonly TimelineEntry[],
): Insights['times'] {
  const milestones = incidents.map((incident) => milestonesOf(incident, timelineOf(incident)));
  return MEASURES.map(({ key, title, definition }) => {
    const results = milestones.map((each) => measure(each, key));
    const seconds = results.flatMap((result) => (result.state === 'measured' ? [result.seconds] : []));
    return {
      key,
      title,
      definition,
      medianSeconds: percentile(seconds, 50),
      p90Seconds: percentile(seconds, 90),
      measured: seconds.length,
      missing: results.filter((result) => result.state === 'missing').length,
      invalid: results.filter((result) => result.state === 'invalid').length,
    };
  });
}

function severityOf(
  incidents: readonly Incident[],
  timelineOf: (incident: Incident) => readonly TimelineEntry[],
): Insights['severity'] {
  const declared = (incident: Incident) => {
    const first = timelineOf(incident).find(
      (entry) => entry.type === 'severity' && typeof entry.data['from'] === 'string',
    )?.data['from'];
    return typeof first === 'string' ? first : incident.severity;
  };
  return ['SEV1', 'SEV2', 'SEV3', 'SEV4'].map((severity) => ({
    severity,
    declared: incidents.filter((incident) => declared(incident) === severity).length,
    final: incidents.filter((incident) => incident.severity === severity).length,
  }));
}

/** What found each incident first: the source of its earliest alert, or a person. */
function sourcesOf(incidents: readonly Incident[], alerts: readonly Alert[]): Insights['sources'] {
  const sources = incidents.map((incident) => {
    const linked = alerts
      .filter((alert) => alert.incidentId === incident.id)
      .toSorted((a, b) => a.firstSeenAt.getTime() - b.firstSeenAt.getTime());
    return linked[0]?.source ?? 'person';
  });
  return [...Map.groupBy(sources, (source) => source)]
    .map(([source, list]) => ({ source, count: list.length }))
    .toSorted((a, b) => b.count - a.count);
}

function promiseCounts(promises: readonly PromiseRow[]): Insights['promises'] {
  return [...Map.groupBy(promises, (promise) => promise.kind)].map(([kind, list]) => {
    const count = (state: PromiseRow['state']) => list.filter((promise) => promise.state === state).length;
    return { kind, kept: count('kept'), broken: count('broken'), waived: count('waived'), pending: count('pending') };
  });
}

function silenceOf(incident: Incident, timeline: readonly TimelineEntry[]): number | null {
  return longestSilenceSeconds(incident.detectedAt, publicUpdateTimes(timeline), incident.resolvedAt);
}

function silenceCounts(silences: readonly (number | null)[]): Insights['silence'] {
  const known = silences.filter((seconds): seconds is number => seconds !== null);
  const over = (minutes: number) => known.filter((seconds) => seconds > minutes * 60).length;
  return {
    longestSeconds: known.length > 0 ? Math.max(...known) : null,
    over30m: over(30),
    over60m: over(60),
    over90m: over(90),
    incidents: known.length,
  };
}

function impactOf(incident: Incident): number {
  return impactSeconds(
    incident.impact.flatMap(({ startedAt, endedAt }) =>
      endedAt ? [{ startMs: startedAt.getTime(), endMs: endedAt.getTime() }] : [],
    ),
  );
}

function rowOf(incident: Incident, timeline: readonly TimelineEntry[]): Insights['perIncident'][number] {
  const milestones = milestonesOf(incident, timeline);
  const times = MEASURES.map(({ key }) => {
    const measured = measure(milestones, key);
    return [key, measured.state === 'measured' ? measured.seconds : null] as const;
  });
  return {
    id: incident.id,
    reference: incident.reference,
    title: incident.title,
    severity: incident.severity,
    declaredAt: incident.declaredAt.toISOString(),
    times: Object.fromEntries(times),
    longestSilenceSeconds: incident.customerFacing ? silenceOf(incident, timeline) : null,
  };
}
