import type { PlannedStep } from './plan.ts';
import { sayHole } from './roster.ts';

/** What is wrong with a plan, in sentences; empty when it is sound. */
export function findingsOf(steps: readonly PlannedStep[]): string[] {
  const running = steps.filter(({ skipped, via }) => skipped === null && via === 'policy');
  const unreachable = new Set(
    steps.flatMap(({ people }) => people.flatMap(({ reach }) => (reach?.unreachable ? [reach.unreachable] : []))),
  );
  const asked = new Set(running.flatMap(({ people }) => people.map(({ userId }) => userId)));
  const fallback = steps.find(({ via }) => via === 'fallback');
  const findings: string[] = [];
  if (steps.some(({ via }) => via === 'nobody'))
    findings.push('Nobody can be reached: a page would only stand in the outbox.');
  else if (fallback)
    findings.push(
      `Nobody in the policy can be reached: ${fallback.people[0]?.reach?.name ?? 'the owner'} would be paged instead.`,
    );
  findings.push(...new Set(steps.flatMap(({ holes }) => holes.map((hole) => `${sayHole(hole)}.`))));
  findings.push(...[...unreachable].map((why) => `${why}.`));
  if (asked.size === 1) findings.push('Only one person is asked: if they sleep through it, nobody else is called.');
  return findings;
}
