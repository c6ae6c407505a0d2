import type { PromiseKind, PromiseLevel } from '#declare';
import { formatDuration, secondsBetween } from '#kernel/duration.ts';

export type Reminder = { readonly subject: string; readonly text: string };

const THINGS: Readonly<Partial<Record<PromiseKind, string>>> = {
  'first-update': 'The first public update',
  'next-update': 'The next public update',
  postmortem: 'The postmortem',
  'action-item': 'An action item',
};

const ADVICE = {
  update: 'One line is enough: what we know, what we are doing, when we will write again.',
  work: 'Finish it, or move its date and say why.',
} as const;

/** How many people of the chain hear of each level: first the role, at last everybody up to the backup. */
export const TOLD_AT: Readonly<Record<PromiseLevel, number>> = { prompt: 1, warn: 2, broken: 3 };

/** What a reminder says; null for promises that are answered otherwise (acknowledgements, vacancies). */
export function reminderOf(
  promise: { readonly kind: PromiseKind; readonly dueAt: Date },
  level: PromiseLevel,
  incident: { readonly reference: string; readonly title: string },
  now: Date,
): Reminder | null {
  const thing = THINGS[promise.kind];
  if (thing === undefined) return null;
  const left = secondsBetween(now, promise.dueAt);
  const late = -left < 60 ? 'is overdue' : `is ${formatDuration(-left)} overdue`;
  const when = left > 0 ? `is due in ${formatDuration(left)}` : late;
  const isUpdate = promise.kind === 'first-update' || promise.kind === 'next-update';
  const waiting = isUpdate ? 'Customers are waiting for it.' : 'It is yours.';
  const state = level === 'broken' ? `The promise is broken. ${waiting}` : waiting;
  return {
    subject: `${level === 'broken' ? 'OVERDUE: ' : ''}${thing} ${when}: ${incident.reference} ${incident.title}`,
    text: `${thing} of ${incident.reference} ${when}. ${state}\n${isUpdate ? ADVICE.update : ADVICE.work}`,
  };
}
