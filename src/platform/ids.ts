import { randomBytes } from 'node:crypto';

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

/** Crockford base 32 of the bytes, most significant first. */
function base32(bytes: Uint8Array): string {
  let text = '';
  let buffer = 0;
  let bits = 0;
  for (const byte of bytes) {
    buffer = (buffer << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += ALPHABET[(buffer >> bits) & 31];
    }
    buffer &= (1 << bits) - 1;
  }
  return bits > 0 ? text + ALPHABET[(buffer << (5 - bits)) & 31] : text;
}

/** 80 bits at random, which only grow: ids of one millisecond sort in the order of making, whatever times were named between. */
const tail = randomBytes(10);
// Room to count up without overflowing.
tail[0] = (tail[0] ?? 0) & 0x7f;

/** A new id such as `inc_06g…`: 48 bits of time, then 80 random bits; within one process later ids sort later. */
export function newId(prefix: string, nowMs: number = Date.now()): string {
  add(tail, 1 + Math.floor(Math.random() * 0xffff_ffff));
  const bytes = new Uint8Array(16);
  let rest = nowMs;
  for (let i = 5; i >= 0; i--) {
    bytes[i] = rest % 256;
    rest = Math.floor(rest / 256);
  }
  bytes.set(tail, 6);
  return `${prefix}_${base32(bytes)}`;
}

/** Sorts before every id of the prefix that is made at or after an instant, and after those made before it. */
export function idFloor(prefix: string, ms: number): string {
  const bytes = new Uint8Array(16);
  let rest = Math.max(0, ms);
  for (let i = 5; i >= 0; i--) {
    bytes[i] = rest % 256;
    rest = Math.floor(rest / 256);
  }
  return `${prefix}_${base32(bytes)}`;
}

/** Adds to a number in bytes, most significant first. */
function add(bytes: Uint8Array, step: number): void {
  let carry = step;
  for (let i = bytes.length - 1; i >= 0 && carry > 0; i--) {
    const sum = (bytes[i] ?? 0) + carry;
    bytes[i] = sum & 0xff;
    carry = Math.floor(sum / 256);
  }
}

/** An unguessable secret for links, keys and tokens: `prefix_` and 32 random bytes (16 at the least) in base 32. */
export function newSecret(prefix: string, bytes: 16 | 32 = 32): string {
  return `${prefix}_${base32(randomBytes(bytes))}`;
}
