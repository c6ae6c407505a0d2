/** What a person wants to know first about a failing check, read from whatever evidence an alert carries. */
export type Facts = {
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

/** Reads evidence of any origin; what is not there is null. */
export function readFacts(evidence: Readonly<Record<string, unknown>> | null): Facts {
  const text = (name: string) => {
    const value = evidence?.[name];
    return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
  };
  return { summary: text('summary'), phases: readPhases(evidence?.['phases']), said: firstLine(text('bodyStart')) };
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
