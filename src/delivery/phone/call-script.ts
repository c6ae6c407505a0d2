import type { Message } from '../delivery/message.ts';

/** What a page asks for at the end. */
export function choicesOf({ onlyAcknowledge = false }: Pick<Message, 'onlyAcknowledge'>): string {
  return onlyAcknowledge ? 'Press 4 to acknowledge.' : 'Press 4 to acknowledge. Press 6 to escalate.';
}
export const MISHEARD = 'That digit means nothing here.';

/** What a call says: who calls, what happened, what matters most. */
export function linesOf({ subject, brief, spoken }: Pick<Message, 'subject' | 'brief' | 'spoken'>): string[] {
  return ['This is Allclear.', ...(spoken ?? [subject, ...(brief ?? [])])].map(speakable);
}

/** Without what a voice would spell out: brackets and addresses. */
function speakable(line: string): string {
  return line
    .replace(/https?:\/\/\S+/g, '')
    .replace(/[[\]()<>{}|*_#“”"]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}
