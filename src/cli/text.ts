import { formatDuration, secondsBetween } from '#kernel/duration.ts';

/** Rows as aligned columns; the last column is never padded. */
export function columns(rows: readonly (readonly string[])[], indent = ''): string {
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

/** `1 alert`, `3 alerts`. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

/** `90`, `90s`, `15m`, `2h`, `30d` as seconds; null for anything else. */
export function parseDuration(text: string): number | null {
  const match = /^(\d{1,7})\s*(s|m|min|h|d)?$/.exec(text.trim());
  if (!match) return null;
  const unit = { s: 1, m: 60, min: 60, h: 3_600, d: 86_400 }[match[2] ?? 's'] ?? 1;
  return Number(match[1]) * unit;
}
