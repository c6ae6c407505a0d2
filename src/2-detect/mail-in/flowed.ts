/** How the text of a mail was wrapped (RFC 3676): a space at the end of a line says that the next one belongs to it. */
export type Wrapping = { readonly delSp: boolean };

const CONTENT_TYPE = /^content-type:[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*/gim;
const FLOWED = /(;\s*format\s*=\s*"?)flowed/i;

/**
 * Finds out whether the text of a mail flows, and takes the word out of its headers: the parser would unwrap it without
 * regard to quotes, and across the empty lines between paragraphs. Bytes stay what they are everywhere else.
 */
export function withoutFlow(bytes: Uint8Array): { readonly bytes: Uint8Array; readonly wrapping: Wrapping | null } {
  let first: string | null = null;
  const text = Buffer.from(bytes)
    .toString('latin1')
    .replaceAll(CONTENT_TYPE, (header) => {
      if (/^content-type:\s*text\/plain\b/i.test(header)) first ??= header;
      return header.replace(FLOWED, '$1fixed');
    });
  const header: string = first ?? '';
  if (!FLOWED.test(header)) return { bytes, wrapping: null };
  return { bytes: Buffer.from(text, 'latin1'), wrapping: { delSp: /;\s*delsp\s*=\s*"?yes/i.test(header) } };
}

/** Joins the lines that belong together; what is quoted more or less deeply, and a signature, do not. */
export function unwrap(text: string, { delSp }: Wrapping): string {
  const lines: string[] = [];
  let open: { readonly depth: number; readonly text: string } | null = null;
  const end = () => {
    if (open !== null) lines.push(quoted(open.depth, open.text.trimEnd()));
    open = null;
  };
  for (const line of text.split(/\r?\n/)) {
    const depth = /^>*/.exec(line)?.[0].length ?? 0;
    // One space is stuffing, for what would otherwise begin like a quote or the header of a mailbox.
    const rest = line.slice(depth).replace(/^ /, '');
    const isSignature = rest === '-- ';
    const before: string | null =
      open !== null && open.depth === depth && !isSignature && rest !== '' ? open.text : null;
    if (before === null) end();
    const whole: string = (before ?? '') + rest;
    if (rest.endsWith(' ') && !isSignature) open = { depth, text: delSp ? whole.slice(0, -1) : whole };
    else {
      lines.push(quoted(depth, whole));
      open = null;
    }
  }
  end();
  return lines.join('\n');
}

function quoted(depth: number, text: string): string {
  return depth === 0 ? text : `${'>'.repeat(depth)} ${text}`;
}
