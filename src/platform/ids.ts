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
  return text;
}

const POOL_BYTES = 8_192;
const RANDOM_BYTES = 10;
let pool = Buffer.alloc(0);
let used = 0;

/** Random bytes out of a pool: one call to the system for hundreds of ids, which counts where thousands a second are made. */
function randomPart(): Uint8Array {
  if (used + RANDOM_BYTES > pool.length) {
    pool = randomBytes(POOL_BYTES);
    used = 0;
  }
  used += RANDOM_BYTES;
  return pool.subarray(used - RANDOM_BYTES, used);
}

/** A new id such as `inc_06g…`: 45 bits of time, then 85 random bits, so ids made later sort later. */
export function newId(prefix: string, nowMs: number = Date.now()): string {
  const bytes = new Uint8Array(16);
  let rest = nowMs;
  for (let i = 5; i >= 0; i--) {
    bytes[i] = rest % 256;
    rest = Math.floor(rest / 256);
  }
  bytes.set(randomPart(), 6);
  return `${prefix}_${base32(bytes)}`;
}

/** An unguessable secret for links, keys and tokens: `prefix_` and 32 random bytes in base 32. */
export function newSecret(prefix: string): string {
  return `${prefix}_${base32(randomBytes(32))}`;
}
