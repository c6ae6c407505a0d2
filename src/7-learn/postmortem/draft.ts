import { promiseWords } from '#declare';
import { formatDuration } from '#kernel/duration.ts';
import { factsOf } from './facts.ts';
import type { IncidentRecord } from './record.ts';
import { EMPTY_SECTIONS, type Sections } from './section.ts';

const QUIET = new Set(['effect', 'promise', 'page']);

/**
 * The first draft of a postmortem, made from the record alone: what it does not know stays empty for people to write,
 * and is never invented.
 */
export function draftSections(record: IncidentRecord): Sections {
  return {
    ...EMPTY_SECTIONS,
    summary: summary(record),
    timeline: timeline(record),
    impact: impact(record),
    'went-well': bullets(wentWell(record)),
    'went-badly': bullets(wentBadly(record)),
  };
}

function summary({ incident, alerts, ...record }: IncidentRecord): string {
  const length = factsOf({ incident, alerts, ...record }).find((fact) => fact.key === 'impact');
  const duration = length?.known ? `for ${length.text}` : 'for a time that the record does not show';
  const found = alerts[0]
    ? `It was found by the alert “${alerts[0].title}”.`
    : 'It was reported by a person; no alert is linked.';
  return `${incident.title}. Impact began at ${clock(incident.impactStartedAt, record.timeZone)} and lasted ${duration.replace(/^for /, '')}. ${found}`;
}

function timeline({ timeline: entries, timeZone, nameOf }: IncidentRecord): string {
  const told = entries
    .filter((entry) => !QUIET.has(entry.type))
    .toSorted((a, b) => a.occurredAt.getTime() - b.occurredAt.getTime() || a.seq - b.seq);
  const days = new Set(told.map((entry) => dayOf(entry.occurredAt, timeZone)));
  const [onlyDay] = days;
  const rows = told.map((entry) => {
    const who = entry.actorUserId ? nameOf(entry.actorUserId) : 'Allclear';
    const time =
      days.size > 1
        ? `${dayOf(entry.occurredAt, timeZone)} ${timeOf(entry.occurredAt, timeZone)}`
        : timeOf(entry.occurredAt, timeZone);
    return `| ${time} | ${cell(entry.type === 'update' ? `Public update: ${entry.text}` : entry.text)} | ${cell(who)} |`;
  });
  const zone = days.size === 1 ? `${onlyDay}, ${timeZone}` : timeZone;
  return [`| Time (${zone}) | What happened | Who |`, '| --- | --- | --- |', ...rows].join('\n');
}

function impact(record: IncidentRecord): string {
  const shown = factsOf(record).filter((fact) => ['impact', 'failed-checks', 'severity'].includes(fact.key));
  const services = record.incident.serviceIds.length;
  const lines = shown.map((fact) => `${fact.label}: ${fact.text}`);
  return bullets([
    ...lines,
    services === 0 ? 'Services: none linked' : `Services linked: ${services}`,
    'Customers affected: not recorded',
    'Revenue: not recorded',
  ]);
}

function wentWell({ incident, promises, worstCaseDetectionSeconds }: IncidentRecord): string[] {
  const kept = promises.filter((promise) => promise.state === 'kept');
  const detectSeconds = (incident.detectedAt.getTime() - incident.impactStartedAt.getTime()) / 1_000;
  const inTime = worstCaseDetectionSeconds !== null && detectSeconds >= 0 && detectSeconds <= worstCaseDetectionSeconds;
  return [
    ...kept.map((promise) => `Kept: ${promiseWords(promise.kind)}, ${early(promise.dueAt, promise.settledAt)}.`),
    ...(inTime
      ? [
          `Detected in ${formatDuration(detectSeconds)}, within the ${formatDuration(worstCaseDetectionSeconds)} that detection may take.`,
        ]
      : []),
  ];
}

function wentBadly({ promises, timeline: entries }: IncidentRecord): string[] {
  const broken = promises.filter((promise) => promise.state === 'broken');
  const unanswered =
    entries.some((entry) => entry.type === 'page') && !entries.some((entry) => entry.type === 'page-acknowledged');
  return [
    ...broken.map(
      (promise) =>
        `Broken: ${promiseWords(promise.kind)}, ${promise.settledAt ? `${formatDuration((promise.settledAt.getTime() - promise.dueAt.getTime()) / 1_000)} late` : 'never kept'}.`,
    ),
    ...(unanswered ? ['Pages went out and nobody acknowledged one.'] : []),
  ];
}

function early(dueAt: Date, settledAt: Date | null): string {
  return settledAt ? `${formatDuration((dueAt.getTime() - settledAt.getTime()) / 1_000)} before it was due` : 'in time';
}

function bullets(lines: readonly string[]): string {
  return lines.map((line) => `- ${line}`).join('\n');
}

/** Text inside a Markdown table. */
function cell(text: string): string {
  return text.replaceAll(/\s+/g, ' ').replaceAll('|', '\\|').trim();
}

function clock(instant: Date, timeZone: string): string {
  return `${dayOf(instant, timeZone)} ${timeOf(instant, timeZone)}`;
}

function dayOf(instant: Date, timeZone: string): string {
  return localOf(instant, timeZone).toPlainDate().toString();
}

function timeOf(instant: Date, timeZone: string): string {
  return localOf(instant, timeZone).toPlainTime().toString({ smallestUnit: 'second' });
}

function localOf(instant: Date, timeZone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(timeZone);
}
