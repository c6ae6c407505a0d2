import type { Answer } from '../delivery/events.ts';
import type { Message } from '../delivery/message.ts';

/** What a page's buttons in a chat say, in order. */
const ANSWERS: readonly { readonly answer: Answer; readonly label: string }[] = [
  { answer: 'acknowledge', label: 'Acknowledge' },
  { answer: 'take-command', label: 'Take command' },
  { answer: 'escalate', label: 'Escalate' },
];

/** The buttons of one message. */
export function answersTo({ onlyAcknowledge = false }: Pick<Message, 'onlyAcknowledge'>): typeof ANSWERS {
  return onlyAcknowledge ? ANSWERS.slice(0, 1) : ANSWERS;
}

/** The answer that a button stands for; null for anything that is no button of ours. */
export function readAnswer(value: unknown): Answer | null {
  return ANSWERS.find(({ answer }) => answer === value)?.answer ?? null;
}
