/** Far beyond what anybody's shifts or holidays need; each is what takes a reader of calendars long. */
const MOST = { times: 2_000, leftOut: 1_000, alike: 1_000, durationChars: 50 } as const;

/** What an iCalendar text asks for before it is read: the rules by which its entries repeat, each on one line. */
export type CalendarOutline = {
  readonly rules: readonly string[];
  /** Why the text is better not read, as the end of a sentence about it; null when it may be. */
  readonly fault: string | null;
};

/**
 * Looks through an iCalendar text. What searches foreign text must take time in proportion to it, however many line ends,
 * folds and beginnings of rules somebody put there; and what it would make a reader do is counted first.
 */
export function outlineCalendar(text: string): CalendarOutline {
  const lines = text
    .replaceAll('\r', '')
    .replaceAll(/\n[ \t]/g, '')
    .split('\n');
  const rules = lines.filter((line) => /^RRULE/i.test(line));
  return { rules, fault: faultOf(text, lines, rules) };
}

function faultOf(text: string, lines: readonly string[], rules: readonly string[]): string | null {
  // A reader writes what it does not understand to the log.
  if (/(?![\t\n\r])\p{Cc}/u.test(text)) return 'has control characters in it; export it again';
  if (rules.some((rule) => Number(/COUNT=\s*(\d+)/i.exec(rule)?.[1] ?? 0) > MOST.times))
    return `repeats an entry more than ${MOST.times} times; leave the count out or say a smaller one`;
  const leftOut = lines.filter((line) => /^EXDATE/i.test(line)).reduce((sum, line) => sum + line.split(',').length, 0);
  if (leftOut > MOST.leftOut) return `leaves out repeating entries on more than ${MOST.leftOut} days`;
  if (lines.some((line) => /^DURATION/i.test(line) && line.length > MOST.durationChars))
    return 'has a duration that cannot be read';
  if (mostAlike(lines) > MOST.alike) return `has more than ${MOST.alike} lines of one kind in an entry`;
  return null;
}

/** How often at most one property stands in one part of a calendar; what surrounds a part is counted anew after it. */
function mostAlike(lines: readonly string[]): number {
  let counts = new Map<string, number>();
  let most = 0;
  for (const line of lines) {
    const name = /^[A-Za-z0-9-]+/.exec(line)?.[0].toUpperCase() ?? '';
    if (name === 'BEGIN' || name === 'END') counts = new Map();
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    if (name !== 'BEGIN' && name !== 'END' && name !== '') most = Math.max(most, count);
  }
  return most;
}
