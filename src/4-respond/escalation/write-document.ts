import type { EscalationStepBody, EscalationTargetView } from './contract.ts';
import { type EscalationStep, type Target, targetKey } from './policy.ts';
import type { NewPolicy } from './store.ts';

/** A policy as it is asked for: `userIds` of a step are short for targets that are people. */
export type PolicyBody = Omit<NewPolicy, 'steps' | 'fallback'> & {
  readonly steps: readonly EscalationStepBody[];
  readonly fallback: readonly EscalationTargetView[];
};

/** The document that is stored: every target once, those that are named apart first. */
export function writeDocument(body: PolicyBody): NewPolicy {
  return { ...body, steps: body.steps.map(writeStep), fallback: once(body.fallback) };
}

function writeStep({ userIds, targets, onlyHours, ...step }: EscalationStepBody): EscalationStep {
  const people = userIds.map((userId) => ({ kind: 'user', userId }) as const);
  return { ...step, onlyHours: writeHours(onlyHours), targets: once([...targets, ...people]) };
}

/** Each weekday once, in order. */
function writeHours(hours: EscalationStepBody['onlyHours']): EscalationStep['onlyHours'] {
  if (hours === null || typeof hours === 'string') return hours;
  return { ...hours, days: [...new Set(hours.days)].toSorted((one, other) => one - other) };
}

function once(targets: readonly Target[]): Target[] {
  return [...new Map(targets.map((target) => [targetKey(target), target])).values()];
}
