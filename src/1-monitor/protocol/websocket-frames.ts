/** One message or control frame that came, as far as we care. */
export interface Frame {
  readonly kind: 'message' | 'close' | 'control';
  readonly text: string;
}

const MAX_FRAMES = 1_000;

/** Whole messages and control frames (RFC 6455 §5) at the start of `bytes`; null when they are none from a server. */
export function framesIn(bytes: Buffer): readonly Frame[] | null {
  const frames: Frame[] = [];
  let parts: Buffer[] | null = null;
  let at = 0;
  for (let count = 0; count < MAX_FRAMES; count += 1) {
    const frame = readFrame(bytes, at);
    if (frame === 'more') return frames;
    if (frame === 'invalid') return null;
    at = frame.end;
    const { opcode, payload, isLast } = frame;
    if (opcode >= 8) {
      const text = payload.subarray(2).toString('utf8');
      frames.push({ kind: opcode === 8 ? 'close' : 'control', text });
      continue;
    }
    if ((opcode === 0) !== (parts !== null)) return null;
    parts = [...(parts ?? []), payload];
    if (!isLast) continue;
    frames.push({ kind: 'message', text: Buffer.concat(parts).toString('utf8') });
    parts = null;
  }
  return frames;
}

type Read =
  | { readonly opcode: number; readonly isLast: boolean; readonly payload: Buffer; readonly end: number }
  | 'more'
  | 'invalid';

function readFrame(bytes: Buffer, at: number): Read {
  if (bytes.length < at + 2) return 'more';
  const first = bytes.readUInt8(at);
  const second = bytes.readUInt8(at + 1);
  const opcode = first & 0x0f;
  // No extension was asked for, and a server never masks.
  if ((first & 0x70) !== 0 || (second & 0x80) !== 0 || (opcode > 2 && opcode < 8) || opcode > 10) return 'invalid';
  const extra = second === 126 ? 2 : second === 127 ? 8 : 0;
  if (bytes.length < at + 2 + extra) return 'more';
  const length =
    extra === 0 ? second : extra === 2 ? bytes.readUInt16BE(at + 2) : Number(bytes.readBigUInt64BE(at + 2));
  const begin = at + 2 + extra;
  if (bytes.length < begin + length) return 'more';
  return { opcode, isLast: (first & 0x80) !== 0, payload: bytes.subarray(begin, begin + length), end: begin + length };
}

/** A text message as a client sends it, masked with `mask` (4 bytes). */
export function textFrame(text: string, mask: Buffer): Buffer {
  const payload = Buffer.from(text);
  const head = payload.length < 126 ? Buffer.from([0x81, 0x80 | payload.length]) : Buffer.from([0x81, 0xfe, 0, 0]);
  if (payload.length >= 126) head.writeUInt16BE(payload.length, 2);
  for (const [index, byte] of payload.entries()) payload[index] = byte ^ (mask[index % 4] ?? 0);
  return Buffer.concat([head, mask, payload]);
}
