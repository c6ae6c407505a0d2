import PostalMime, { type Address } from 'postal-mime';
import { type Automatic, automaticOf } from './automatic.ts';
import { unwrap, withoutFlow } from './flowed.ts';

/** What is wanted of a mail. */
export type Mail = {
  readonly messageId: string | null;
  readonly from: string | null;
  readonly subject: string;
  /** The text part, or the HTML part without its tags. */
  readonly text: string;
  /** The Message-IDs that it answers, the latest first. */
  readonly answers: readonly string[];
  /** Why no person wrote it; null = a person did, as far as it says. */
  readonly automatic: Automatic | null;
  /** Of a message that an Allclear sent: its id, signed. */
  readonly deliveryTag: string | null;
  /** The names of what is attached, which is not kept. */
  readonly attachments: readonly string[];
  /** It is larger than what was read, so more may be attached. */
  readonly cut: boolean;
};

const LIMITS = { maxHeadersSize: 128 * 1024, maxNestingDepth: 20, maxRfc822NestingDepth: 2 } as const;
const KEPT_CHARACTERS = 16_000;
const MOST_REFERENCES = 10_000;
const MOST_ANSWERED = 50;
const MOST_ATTACHMENTS = 20;
const MOST_PARTS = 50;
/** Parts need not say what they are, and such lines stand in texts as well. */
const MOST_DELIMITERS = 1_000;
const MAX_ATTACHED = 1_000;
/** Behind the longest headers, more than what is kept; the rest is attachments, and thousands of parts would hold up everybody. */
export const READ_BYTES = 384 * 1024;

/**
 * Parses a mail; null when it is beyond the limits of headers and parts. `envelopeFrom` is whom a mail server would tell
 * of a failure: empty = nobody, null = not known. `size` is that of the whole mail, of which `bytes` may be the beginning.
 */
export async function readMail(
  bytes: Uint8Array,
  envelopeFrom: string | null = null,
  size = bytes.length,
): Promise<Mail | null> {
  try {
    const beginning = firstParts(bytes.subarray(0, READ_BYTES));
    const { bytes: read, wrapping } = withoutFlow(beginning);
    const mail = await PostalMime.parse(read, LIMITS);
    const text = mail.text === undefined ? undefined : mail.text.slice(0, KEPT_CHARACTERS);
    const headers = new Map(mail.headers.map(({ key, value }) => [key.toLowerCase(), value]));
    const from = addressOf(mail.from);
    return {
      messageId: mail.messageId?.trim() || null,
      from,
      subject: storable(mail.subject ?? ''),
      text: storable(
        text === undefined
          ? textOf(mail.html ?? '').slice(0, KEPT_CHARACTERS)
          : wrapping
            ? unwrap(text, wrapping)
            : text,
      ).trim(),
      answers: idsIn(`${mail.inReplyTo ?? ''} ${(mail.references ?? '').slice(-MOST_REFERENCES)}`),
      automatic: automaticOf(headers, from, envelopeFrom),
      deliveryTag: headers.get('x-allclear-delivery')?.trim() || null,
      attachments: mail.attachments
        .slice(0, MOST_ATTACHMENTS)
        .map(({ filename, mimeType }) => storable((filename ?? mimeType).replaceAll(/\s+/g, ' ').slice(0, 200))),
      cut: size > beginning.length,
    };
  } catch {
    return null;
  }
}

/** A mail up to the part that is one too many: each is decoded by itself, which takes its time however small it is. */
function firstParts(bytes: Uint8Array): Uint8Array {
  const text = Buffer.from(bytes).toString('latin1');
  const nth = (line: RegExp, most: number) => text.matchAll(line).drop(most).next().value?.index ?? bytes.length;
  return bytes.subarray(0, Math.min(nth(/^content-type[ \t]*:/gim, MOST_PARTS), nth(/^--/gm, MOST_DELIMITERS)));
}

/** What was attached, as the end of a text; '' for nothing. */
export function attachedTo({ attachments, cut }: Mail): string {
  const names = attachments.join(', ').replaceAll(/\s+/g, ' ').slice(0, MAX_ATTACHED);
  if (names === '' && !cut) return '';
  const beyond = cut ? ' The mail is larger than what is read of one, so there may be more.' : '';
  return names === '' ? `\n\n${beyond.trim()}` : `\n\nAttached, and not kept here: ${names}.${beyond}`;
}

/** Message-IDs in a header, the last one first: a mail names the ones before it in their order. */
function idsIn(header: string): string[] {
  const ids = header.match(/<[^<>\s]{1,400}>/g) ?? [];
  return [...new Set(ids.toReversed())].slice(0, MOST_ANSWERED);
}

function addressOf(from: Address | undefined): string | null {
  const address = from?.address?.trim();
  return address ? storable(address.slice(0, 200)) : null;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&nbsp;': ' ',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
  '&amp;': '&',
};

/** What a person reads of HTML. It is shown as text, whatever is left in it. */
function textOf(html: string): string {
  return withoutCode(html.slice(0, KEPT_CHARACTERS * 4))
    .replace(/<[^<>]*>/g, ' ')
    .replace(/&(?:nbsp|lt|gt|quot|#39|amp);/gi, (entity) => ENTITIES[entity.toLowerCase()] ?? entity)
    .replace(/[ \t]+/g, ' ');
}

/** HTML without its styles and scripts; one that never ends stays. Looks at each character twice at most for each of the two. */
function withoutCode(html: string): string {
  const opening = /<(style|script)\b/gi;
  const endless = new Set<string>();
  const kept: string[] = [];
  let at = 0;
  for (let open = opening.exec(html); open !== null; open = opening.exec(html)) {
    const tag = (open[1] ?? '').toLowerCase();
    if (endless.has(tag)) continue;
    const closing = new RegExp(`</${tag}>`, 'gi');
    closing.lastIndex = opening.lastIndex;
    if (closing.exec(html) === null) {
      endless.add(tag);
      continue;
    }
    kept.push(html.slice(at, open.index));
    at = closing.lastIndex;
    opening.lastIndex = at;
  }
  return kept.join('') + html.slice(at);
}

/** Text as PostgreSQL takes it. */
function storable(text: string): string {
  return text.replaceAll('\0', '\ufffd').toWellFormed();
}
