import type { SignalSeverity } from '../alert/contract.ts';
import type { MailRule } from './contract.ts';

/** The words of the monitoring tools that send plain mails. */
export const USUAL_RULE: MailRule = {
  resolvedWords: ['RESOLVED', 'RECOVERY', 'RECOVERED', 'OK', 'UP', 'CLEARED', 'CLOSED', 'back to normal'],
  ignoredWords: [
    'ACKNOWLEDGEMENT',
    'ACKNOWLEDGED',
    'DOWNTIMESTART',
    'DOWNTIMEEND',
    'DOWNTIMECANCELLED',
    'FLAPPINGSTART',
    'FLAPPINGSTOP',
    'FLAPPINGDISABLED',
  ],
  severity: 'error',
};

export type SubjectReading = {
  readonly outcome: 'firing' | 'resolved' | 'ignored';
  readonly title: string;
  /** The same for what is wrong and for its recovery: the subject without the words that tell the two apart. */
  readonly key: string;
  readonly severity: SignalSeverity;
};

const FIRING_WORDS = [
  'PROBLEM',
  'FIRING',
  'ALARM',
  'ALERTING',
  'TRIGGERED',
  'NOT OK',
  'UNRESOLVED',
  'DOWN',
  'UNREACHABLE',
];
const LEVELS: readonly (readonly [string, SignalSeverity])[] = [
  ['CRITICAL', 'critical'],
  ['DOWN', 'critical'],
  ['FATAL', 'critical'],
  ['EMERGENCY', 'critical'],
  ['ERROR', 'error'],
  ['UNREACHABLE', 'error'],
  ['UNKNOWN', 'warning'],
  ['WARNING', 'warning'],
  ['WARN', 'warning'],
  ['NOTICE', 'info'],
  ['INFO', 'info'],
];
const MAX_TITLE = 500;
/** A title, and what may stand around it. */
const MAX_READ = 1_000;
const MAX_KEY = 400;

/**
 * Reads a subject. The first word that says so decides: `** RECOVERY Service Alert: web1/HTTP is OK **` is over,
 * `PROBLEM: not OK` is not. monit's subjects, which name the event and the service, are known.
 */
export function readSubject(subject: string, rule: MailRule): SubjectReading {
  const clean = subject
    .replace(/\s+/g, ' ')
    // What trims the end looks at every run of stars, so it gets no more than makes a title.
    .slice(0, MAX_READ)
    .replace(/^(?:\s*(?:re|fwd?|aw|wg)\s*:)+/i, '')
    .replace(/^[\s*]+|[\s*]+$/g, '');
  const title = (clean === '' ? '(no subject)' : clean).slice(0, MAX_TITLE);
  return readMonit(title, rule) ?? readWords(title, rule);
}

function readWords(title: string, rule: MailRule): SubjectReading {
  const at = (words: readonly string[]) =>
    words.reduce((first, word) => Math.min(first, placeOf(word, title)), Number.POSITIVE_INFINITY);
  const ignored = at(rule.ignoredWords);
  const resolved = at(rule.resolvedWords);
  const firing = Math.min(at(FIRING_WORDS), at(LEVELS.map(([word]) => word)));
  const outcome = ignored < Math.min(resolved, firing) ? 'ignored' : resolved < firing ? 'resolved' : 'firing';
  const level = LEVELS.find(([word]) => placeOf(word, title) < Number.POSITIVE_INFINITY);
  const told = [...rule.ignoredWords, ...rule.resolvedWords, ...FIRING_WORDS, ...LEVELS.map(([word]) => word)];
  return { outcome, title, key: keyOf(title, told), severity: level?.[1] ?? rule.severity };
}

function placeOf(word: string, text: string): number {
  const place = patternOf(word, '').exec(text)?.index;
  return place ?? Number.POSITIVE_INFINITY;
}

/** A word stands by itself; short ones must be written just so, for "ok" and "up" stand in many a sentence. */
function patternOf(word: string, flags: 'g' | ''): RegExp {
  const escaped = RegExp.escape(word);
  return new RegExp(`(?<![\\p{L}\\p{N}])${escaped}(?![\\p{L}\\p{N}])`, `u${flags}${word.length > 3 ? 'i' : ''}`);
}

function keyOf(title: string, told: readonly string[]): string {
  const longestFirst = told.toSorted((a, b) => b.length - a.length);
  const rest = longestFirst
    .reduce((text, word) => text.replace(patternOf(word, 'g'), ' '), title)
    // `[FIRING:2]` leaves `[ :2]`: a count is no part of what it is about.
    .replace(/[[(]\s*:?\s*\d*\s*[\])]/g, ' ')
    .replace(/^[\s:;,.*-]+|[\s:;,.*-]+$/g, '')
    .replace(/\s+/g, ' ')
    .toLowerCase();
  return (rest === '' ? title.toLowerCase() : rest).slice(0, MAX_KEY);
}

const MONIT = /^monit alert\s*-+\s*(.+?)\s+(\S+)$/i;
const MONIT_OVER = /\s*\b(succeeded|recovery|recovered|up|ok|exists)$/i;
const MONIT_WRONG = /\s*\b(failed|matched|changed|exceeded|down|error)$/i;

/** `monit alert -- Connection failed nginx` and `… Connection succeeded nginx` are about the same. */
function readMonit(title: string, rule: MailRule): SubjectReading | null {
  const [, event = '', service = ''] = MONIT.exec(title) ?? [];
  if (event === '') return null;
  const key = (family: string) => `monit ${service} ${family}`.toLowerCase().slice(0, MAX_KEY);
  const severity = rule.severity;
  if (/^action done$/i.test(event)) return { outcome: 'ignored', title, key: key('action'), severity };
  if (/^does not exist$/i.test(event)) return { outcome: 'firing', title, key: key('existence'), severity };
  if (/^exists$/i.test(event)) return { outcome: 'resolved', title, key: key('existence'), severity };
  if (/^instance changed$/i.test(event)) return { outcome: 'firing', title, key: key('instance'), severity: 'info' };
  const outcome = MONIT_OVER.test(event) ? 'resolved' : 'firing';
  return { outcome, title, key: key(event.replace(MONIT_OVER, '').replace(MONIT_WRONG, '')), severity };
}
