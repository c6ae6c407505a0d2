/** Why a mail is not from a person: an answer of a machine, news that a mail did not arrive, a mass mailing. */
export type Automatic = 'auto-reply' | 'bounce' | 'bulk';

export type Headers = ReadonlyMap<string, string>;

const BOUNCES = /^(?:mailer-daemon|postmaster)@/i;
const REPLIES = ['x-autoreply', 'x-autorespond', 'x-autoresponder', 'x-auto-reply'];

/**
 * Whether no person wrote a mail, by what the machines that write them say (RFC 3834, RFC 3462 and the older headers that
 * are still in use). A mailing list (`Precedence: list`) is no machine: it hands on what people wrote. `envelopeFrom` is
 * empty for a mail that must not be answered.
 */
export function automaticOf(headers: Headers, from: string | null, envelopeFrom: string | null): Automatic | null {
  const of = (name: string) => headers.get(name)?.trim().toLowerCase() ?? '';
  const submitted = of('auto-submitted');
  const type = of('content-type');
  if (/^multipart\/report\b/.test(type) && /report-type\s*=\s*"?delivery-status/.test(type)) return 'bounce';
  if (BOUNCES.test(from ?? '') || headers.has('x-failed-recipients')) return 'bounce';
  const isReply = submitted !== '' && !/^no\b/.test(submitted);
  if (isReply || REPLIES.some((name) => headers.has(name)) || /^multipart\/report\b/.test(type)) return 'auto-reply';
  const precedence = of('precedence');
  if (precedence === 'auto_reply') return 'auto-reply';
  if (precedence === 'bulk' || precedence === 'junk') return 'bulk';
  return envelopeFrom === '' ? 'bounce' : null;
}
