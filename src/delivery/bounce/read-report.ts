import PostalMime from 'postal-mime';

const LIMITS = { maxHeadersSize: 128 * 1024, maxNestingDepth: 20, maxRfc822NestingDepth: 2 } as const;
const MAX_REPORT = 8_000;
const MAX_WHY = 300;

/** That a mail to this address failed for good, in the words of the mail server. */
export type Failure = { readonly address: string; readonly why: string };

/**
 * The failures that a delivery status notification (RFC 3464) tells of, one for each recipient; none when it tells of a delay
 * or a success, and none in any other mail.
 */
export async function readFailures(bytes: Uint8Array): Promise<Failure[]> {
  const report = (await reportIn(bytes)) ?? '';
  // A line that begins with a blank belongs to the one before it; an empty line ends what is said of a recipient.
  const recipients = report
    .replaceAll(/\r\n/g, '\n')
    .replaceAll(/\n[ \t]+(?=\S)/g, ' ')
    .split(/\n\s*\n/);
  return recipients.flatMap((one) => failureOf(one.split('\n')) ?? []);
}

function failureOf(lines: readonly string[]): Failure | null {
  const of = (name: RegExp) => lines.map((line) => name.exec(line)?.[1]?.trim()).find((value) => value);
  const isFailed = lines.some((line) => /^action:\s*failed\b/i.test(line));
  const status = of(/^status:\s*(\d\.\d{1,3}\.\d{1,3})/i);
  // To whom we sent it, where the server tells; a mailbox that it was forwarded to besides is not the one of the page.
  const address = of(/^original-recipient:[^;]*;(.*)$/i) ?? of(/^final-recipient:[^;]*;(.*)$/i);
  if (!isFailed || status?.startsWith('2') || address === undefined) return null;
  const said = of(/^diagnostic-code:\s*(?:[a-z0-9-]+\s*;)?(.*)$/i) ?? status ?? 'it did not say why';
  const why = said
    .replaceAll(/[\p{Cc}\s]+/gu, ' ')
    .toWellFormed()
    .slice(0, MAX_WHY);
  return { address: address.replaceAll(/^<|>$/g, '').toLowerCase(), why };
}

async function reportIn(bytes: Uint8Array): Promise<string | null> {
  try {
    const { attachments } = await PostalMime.parse(Buffer.from(bytes), { ...LIMITS, attachmentEncoding: 'utf8' });
    const part = attachments.find(({ mimeType }) => mimeType === 'message/delivery-status');
    return typeof part?.content === 'string' ? part.content.slice(0, MAX_REPORT) : null;
  } catch {
    return null;
  }
}
