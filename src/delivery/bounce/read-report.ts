import PostalMime from 'postal-mime';

const LIMITS = { maxHeadersSize: 128 * 1024, maxNestingDepth: 20, maxRfc822NestingDepth: 2 } as const;
const MAX_REPORT = 8_000;
const MAX_WHY = 300;

/**
 * What a delivery status notification (RFC 3464) says of a failure for good, in the words of the mail server; null for one
 * that tells of a delay or a success, and for any other mail.
 */
export async function readFailure(bytes: Uint8Array): Promise<string | null> {
  const report = await reportIn(bytes);
  if (report === null) return null;
  // A line that begins with a blank belongs to the one before it.
  const lines = report.replaceAll(/\r?\n[ \t]+/g, ' ').split(/\r?\n/);
  const of = (name: RegExp) => lines.map((line) => name.exec(line)?.[1]?.trim()).find((value) => value);
  const isFailed = lines.some((line) => /^action:\s*failed\b/i.test(line));
  const status = of(/^status:\s*(\d\.\d{1,3}\.\d{1,3})/i);
  if (!isFailed || status?.startsWith('2')) return null;
  const said = of(/^diagnostic-code:\s*(?:[a-z0-9-]+\s*;)?(.*)$/i) ?? status ?? 'it did not say why';
  return said
    .replaceAll(/[\p{Cc}\s]+/gu, ' ')
    .toWellFormed()
    .slice(0, MAX_WHY);
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
