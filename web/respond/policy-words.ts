import { type EscalationStepView, ownHoursWords } from '#respond/contract';

/** Steps of waiting on offer, in seconds. */
export const waits = [60, 120, 180, 300, 600, 900, 1_200, 1_800, 3_600];

/** `5 min`, `90 s`, `1 h`. */
export function waitWords(seconds: number): string {
  if (seconds % 3_600 === 0) return `${seconds / 3_600} h`;
  return seconds % 60 === 0 ? `${seconds / 60} min` : `${seconds} s`;
}

interface Terms {
  ask: 'all' | 'round-robin';
  untilBusinessHours: boolean;
  onlyUrgency: 'high' | 'low' | null;
  onlyHours: EscalationStepView['onlyHours'];
}

/** What is special about a step, in words; nothing when it asks everybody, for every page, at any time. */
export function termsOf({ ask, onlyUrgency, onlyHours, untilBusinessHours }: Terms): string[] {
  return [
    ...(ask === 'round-robin' ? ['one person, by turns'] : []),
    ...(onlyUrgency === null ? [] : [`${onlyUrgency} urgency only`]),
    ...(onlyHours === null ? [] : [hoursWords(onlyHours)]),
    ...(untilBusinessHours ? ['waits until business hours'] : []),
  ];
}

function hoursWords(hours: NonNullable<Terms['onlyHours']>): string {
  if (typeof hours !== 'string') return hours.op === 'within' ? `${ownHoursWords(hours)} only` : ownHoursWords(hours);
  return hours === 'business' ? 'in business hours only' : 'outside business hours only';
}
