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

/** The last id's time and random part, so that ids made in the same millisecond still sort in the order of making. */
const last = { ms: -1, random: new Uint8Array(10) };

/** A new id such as `inc_06g…`: 48 bits of time, then 80 random bits; within one process later ids sort later. */
export function newId(prefix: string, nowMs: number = Date.now()): string {
  if (nowMs === last.ms) increment(last.random);
  else {
    last.ms = nowMs;
    last.random = randomBytes(10);
    // Room to count up without overflowing.
    last.random[0] = (last.random[0] ?? 0) & 0x7f;
  }
  const bytes = new Uint8Array(16);
  let rest = nowMs;
  for (let i = 5; i >= 0; i--) {
    bytes[i] = rest % 256;
    rest = Math.floor(rest / 256);
  }
  bytes.set(last.random, 6);
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

/** Adds one to a number in bytes, most significant first. */
function increment(bytes: Uint8Array): void {
  for (let i = bytes.length - 1; i >= 0; i--) {
    bytes[i] = ((bytes[i] ?? 0) + 1) & 0xff;
    if (bytes[i] !== 0) return;
  }
}

/** An unguessable secret for links, keys and tokens: `prefix_` and 32 random bytes (16 at the least) in base 32. */
export function newSecret(prefix: string, bytes: 16 | 32 = 32): string {
  return `${prefix}_${base32(randomBytes(bytes))}`;
}
