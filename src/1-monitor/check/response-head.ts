/** Status line and header fields of an HTTP/1.x response (RFC 9112), strict where leniency could hide a fault. */

export type HeaderFields = readonly (readonly [name: string, value: string])[];

export interface ResponseHead {
  readonly status: number;
  /** Names in lower case, values without surrounding white space, in the order received. */
  readonly headers: HeaderFields;
  readonly framing: BodyFraming;
}

type BodyFraming =
  | { readonly kind: 'none' }
  | { readonly kind: 'length'; readonly bytes: number }
  | { readonly kind: 'chunked' }
  | { readonly kind: 'until-close' };

export type HeadOutcome =
  | { readonly ok: true; readonly head: ResponseHead }
  | { readonly ok: false; readonly kind: 'protocol' | 'headers-too-large'; readonly fault: string };

const STATUS_LINE = /^HTTP\/1\.[01] (\d{3})(?: .*)?$/;
const FIELD_NAME = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
// Everything but CR, LF and tab: those are told apart by splitting.
// oxlint-disable-next-line no-control-regex
const CONTROL = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]/;
const SPACE = 32;
const TAB = 9;

/** `text` is the head as latin1, without the empty line that ends it. `headRequest`: the answer to HEAD has no body. */
export function parseHead(text: string, headRequest: boolean, maxHeaders: number): HeadOutcome {
  if (CONTROL.test(text)) return fault('a control character in the headers');
  const lines = text.split('\r\n');
  const status = STATUS_LINE.exec(lines[0] ?? '')?.[1];
  if (status === undefined) return fault(`not an HTTP/1.1 status line: "${(lines[0] ?? '').slice(0, 60)}"`);
  if (Number(status) < 100) return fault(`not a status: ${status}`);
  if (lines.length - 1 > maxHeaders)
    return { ok: false, kind: 'headers-too-large', fault: `more than ${maxHeaders} headers` };
  const headers = parseFields(lines, 1);
  if (typeof headers === 'string') return fault(headers);
  const framing = framingOf(Number(status), headers, headRequest);
  if (typeof framing === 'string') return fault(framing);
  return { ok: true, head: { status: Number(status), headers, framing } };
}

/** Header or trailer lines from index `from` on; a sentence instead when one of them is not a field. */
export function parseFields(lines: readonly string[], from: number): [string, string][] | string {
  const fields: [string, string][] = [];
  for (let index = from; index < lines.length; index += 1) {
    const line = lines[index] ?? '';
    if (line.includes('\n') || line.includes('\r')) return 'a header line that ends without CR LF';
    const last = fields.at(-1);
    if (line.startsWith(' ') || line.startsWith('\t')) {
      if (last === undefined) return 'white space before the first header';
      last[1] = `${last[1]} ${trim(line)}`;
      continue;
    }
    const colon = line.indexOf(':');
    const name = line.slice(0, Math.max(colon, 0));
    if (!FIELD_NAME.test(name)) return `not a header: "${line.slice(0, 60)}"`;
    fields.push([name.toLowerCase(), trim(line.slice(colon + 1))]);
  }
  return fields;
}

/** All values of one header joined by ", " (RFC 9110 §5.3); null when absent. `name` in lower case. */
export function headerValue(headers: HeaderFields, name: string): string | null {
  let joined: string | null = null;
  for (const [key, value] of headers) {
    if (key === name) joined = joined === null ? value : `${joined}, ${value}`;
  }
  return joined;
}

/** RFC 9112 §6.3. A length that is repeated, or stands beside a transfer coding, is a fault (request smuggling). */
function framingOf(status: number, headers: HeaderFields, headRequest: boolean): BodyFraming | string {
  if (headRequest || status < 200 || status === 204 || status === 304) return { kind: 'none' };
  const coding = headerValue(headers, 'transfer-encoding');
  const length = headerValue(headers, 'content-length');
  if (coding !== null) {
    if (length !== null) return 'both content-length and transfer-encoding';
    return { kind: /(?:^|,)[ \t]*chunked$/i.test(coding) ? 'chunked' : 'until-close' };
  }
  if (length === null) return { kind: 'until-close' };
  if (!/^\d{1,15}$/.test(length)) return `content-length is not one number: "${length.slice(0, 40)}"`;
  return { kind: 'length', bytes: Number(length) };
}

/** Blanks and tabs only (RFC 9110 §5.5): String.trim would also take obs-text such as a no-break space. */
function trim(value: string): string {
  let start = 0;
  let end = value.length;
  while (start < end && isBlank(value.charCodeAt(start))) start += 1;
  while (end > start && isBlank(value.charCodeAt(end - 1))) end -= 1;
  return value.slice(start, end);
}

function isBlank(code: number): boolean {
  return code === SPACE || code === TAB;
}

function fault(sentence: string): HeadOutcome {
  return { ok: false, kind: 'protocol', fault: sentence };
}
