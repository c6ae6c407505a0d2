import type { Answer } from '../delivery/events.ts';

/** What a page's buttons in a chat say, in order. */
export const ANSWERS: readonly { readonly answer: Answer; readonly label: string }[] = [
  { answer: 'acknowledge', label: 'Acknowledge' },
  { answer: 'take-command', label: 'Take command' },
  { answer: 'escalate', label: 'Escalate' },
];

/** The answer that a button stands for; null for anything that is no button of ours. */
export function readAnswer(value: unknown): Answer | null {
  return ANSWERS.find(({ answer }) => answer === value)?.answer ?? null;
}
