import PostalMime, { type Address } from 'postal-mime';
import { unwrap, withoutFlow } from './flowed.ts';

/** What is wanted of a mail. */
export type Mail = {
  readonly messageId: string | null;
  readonly from: string | null;
  readonly subject: string;
  /** The text part, or the HTML part without its tags. */
  readonly text: string;
};

const LIMITS = { maxHeadersSize: 128 * 1024, maxNestingDepth: 20, maxRfc822NestingDepth: 2 } as const;
const KEPT_CHARACTERS = 16_000;
/** Behind the longest headers, more than what is kept; the rest is attachments, and thousands of parts would hold up everybody. */
const READ_BYTES = 384 * 1024;

/** Parses a mail; null when it is beyond the limits of headers and parts. */
export async function readMail(bytes: Uint8Array): Promise<Mail | null> {
  try {
    const { bytes: read, wrapping } = withoutFlow(bytes.subarray(0, READ_BYTES));
    const mail = await PostalMime.parse(read, LIMITS);
    const text = mail.text === undefined ? undefined : mail.text.slice(0, KEPT_CHARACTERS);
    return {
      messageId: mail.messageId?.trim() || null,
      from: addressOf(mail.from),
      subject: storable(mail.subject ?? ''),
      text: storable(
        text === undefined
          ? textOf(mail.html ?? '').slice(0, KEPT_CHARACTERS)
          : wrapping
            ? unwrap(text, wrapping)
            : text,
      ).trim(),
    };
  } catch {
    return null;
  }
}

function addressOf(from: Address | undefined): string | null {
  const address = from?.address?.trim();
  return address ? storable(address.slice(0, 200)) : null;
}

function textOf(html: string): string {
  return html
    .slice(0, KEPT_CHARACTERS * 4)
    .replace(/<(style|script)\b[\s\S]*?<\/\1>/gi, '')
    .replace(/<[^<>]*>/g, ' ')
    .replace(/[ \t]+/g, ' ');
}

/** Text as PostgreSQL takes it. */
function storable(text: string): string {
  return text.replaceAll('\0', '\ufffd').toWellFormed();
}
