import type { ComponentStatus, PublicDay } from './page.ts';
import { STATUS_CLASS, STATUS_LABEL } from './status.ts';

type Shown = Pick<PublicDay, 'worst'>;
export type BarClass = (typeof STATUS_CLASS)[ComponentStatus] | 'no';

/**
 * One path per colour for a drawing one unit high and one unit wide per day. Neighbouring days of a colour are one
 * stroke; the gaps between bars come from the stroke's dash pattern, which begins anew with each stroke. A quiet
 * quarter is thus 10 characters instead of 90 rectangles.
 */
export function barPaths(days: readonly Shown[]): { readonly className: BarClass; readonly path: string }[] {
  const paths = new Map<BarClass, { path: string; end: number }>();
  for (let start = 0; start < days.length;) {
    const worst = days[start]?.worst ?? null;
    let end = start + 1;
    while (end < days.length && (days[end]?.worst ?? null) === worst) end++;
    const className = worst === null ? 'no' : STATUS_CLASS[worst];
    const drawn = paths.get(className);
    const move = drawn ? `${drawn.path}m${start - drawn.end} 0` : `M${start} 0`;
    paths.set(className, { path: `${move}h${end - start}`, end });
    start = end;
  }
  return [...paths].map(([className, { path }]) => ({ className, path }));
}

/** What the drawing shows, in words: `90 days: 87 operational, 2 partial outage, 1 unknown`. */
export function barsText(days: readonly Shown[]): string {
  const counts = new Map<string, number>();
  for (const { worst } of days) {
    const word = worst === null ? 'without data' : STATUS_LABEL[worst].toLowerCase();
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return `${days.length} days: ${[...counts].map(([word, count]) => `${count} ${word}`).join(', ')}`;
}
