import type { CoverageReportView } from '#respond/contract';
import { clip } from './layout.ts';
import type { Bar } from './rows.ts';
import type { Stretch } from './span.ts';

/** The gaps of the final row that are not over, as far as a span shows them. */
export function gapsAhead(bars: readonly Bar[], span: Stretch, nowMs: number): Stretch[] {
  return bars.flatMap((bar) => {
    const { kind, startMs, endMs } = bar;
    const shown = kind === 'gap' && endMs > nowMs ? clip({ startMs: Math.max(startMs, nowMs), endMs }, span) : null;
    return shown === null ? [] : [shown];
  });
}

/** What would happen to a page while nobody is on call by a schedule, as the proof of coverage found it. */
export function consequencesOf(
  stretch: Stretch,
  scheduleId: string,
  report: CoverageReportView | undefined,
  changedAt?: string,
): readonly string[] {
  if (report === undefined || report.provedAt === null || report.until === null) return [];
  if (stretch.startMs >= Date.parse(report.until)) return ['Too far ahead: coverage is proved for 30 days.'];
  const found = report.findings.filter(
    ({ kind, from, until, ...finding }) =>
      kind === 'gap' &&
      finding.scheduleId === scheduleId &&
      Date.parse(from) < stretch.endMs &&
      Date.parse(until) > stretch.startMs,
  );
  if (found.length === 0 && changedAt !== undefined && report.provedAt < changedAt)
    return ['Not looked at since the schedule was changed.'];
  if (found.length === 0) return ['By the last proof no page would ask this schedule then.'];
  const isOne = new Set(found.map(({ policyId }) => policyId)).size === 1;
  return [
    ...new Set(
      found.map(({ policyName, consequence, text }) =>
        isOne ? (consequence ?? text) : `By “${policyName}”: ${consequence ?? text}`,
      ),
    ),
  ];
}

export type GapGroup = { readonly gaps: readonly [Stretch, ...Stretch[]]; readonly words: readonly string[] };

/** Gaps with the same consequence together, in the order in which the first of each comes. */
export function gapGroups(gaps: readonly Stretch[], wordsOf: (gap: Stretch) => readonly string[]): GapGroup[] {
  const groups = new Map<string, { gaps: [Stretch, ...Stretch[]]; words: readonly string[] }>();
  for (const gap of gaps) {
    const words = wordsOf(gap);
    const group = groups.get(words.join('\n'));
    if (group === undefined) groups.set(words.join('\n'), { gaps: [gap], words });
    else group.gaps.push(gap);
  }
  return [...groups.values()];
}
