import {
  type CoverageFindingView,
  type CoverageReportView,
  type Gathered,
  gather,
  proveCoverageRoute,
} from '#respond/contract';
import type { Api } from '../api.ts';
import { EXIT, type Io, type Outcome } from '../io.ts';
import { count, moment } from '../text.ts';

/** What holds through all of the days. */
const ALWAYS: readonly CoverageFindingView['kind'][] = ['person', 'method', 'step'];

/** Goes through the next 30 days of every policy now. Exit code 3 when it has a hole; what is merely weak is listed below. */
export async function coverage(api: Api, io: Io): Promise<Outcome> {
  const report = await api.call(proveCoverageRoute, {});
  const exitCode = report.holes > 0 ? EXIT.attention : EXIT.ok;
  return { text: describe(report, io.now()), data: report, exitCode };
}

function describe(
  { policies, schedules, until, findings, holes, count: found }: CoverageReportView,
  now: Date,
): string {
  const looked = `${policies === 1 ? '1 policy' : `${policies} policies`} and ${count(schedules, 'schedule')}`;
  const span = until === null ? '' : ` until ${moment(until, now)}`;
  if (found === 0) return `Covered${span}: ${looked}.`;
  const shown = gather(findings).flatMap((one) => linesOf(one, now));
  const rest = found > findings.length ? [`… and ${found - findings.length} more`] : [];
  const first = holes === 0 ? `No hole${span}` : `${count(holes, 'hole')}${span}`;
  const weak = found > holes ? `, and ${count(found - holes, 'weaker point')}` : '';
  return [`${first} in ${looked}${weak}.`, '', ...shown, ...rest].join('\n');
}

/** One for each hole or other fault, however many hand-offs are in it; below it what else would happen, when that changes. */
function linesOf({ kind, isHole, policyName, what, consequences, stretches }: Gathered, now: Date): string[] {
  const [first, ...more] = stretches;
  const [would, ...later] = consequences;
  const moments = first && [first.startMs, first.endMs].map((ms) => moment(new Date(ms).toISOString(), now));
  const again = more.length === 0 ? '' : ` and ${count(more.length, 'more time')}`;
  const when = ALWAYS.includes(kind) || !moments ? '' : ` ${moments.join(' to ')}${again}:`;
  const fault = would === undefined ? what : `${what}. ${would.text}`;
  return [
    `${isHole ? '!' : '-'} ${policyName}:${when} ${fault}`,
    ...later.map(({ text, from }) => `    from ${moment(from, now)}: ${text}`),
  ];
}
