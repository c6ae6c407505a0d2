import { Link } from '@tanstack/react-router';
import { mergeIntervals } from '#kernel/interval.ts';
import { type CoverageFindingView, type PagePlanView, readCoverage, readOnCall } from '#respond/contract';
import { useRead } from '../data/query.ts';
import { ErrorNote, Note } from '../ui/error-note.tsx';
import { formatDuration, plural } from '../ui/format.ts';
import { textLink } from '../ui/link.ts';
import { Person } from '../ui/avatar.tsx';
import { Row, Rows, Section } from '../ui/panel.tsx';
import { MissedDrills } from './missed-drills.tsx';
import { RelativeTime } from '../ui/time.tsx';
import { LoadingRows } from '../ui/skeleton.tsx';

/** Who would be paged now by the default policy, and who next; what is wrong with that stands below. */
export function OnCallNow() {
  const plan = useRead(readOnCall, { query: { severity: 'SEV1' } }, ['policies', 'members', 'settings']);
  if (plan.data === undefined) {
    return (
      <Section title="Who is paged">
        {plan.error === null ? <LoadingRows rows={2} /> : <ErrorNote error={plan.error} />}
      </Section>
    );
  }
  const { steps, findings, policy } = plan.data;
  // What is wrong with a person stands beside their name.
  const said = steps.flatMap(({ people }) => people.flatMap(({ unreachable }) => unreachable ?? []));
  const unsaid = findings.filter((finding) => !said.some((words) => finding.startsWith(words)));
  return (
    <Section title="Who is paged" aside={policy.name}>
      <Rows>
        {askedOnce(steps).map(({ step, times }) => (
          <Row key={step.step} className="flex items-start justify-between gap-3">
            <div className="grid min-w-0 gap-1">
              {step.people.map((person) => (
                <div key={person.userId} className="min-w-0">
                  <Person name={person.name} />
                  {person.unreachable === null ? null : <p className="text-xs text-bad-text">{person.unreachable}</p>}
                </div>
              ))}
              {step.people.length === 0 ? <span className="font-medium text-bad-text">nobody</span> : null}
            </div>
            <span className="num text-xs whitespace-nowrap text-muted">
              {times.map((seconds, index) => (
                <span key={seconds} className="block text-right">
                  {index === 0 ? '' : 'again '}
                  {seconds === 0 ? 'at once' : `after ${formatDuration(seconds)}`}
                </span>
              ))}
            </span>
          </Row>
        ))}
      </Rows>
      <Covered />
      <MissedDrills />
      {unsaid.length === 0 ? null : (
        <div className="mt-2 grid gap-2">
          {unsaid.map((finding) => (
            <Note key={finding} tone="warn">
              {finding}
            </Note>
          ))}
        </div>
      )}
    </Section>
  );
}

type Step = PagePlanView['steps'][number];

/** The same people in several steps stand there once, with every time at which they are asked. */
function askedOnce(steps: readonly Step[]): { readonly step: Step; readonly times: readonly number[] }[] {
  const begun = steps.map((step, index) => ({
    step,
    at: steps.slice(0, index).reduce((sum, { waitSeconds }) => sum + waitSeconds, 0),
  }));
  const groups = Map.groupBy(begun, ({ step }) =>
    step.people.length === 0
      ? `nobody in ${step.step}`
      : step.people
          .map(({ userId }) => userId)
          .toSorted()
          .join(),
  );
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    return first === undefined ? [] : [{ step: first.step, times: group.map(({ at }) => at) }];
  });
}

/** Whether the next 30 days hold, in a line. */
function Covered() {
  const { data } = useRead(readCoverage, {}, ['coverage']);
  if (data === undefined || data.until === null) return null;
  const holes = countHoles(data.findings);
  return (
    <p className="mt-2 text-xs text-muted">
      {holes === 0 ? (
        <>
          Somebody is reached at every moment until <RelativeTime at={data.until} show="absolute" />.
        </>
      ) : (
        <Link to="/on-call" className={textLink}>
          {plural(holes, 'hole')} in the next 30 days
        </Link>
      )}
    </p>
  );
}

/** Stretches of time without somebody, policy by policy: who else would be asked may change within one. */
function countHoles(findings: readonly CoverageFindingView[]): number {
  const holes = findings.filter(({ kind }) => kind === 'nobody' || kind === 'gap' || kind === 'fallback');
  return [...Map.groupBy(holes, ({ policyId }) => policyId).values()]
    .map((ofPolicy) =>
      mergeIntervals(ofPolicy.map(({ from, until }) => ({ startMs: Date.parse(from), endMs: Date.parse(until) }))),
    )
    .reduce((count, stretches) => count + stretches.length, 0);
}
