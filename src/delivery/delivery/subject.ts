import { maskSecrets } from './mask.ts';
import type { Message } from './message.ts';

const MAX_SUBJECT = 250;

/** The subject as it is sent. */
export function subjectOf({ subject }: Pick<Message, 'subject'>): string {
  return oneLine(subject, MAX_SUBJECT);
}

/** The subject as the outbox shows it. */
export function shownSubject(message: Message): string {
  return maskSecrets(subjectOf(message), message.mask);
}

/** Line breaks in a subject or an address would forge mail headers. */
export function oneLine(text: string, max: number): string {
  return text
    .replace(/[\r\n\t]+/g, ' ')
    .trim()
    .slice(0, max);
}
