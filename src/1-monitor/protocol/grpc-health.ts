/**
 * The two messages of `grpc.health.v1.Health/Check` as bytes: a request with a text in field 1, an answer with a number
 * in field 1, each behind the five bytes that gRPC puts before a message.
 * Sources: https://github.com/grpc/grpc/blob/master/doc/health-checking.md, PROTOCOL-HTTP2.md beside it, and
 * https://protobuf.dev/programming-guides/encoding/.
 */
export type Serving = 'unknown' | 'serving' | 'not serving' | 'service unknown';

const SERVING: readonly Serving[] = ['unknown', 'serving', 'not serving', 'service unknown'];
const PREFIX_BYTES = 5;

/** The whole body that asks for a service; null asks for the server as a whole. */
export function healthRequest(service: string | null): Buffer {
  const name = Buffer.from(service ?? '');
  const message = name.length === 0 ? name : Buffer.concat([Buffer.from([0x0a]), varint(name.length), name]);
  const prefix = Buffer.alloc(PREFIX_BYTES);
  prefix.writeUInt32BE(message.length, 1);
  return Buffer.concat([prefix, message]);
}

/** What a whole body says; null when it is no such answer. An empty message is the value 0. */
export function readHealth(body: Buffer): Serving | null {
  if (body.length < PREFIX_BYTES || body[0] !== 0) return null;
  const message = body.subarray(PREFIX_BYTES);
  if (message.length !== body.readUInt32BE(1)) return null;
  let serving: Serving | null = 'unknown';
  for (let at = 0; at < message.length;) {
    const tag = readVarint(message, at);
    if (tag === null) return null;
    const value = readVarint(message, tag.next);
    if (value === null) return null;
    const wire = tag.value & 7;
    if (wire === 0) at = value.next;
    else if (wire === 2) at = value.next + value.value;
    else return null;
    if (at > message.length) return null;
    if (tag.value === 0x08) serving = SERVING[value.value] ?? null;
  }
  return serving;
}

function varint(value: number): Buffer {
  const bytes = [];
  for (let rest = value; ; rest >>>= 7) {
    if (rest < 0x80) return Buffer.from([...bytes, rest]);
    bytes.push((rest & 0x7f) | 0x80);
  }
}

/** Up to 28 bits: whatever is longer has no place here. */
function readVarint(bytes: Buffer, from: number): { readonly value: number; readonly next: number } | null {
  let value = 0;
  for (let i = 0; i < 4; i++) {
    const byte = bytes[from + i];
    if (byte === undefined) return null;
    value |= (byte & 0x7f) << (7 * i);
    if (byte < 0x80) return { value, next: from + i + 1 };
  }
  return null;
}
