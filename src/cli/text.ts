import { formatDuration, secondsBetween } from '#kernel/duration.ts';

/** A title of 1,024 characters would push every row of its table off the screen. */
const WIDEST = 60;

/** Rows as aligned columns, for people: what is too long for one is cut. The last column is neither cut nor padded. */
export function columns(whole: readonly (readonly string[])[], indent = ''): string {
  const rows = whole.map((row) => row.map((cell, i) => (i === row.length - 1 ? cell : cut(cell, WIDEST))));
  const widths: number[] = [];
  for (const row of rows) row.forEach((cell, i) => void (widths[i] = Math.max(widths[i] ?? 0, cell.length)));
  return rows
    .map(
      (row) =>
        indent +
        row
          .map((cell, i) => (i === row.length - 1 ? cell : cell.padEnd(widths[i] ?? 0)))
          .join('  ')
          .trimEnd(),
    )
    .join('\n');
}

/** `14:30 (in 12 m 00 s)`, with the day when it is not today; in the zone of the terminal. */
export function moment(iso: string, now: Date): string {
  const at = new Date(iso);
  const sameDay = at.toDateString() === now.toDateString();
  const clock = new Intl.DateTimeFormat('en-GB', {
    ...(sameDay ? {} : { day: 'numeric', month: 'short' }),
    hour: '2-digit',
    minute: '2-digit',
  }).format(at);
  const distance = secondsBetween(now, at);
  return `${clock} (${distance >= 0 ? `in ${formatDuration(distance)}` : `${formatDuration(-distance)} ago`})`;
}

/** `1 alert`, `3 alerts`, `2 people`. */
export function count(number: number, noun: string, plural = `${noun}s`): string {
  return `${number} ${number === 1 ? noun : plural}`;
}

/** On one line, and cut where it is long. */
export function shortened(text: string, most: number): string {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  return cut(line, most);
}

/** Half of a character is never left. */
function cut(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most - 1).replace(/[\ud800-\udbff]$/, '')}…` : text;
}

/** What a terminal would obey instead of showing; texts of senders are full of strangers' characters. */
const OBEYED = /(?!\r\n|[\n\t])[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu;

/** Text that a terminal only shows. */
export function harmless(text: string): string {
  return text.replaceAll(OBEYED, '\ufffd');
}

/** `90`, `90s`, `15m`, `2h`, `30d` as seconds; null for anything else. */
export function parseDuration(text: string): number | null {
  const match = /^(\d{1,7})\s*(s|m|min|h|d)?$/.exec(text.trim());
  if (!match) return null;
  const unit = { s: 1, m: 60, min: 60, h: 3_600, d: 86_400 }[match[2] ?? 's'] ?? 1;
  return Number(match[1]) * unit;
}

const MOST_NEAR = 3;

/** The few of some things whose names are most like a misspelt one, the nearest first. */
export function nearest<Thing>(
  name: string,
  things: readonly Thing[],
  namesOf: (thing: Thing) => readonly string[],
): Thing[] {
  const wanted = name.trim().toLowerCase();
  const farAt = Math.max(2, Math.floor(wanted.length / 3));
  return things
    .map((thing) => ({ thing, far: Math.min(...namesOf(thing).map((one) => farOff(wanted, one.toLowerCase()))) }))
    .filter(({ far }) => far <= farAt)
    .toSorted((a, b) => a.far - b.far)
    .slice(0, MOST_NEAR)
    .map(({ thing }) => thing);
}

/** How many letters have to be added, left out or changed; one for a part of the name that is long enough to mean it. */
function farOff(wanted: string, name: string): number {
  if (wanted.length > 2 && name.includes(wanted)) return 1;
  let before = Array.from({ length: name.length + 1 }, (_, i) => i);
  for (const [i, letter] of [...wanted].entries()) {
    const row = [i + 1];
    for (let j = 0; j < name.length; j++) {
      const changed = (before[j] ?? 0) + (letter === name[j] ? 0 : 1);
      row.push(Math.min(changed, (before[j + 1] ?? 0) + 1, (row[j] ?? 0) + 1));
    }
    before = row;
  }
  return before[name.length] ?? 0;
}
