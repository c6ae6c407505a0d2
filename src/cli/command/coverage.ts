import { type CoverageFindingView, type CoverageReportView, proveCoverageRoute } from '#respond/contract';
import type { Api } from '../api.ts';
import { EXIT, type Io, type Outcome } from '../io.ts';
import { count, moment } from '../text.ts';

/** Goes through the next 30 days of every policy now. Exit code 3 when something was found. */
export async function coverage(api: Api, io: Io): Promise<Outcome> {
  const report = await api.call(proveCoverageRoute, {});
  const exitCode = report.count > 0 ? EXIT.attention : EXIT.ok;
  return { text: describe(report, io.now()), data: report, exitCode };
}

function describe({ policies, schedules, until, findings, count: found }: CoverageReportView, now: Date): string {
  const looked = `${policies === 1 ? '1 policy' : `${policies} policies`} and ${count(schedules, 'schedule')}`;
  const span = until === null ? '' : ` until ${moment(until, now)}`;
  if (found === 0) return `Covered${span}: ${looked}.`;
  const shown = findings.map((finding) => line(finding, now));
  const rest = found > findings.length ? [`… and ${found - findings.length} more`] : [];
  return [`${count(found, 'finding')} in ${looked}${span}.`, '', ...shown, ...rest].join('\n');
}

function line({ kind, policyName, from, until, text }: CoverageFindingView, now: Date): string {
  const when = kind === 'person' ? '' : ` ${moment(from, now)} to ${moment(until, now)}:`;
  return `! ${policyName}:${when} ${text}`;
}
