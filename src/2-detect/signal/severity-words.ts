import type { SignalSeverity } from '../alert/contract.ts';

const WORDS: Readonly<Record<SignalSeverity, readonly string[]>> = {
  critical: ['critical', 'crit', 'page', 'emergency', 'emerg', 'fatal', 'disaster', 'p1', 'sev1'],
  error: ['error', 'err', 'alert', 'major', 'high', 'p2', 'sev2'],
  warning: ['warning', 'warn', 'minor', 'medium', 'average', 'p3', 'sev3'],
  info: ['info', 'information', 'informational', 'notice', 'none', 'ok', 'low', 'debug', 'p4', 'p5', 'sev4', 'sev5'],
};

const BY_WORD = new Map<string, SignalSeverity>(
  Object.entries(WORDS).flatMap(([severity, words]) => words.map((word) => [word, severity as SignalSeverity])),
);

/** What the words of other tools mean here; anything else is an error, which pages: silence would be worse. */
export function severityOf(word: string | undefined): SignalSeverity {
  return BY_WORD.get((word ?? '').trim().toLowerCase()) ?? 'error';
}
