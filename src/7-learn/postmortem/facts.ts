import { promiseWords } from '#declare';
import { formatDuration } from '#kernel/duration.ts';
import { impactSeconds, longestSilenceSeconds, measure, MEASURES } from '../insight/milestone.ts';
import type { Fact } from './contract.ts';
import { type IncidentRecord, milestonesOf, publicUpdateTimes } from './record.ts';

/** Every number of a postmortem, each with the screen that shows where it comes from; what is not known says so. */
export function factsOf(record: IncidentRecord): Fact[] {
  return [...times(record), impact(record), silence(record), ...counts(record), promises(record)];
}

function times({ incident, timeline, worstCaseDetectionSeconds }: IncidentRecord): Fact[] {
  const milestones = milestonesOf(incident, timeline);
  return MEASURES.map(({ key, title, to }) => {
    const measured = measure(milestones, key);
    const evidence = `/incidents/${incident.id}`;
    if (measured.state === 'missing') return unknown(key, title, `no record of “${MILESTONE_NAMES[to]}”`, evidence);
    if (measured.state === 'invalid')
      return unknown(
        key,
        title,
        `the record runs backwards by ${formatDuration(-measured.seconds)}; correct the start of the impact`,
        evidence,
      );
    const worst =
      key === 'time-to-detect' && worstCaseDetectionSeconds !== null
        ? ` (at worst ${formatDuration(worstCaseDetectionSeconds)})`
        : '';
    return {
      key,
      label: title,
      text: formatDuration(measured.seconds) + worst,
      seconds: measured.seconds,
      known: true,
      evidence,
    };
  });
}

const MILESTONE_NAMES = {
  detectedAt: 'detected',
  declaredAt: 'declared',
  acknowledgedAt: 'page acknowledged',
  firstUpdateAt: 'first public update',
  mitigatedAt: 'mitigated',
  resolvedAt: 'resolved',
};

function unknown(key: string, label: string, why: string, evidence: string | null): Fact {
  return { key, label, text: `unknown: ${why}`, seconds: null, known: false, evidence };
}

function impact({ incident }: IncidentRecord): Fact {
  const evidence = `/incidents/${incident.id}`;
  if (incident.impact.some((interval) => interval.endedAt === null))
    return unknown('impact', 'Time with impact', 'the impact has not ended', evidence);
  const seconds = impactSeconds(
    incident.impact.map((i) => ({ startMs: i.startedAt.getTime(), endMs: i.endedAt?.getTime() ?? 0 })),
  );
  const stretches = incident.impact.length > 1 ? `, in ${incident.impact.length} stretches` : '';
  return {
    key: 'impact',
    label: 'Time with impact',
    text: formatDuration(seconds) + stretches,
    seconds,
    known: true,
    evidence,
  };
}

function silence({ incident, timeline }: IncidentRecord): Fact {
  const evidence = `/incidents/${incident.id}?show=public`;
  if (!incident.customerFacing)
    return {
      key: 'silence',
      label: 'Longest public silence',
      text: 'not customer-facing: nothing was owed in public',
      seconds: null,
      known: true,
      evidence,
    };
  const seconds = longestSilenceSeconds(incident.detectedAt, publicUpdateTimes(timeline), incident.resolvedAt);
  if (seconds === null) return unknown('silence', 'Longest public silence', 'the incident is not resolved', evidence);
  return {
    key: 'silence',
    label: 'Longest public silence',
    text: formatDuration(seconds),
    seconds,
    known: true,
    evidence,
  };
}

function counts({ incident, timeline, alerts, failedChecks, nameOf }: IncidentRecord): Fact[] {
  const plain = (key: string, label: string, text: string, evidence: string): Fact => ({
    key,
    label,
    text,
    seconds: null,
    known: true,
    evidence,
  });
  const at = `/incidents/${incident.id}`;
  const people = [...new Set(timeline.flatMap((entry) => (entry.actorUserId ? [entry.actorUserId] : [])))];
  const monitorId = alerts.find((alert) => alert.monitorId)?.monitorId;
  const acknowledged = timeline.filter((entry) => entry.type === 'page-acknowledged').length;
  return [
    monitorId
      ? plain('failed-checks', 'Failed checks', String(failedChecks), `/monitors/${monitorId}`)
      : unknown('failed-checks', 'Failed checks', 'no monitor is linked', at),
    plain('alerts', 'Alerts', String(alerts.length), at),
    plain(
      'pages',
      'Pages',
      `${timeline.filter((entry) => entry.type === 'page').length}, acknowledged ${acknowledged}`,
      `${at}?show=pages`,
    ),
    plain('updates', 'Public updates', String(publicUpdateTimes(timeline).length), `${at}?show=public`),
    plain('people', 'People who took part', people.length === 0 ? 'nobody' : people.map(nameOf).join(', '), at),
    plain('severity', 'Severity', severityPath(incident.severity, timeline), at),
  ];
}

/** `SEV2 → SEV1` from the changes on the timeline. */
function severityPath(final: string, timeline: IncidentRecord['timeline']): string {
  const first = timeline.find((entry) => entry.type === 'severity' && typeof entry.data['from'] === 'string')?.data[
    'from'
  ];
  return typeof first === 'string' && first !== final ? `${first} → ${final}` : final;
}

function promises({ incident, promises: owed }: IncidentRecord): Fact {
  const settled = owed.filter((promise) => promise.state === 'kept' || promise.state === 'broken');
  const broken = settled.filter((promise) => promise.state === 'broken');
  const names = broken.length > 0 ? `; broken: ${broken.map((promise) => promiseWords(promise.kind)).join(', ')}` : '';
  return {
    key: 'promises',
    label: 'Promises kept',
    text: settled.length === 0 ? 'none fell due' : `${settled.length - broken.length} of ${settled.length}${names}`,
    seconds: null,
    known: true,
    evidence: `/incidents/${incident.id}`,
  };
}
