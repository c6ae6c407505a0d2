/** One reply of a server, flattened to text. */
export interface Reply {
  readonly text: string;
  readonly isError: boolean;
}

/** Replies of the commands that we ask are flat, or short lists; what is more would only cost time. */
const MAX_DEPTH = 2;
const MAX_ITEMS = 100;
const MAX_REPLIES = 8;

/** Every whole reply (RESP2) at the start of `bytes`; null when they are none. Never reads beyond them. */
export function repliesIn(bytes: Buffer): readonly Reply[] | null {
  const replies: Reply[] = [];
  let at = 0;
  while (at < bytes.length && replies.length < MAX_REPLIES) {
    const read = readReply(bytes, at, 0);
    if (read === 'invalid') return null;
    if (read === 'more') break;
    replies.push(read.reply);
    at = read.end;
  }
  return replies;
}

type Read = { readonly reply: Reply; readonly end: number } | 'more' | 'invalid';

function readReply(bytes: Buffer, at: number, depth: number): Read {
  const lineEnd = bytes.indexOf('\r\n', at, 'latin1');
  const type = String.fromCharCode(bytes[at] ?? 0);
  if (!'+-:$*'.includes(type) || depth > MAX_DEPTH) return 'invalid';
  if (lineEnd === -1) return 'more';
  const line = bytes.toString('utf8', at + 1, lineEnd);
  const end = lineEnd + 2;
  if (type === '+' || type === ':') return { reply: { text: line, isError: false }, end };
  if (type === '-') return { reply: { text: line, isError: true }, end };
  if (!/^(?:-1|\d{1,9})$/.test(line)) return 'invalid';
  const count = Number(line);
  if (count < 0) return { reply: { text: '', isError: false }, end };
  if (type === '*' && count > MAX_ITEMS) return 'invalid';
  return type === '$' ? readText(bytes, end, count) : readList(bytes, end, count, depth);
}

function readText(bytes: Buffer, at: number, length: number): Read {
  const end = at + length;
  if (bytes.length < end + 2) return 'more';
  return { reply: { text: bytes.toString('utf8', at, end), isError: false }, end: end + 2 };
}

function readList(bytes: Buffer, at: number, count: number, depth: number): Read {
  const texts: string[] = [];
  let next = at;
  for (let index = 0; index < count; index += 1) {
    if (next >= bytes.length) return 'more';
    const item = readReply(bytes, next, depth + 1);
    if (typeof item === 'string') return item;
    texts.push(item.reply.text);
    next = item.end;
  }
  return { reply: { text: texts.join('\n'), isError: false }, end: next };
}
