/** For tests: HTTP/2 frames by hand (RFC 9113 §4.1), as servers send them that mean no good. */
export const FRAME = {
  data: 0,
  headers: 1,
  reset: 3,
  settings: 4,
  push: 5,
  ping: 6,
  goodbye: 7,
  window: 8,
  continuation: 9,
  unknown: 0x20,
} as const;

export const END_STREAM = 1;
export const END_HEADERS = 4;
export const PADDED = 8;
/** `:status: 200` of the static table (RFC 7541, appendix A). */
export const OK_FIELDS = Buffer.from([0x88]);

export function frame(type: number, flags: number, stream: number, payload: Buffer = Buffer.alloc(0)): Buffer {
  const head = Buffer.alloc(9);
  head.writeUIntBE(payload.length, 0, 3);
  head.writeUInt8(type, 3);
  head.writeUInt8(flags, 4);
  head.writeUInt32BE(stream, 5);
  return Buffer.concat([head, payload]);
}

export const settings = (...pairs: readonly (readonly [id: number, value: number])[]): Buffer =>
  frame(FRAME.settings, 0, 0, Buffer.concat(pairs.map(([id, value]) => words([id, 2], [value, 4]))));

export const reset = (code: number): Buffer => frame(FRAME.reset, 0, 1, words([code, 4]));

export const goodbye = (lastStream: number, code: number): Buffer =>
  frame(FRAME.goodbye, 0, 0, words([lastStream, 4], [code, 4]));

/** A field whose name and value are written out and not remembered. */
export function field(name: string, value: string): Buffer {
  const [key, text] = [Buffer.from(name), Buffer.from(value)];
  return Buffer.concat([Buffer.from([0]), length(key.length), key, length(text.length), text]);
}

/** An integer with a prefix of seven bits (RFC 7541 §5.1). */
function length(value: number): Buffer {
  if (value < 127) return Buffer.from([value]);
  const bytes = [127];
  let rest = value - 127;
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 128);
  return Buffer.from([...bytes, rest]);
}

function words(...pairs: readonly (readonly [value: number, bytes: number])[]): Buffer {
  return Buffer.concat(
    pairs.map(([value, bytes]) => {
      const word = Buffer.alloc(bytes);
      word.writeUIntBE(value, 0, bytes);
      return word;
    }),
  );
}
