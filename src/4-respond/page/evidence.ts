import { type Alert, isSecretField, type ToldFacts, toldFacts, withoutLogin } from '#detect';

/** What a person wants to know first, read from whatever evidence an alert carries. */
export type Facts = Pick<ToldFacts, 'source' | 'lines' | 'fields' | 'links'> & {
  /** "expected status 200–399, got 503" */
  readonly summary: string | null;
  /** "dns 2 · tcp 11 · tls 24 · first byte 41 ms" */
  readonly phases: string | null;
  /** The first line of what the target answered. */
  readonly said: string | null;
};

const PHASES = [
  ['dnsMs', 'dns'],
  ['tcpMs', 'tcp'],
  ['tlsMs', 'tls'],
  ['firstByteMs', 'first byte'],
  ['transferMs', 'transfer'],
] as const;

const MAX_LINE = 160;
const MAX_SUMMARY = 300;
const MOST_LABELS = 20;
const MAX_LABEL = 200;
const NOTHING: Facts = { summary: null, phases: null, said: null, source: null, lines: [], fields: [], links: [] };

type Carrier = Pick<Alert, 'title' | 'url' | 'labels' | 'evidence'>;

/** Reads evidence of any origin; what is not there is null, or empty. */
export function readFacts(alert: Carrier | null): Facts {
  if (alert === null) return NOTHING;
  const { evidence } = alert;
  const text = (name: string) => {
    const value = evidence?.[name];
    return typeof value === 'string' && value.trim() !== ''
      ? withoutLogin(value).trim().slice(0, MAX_SUMMARY).toWellFormed()
      : null;
  };
  // A line of its own would stand without a mark.
  const summary = text('summary')?.replace(/\s+/g, ' ') ?? null;
  const told = toldFacts(alert);
  return {
    summary,
    phases: readPhases(evidence?.['phases']),
    said: firstLine(text('bodyStart')),
    ...told,
    // What the summary says already is not said again.
    lines: summary === null ? told.lines : told.lines.filter((line) => !summary.includes(line.replace(/…$/, ''))),
  };
}

/** The facts as lines of a message. What others wrote is marked, so that nothing of it passes for words of ours. */
export function factLines({ lines, fields, links }: Facts): string[] {
  return [
    ...lines.map((line) => `> ${line}`),
    ...fields.map(({ name, value }) => `· ${name}: ${value}`),
    ...links.map(({ href, text }) => `· ${text}: ${href}`),
  ];
}

/** The facts as programs read them; `summary` is there wherever a sender wrote anything. */
export function factsPayload(alert: Carrier) {
  const { lines, summary, fields: _, ...facts } = readFacts(alert);
  const labels = Object.entries(alert.labels)
    .filter(([name]) => !isSecretField(name))
    .slice(0, MOST_LABELS)
    .map(([name, value]) => [
      name.slice(0, MAX_LABEL).toWellFormed(),
      withoutLogin(value).slice(0, MAX_LABEL).toWellFormed(),
    ]);
  return {
    ...facts,
    summary: summary ?? (lines.length === 0 ? null : lines.join('\n')),
    labels: Object.fromEntries(labels) as Record<string, string>,
  };
}

function readPhases(phases: unknown): string | null {
  if (typeof phases !== 'object' || phases === null) return null;
  const record = phases as Readonly<Record<string, unknown>>;
  const parts = PHASES.flatMap(([key, name]) => {
    const value = record[key];
    return typeof value === 'number' ? [`${name} ${value < 10 ? Math.round(value * 10) / 10 : Math.round(value)}`] : [];
  });
  return parts.length === 0 ? null : `${parts.join(' · ')} ms`;
}

function firstLine(text: string | null): string | null {
  const line = text
    ?.replace(/<[^<>]*>/g, ' ')
    .split('\n')
    .map((part) => part.trim())
    .find((part) => part !== '');
  return line ? line.slice(0, MAX_LINE) : null;
}
