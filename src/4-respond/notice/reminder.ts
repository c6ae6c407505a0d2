import type { PromiseKind, PromiseLevel } from '#declare';
import { formatDuration, secondsBetween } from '#kernel/duration.ts';

export type Reminder = { readonly subject: string; readonly text: string };

const THINGS: Readonly<Partial<Record<PromiseKind, string>>> = {
  'first-update': 'The first public update',
  'next-update': 'The next public update',
};

/** How many people of the chain hear of each level: first the role, at last everybody up to the backup. */
export const TOLD_AT: Readonly<Record<PromiseLevel, number>> = { prompt: 1, warn: 2, broken: 3 };

/** What a reminder of a promised update says; null for promises that are reminded of elsewhere. */
export function reminderOf(
  promise: { readonly kind: PromiseKind; readonly dueAt: Date },
  level: PromiseLevel,
  incident: { readonly reference: string; readonly title: string },
  now: Date,
): Reminder | null {
  const thing = THINGS[promise.kind];
  if (thing === undefined) return null;
  const left = secondsBetween(now, promise.dueAt);
  const when = left > 0 ? `is due in ${formatDuration(left)}` : `is ${formatDuration(-left)} overdue`;
  const state =
    level === 'broken' ? 'The promise is broken, and customers are waiting.' : 'Customers are waiting for it.';
  return {
    subject: `${level === 'broken' ? 'OVERDUE: ' : ''}${thing} ${when}: ${incident.reference} ${incident.title}`,
    text: `${thing} of ${incident.reference} ${when}. ${state}\nOne line is enough: what we know, what we are doing, when we will write again.`,
  };
}
