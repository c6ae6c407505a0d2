import type { Message } from '../delivery/message.ts';
import type { Codes } from './codes.ts';
import { plainText, segmentsOf } from './gsm.ts';

/** A text is one message wherever that is possible; only a long title and its first fact may take two. */
const MAX_SEGMENTS = 2;

export type SmsOptions = {
  /** What to reply; null when nothing can be. */
  readonly codes: Codes | null;
  /** An earlier try may have arrived. */
  readonly again: boolean;
};

/**
 * What happened, where it is answered, its first fact, and always what to reply: in one SMS where possible, in at most two. Further facts only
 * as far as the one has room.
 */
export function smsText(
  message: Pick<Message, 'subject' | 'brief' | 'onlyAcknowledge' | 'url' | 'urlInSms'>,
  { codes, again }: SmsOptions,
): string {
  const escalate = codes && !message.onlyAcknowledge ? `, ${codes.escalate} to escalate` : '';
  const reply = codes && `Reply ${codes.acknowledge} to acknowledge${escalate}.`;
  const end = reply === null ? [] : [reply];
  const subject = `${again ? 'Sent again: ' : ''}${plainText(message.subject)}`;
  const link = linkOf(message);
  const short = shorten(subject, link === null ? end : [link, ...end]);
  const hasLink = link !== null && (short === subject || short.length >= LEAST_SUBJECT);
  let lines = hasLink ? [short, link] : [shorten(subject, end)];
  for (const [index, fact] of (message.brief ?? []).map(plainText).entries()) {
    const longer = [...lines, fact];
    if (fits([...longer, ...end], index === 0 ? MAX_SEGMENTS : 1)) lines = longer;
  }
  return [...lines, ...end].join('\n');
}

/** A subject that a link leaves less room than this says too little, and the link is left out. */
const LEAST_SUBJECT = 40;

/** The link that a phone can open; null when there is none, or nobody has said by which address we are reached. */
function linkOf({ url, urlInSms }: Pick<Message, 'url' | 'urlInSms'>): string | null {
  if (urlInSms !== true || url === undefined) return null;
  const host = URL.parse(url)?.hostname ?? 'localhost';
  return /^(localhost|127\..*|\[::1\])$/.test(host) ? null : url;
}

function fits(lines: readonly string[], segments = MAX_SEGMENTS): boolean {
  return segmentsOf(lines.join('\n')) <= segments;
}

function shorten(subject: string, end: readonly string[]): string {
  if (fits([subject, ...end])) return subject;
  const letters = [...subject];
  let [short, long] = [0, letters.length];
  while (long - short > 1) {
    const middle = Math.floor((short + long) / 2);
    if (fits([`${letters.slice(0, middle).join('')}...`, ...end])) short = middle;
    else long = middle;
  }
  return `${letters.slice(0, short).join('').trimEnd()}...`;
}
