import { formatDuration } from '#kernel/duration.ts';
import type { PlannedStep } from '../escalation/plan.ts';

export type StepFault = { readonly kind: 'step'; readonly text: string; readonly consequence: string };

/**
 * Steps that ask one person alone whenever they run, in a policy that asks others as well: no hole, but whoever misses it
 * costs everybody the step's wait. Each step once, whoever it is by turns.
 */
export function stepFaults(steps: readonly PlannedStep[]): StepFault[] {
  const running = steps.filter(({ skipped, via }) => skipped === null && via === 'policy');
  const everybody = new Set(running.flatMap(({ people }) => people.map(({ userId }) => userId)));
  if (everybody.size < 2) return [];
  const last = Math.max(...running.map(({ step }) => step));
  return [...Map.groupBy(running, ({ step }) => step)]
    .filter(([, times]) => times.every(({ people }) => people.length === 1))
    .toSorted(([one], [other]) => one - other)
    .flatMap(([step, times]) => {
      const people = times.flatMap((time) => time.people);
      const who = new Set(people.map(({ userId }) => userId));
      const name = people[0]?.reach?.name ?? 'somebody';
      const waits = formatDuration(Math.max(...times.map(({ waitSeconds }) => waitSeconds)));
      const alone = who.size === 1 ? `${name} alone` : 'one person at a time';
      const consequence =
        step < last
          ? `If they miss a SEV1, nobody else is asked for ${waits}.`
          : 'If they miss a SEV1, no further step follows.';
      return [{ kind: 'step' as const, text: `Step ${step + 1} asks ${alone}. ${consequence}`, consequence }];
    });
}
