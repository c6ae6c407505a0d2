import { formatDuration } from '#kernel/duration.ts';
import type { SignalSeverity } from '../alert/contract.ts';
import type { Condition } from './condition-contract.ts';
import type { RouteOutcome } from './contract.ts';

const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

/** A condition in words; `nameOf` turns ids into names. */
export function sentenceOf(condition: Condition, nameOf: (id: string) => string = (id) => id): string {
  if (condition.field === 'time') {
    const days = condition.days.toSorted((a, b) => a - b).map((day) => DAYS[day - 1] ?? '');
    return `time is ${condition.op} ${days.length === 7 ? 'every day' : days.join(', ')} ${condition.from}–${condition.to}`;
  }
  const about = condition.field === 'label' ? `label ${condition.name}` : condition.field;
  if (condition.op === 'exists') return `${about} is there`;
  if (condition.op === 'absent') return `${about} is not there`;
  const verb = {
    is: 'is',
    'is-not': 'is not',
    contains: 'contains',
    'contains-not': 'does not contain',
    like: 'is like',
  };
  return `${about} ${verb[condition.op]} ${condition.values.map(nameOf).join(' or ')}`;
}

/** What a rule does, in sentences. */
export function outcomeSentences(outcome: RouteOutcome, nameOf: (id: string) => string): string[] {
  const { serviceId, urgency, policyId, suppress, holdSeconds, declare } = outcome;
  const urgencies = { high: 'It pages at once.', low: 'It pages quietly.', none: 'It pages nobody.' };
  return [
    ...(serviceId === null ? [] : [`It belongs to the service ${nameOf(serviceId)}.`]),
    ...(suppress ? ['It is suppressed: it stays visible and asks nobody.'] : []),
    ...(holdSeconds === null
      ? []
      : [`It waits ${formatDuration(holdSeconds)} before it asks anybody, and vanishes when it is over by then.`]),
    ...(urgency === null || suppress ? [] : [urgencies[urgency]]),
    ...(policyId === null || suppress ? [] : [`The escalation policy “${nameOf(policyId)}” says who is asked.`]),
    ...(outcome.group === null
      ? []
      : [
          `It asks as one with alerts that have the same ${outcome.group.by.length === 0 ? 'route' : outcome.group.by.map((one) => one.replace(':', ' ')).join(', ')}, within ${formatDuration(outcome.group.windowSeconds)}.`,
        ]),
    ...(declare === null
      ? []
      : [
          `It declares ${declare.state === 'suspected' ? 'a suspected incident' : 'an incident'}${declare.severity === null ? '' : ` as ${declare.severity}`}, labelled automatic.`,
        ]),
  ];
}

/** Why it pages nobody at once, and who is asked later; null for what pages at once, or is told to be otherwise. */
export function lookSentence(severity: SignalSeverity, afterSeconds: number | null): string | null {
  if (severity === 'info') return 'It is only to know (info): it asks nobody.';
  if (afterSeconds === null) return null;
  return `A warning pages nobody at once: its owner is asked, quietly, when nobody has looked at it within ${formatDuration(afterSeconds)}.`;
}
