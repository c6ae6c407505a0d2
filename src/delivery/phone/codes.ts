import type { Answer } from '../delivery/events.ts';

/** How many pages of one number can be told apart at a time. */
export const SLOTS = 10;

const LAST_DIGIT: Readonly<Record<'acknowledge' | 'escalate', string>> = { acknowledge: '4', escalate: '6' };

/** What to reply to one page. */
export type Codes = { readonly acknowledge: string; readonly escalate: string };

/** `4` and `6` in slot 0, `14` and `16` in slot 1, to `94` and `96`. */
export function codesOf(slot: number): Codes {
  const first = slot === 0 ? '' : String(slot);
  return { acknowledge: `${first}${LAST_DIGIT.acknowledge}`, escalate: `${first}${LAST_DIGIT.escalate}` };
}

export type Reply =
  | {
      readonly kind: 'answer';
      /** Null for the one page that asks. */ readonly slot: number | null;
      readonly answer: Answer;
    }
  | { readonly kind: 'stop' }
  | { readonly kind: 'start' }
  | { readonly kind: 'other' };

/** The words by which carriers everywhere let people end messages, and begin them again. */
const STOP = new Set(['stop', 'stopall', 'unsubscribe', 'cancel', 'end', 'quit', 'optout', 'revoke']);
const START = new Set(['start', 'unstop', 'yes']);

/** For whoever would rather write it out. */
const WORDS: ReadonlyMap<string, Answer> = new Map([
  ['ack', 'acknowledge'],
  ['acknowledge', 'acknowledge'],
  ['esc', 'escalate'],
  ['escalate', 'escalate'],
]);

/** Reads what somebody sent back: the first word counts, case and punctuation do not. */
export function readReply(text: string): Reply {
  const word = (text.trim().split(/\s+/)[0] ?? '').toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
  if (STOP.has(word)) return { kind: 'stop' };
  if (START.has(word)) return { kind: 'start' };
  const named = WORDS.get(word);
  if (named) return { kind: 'answer', slot: null, answer: named };
  const digits = /^([1-9]?)([46])$/.exec(word);
  if (!digits) return { kind: 'other' };
  const answer = digits[2] === LAST_DIGIT.acknowledge ? 'acknowledge' : 'escalate';
  return { kind: 'answer', slot: Number(digits[1] || '0'), answer };
}

/** What a digit on the telephone means; null for any other. */
export function readDigit(digits: string): Answer | null {
  if (digits === LAST_DIGIT.acknowledge) return 'acknowledge';
  return digits === LAST_DIGIT.escalate ? 'escalate' : null;
}
