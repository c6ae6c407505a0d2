import { createHash } from 'node:crypto';

/** Of the MySQL client/server protocol, as much as one question needs. */

const MAX_PACKETS = 4_096;

export interface Packets {
  readonly payloads: readonly Buffer[];
  /** The number that the next packet of ours has. */
  readonly next: number;
}

/** Every whole packet at the start of `bytes`. */
export function packetsIn(bytes: Buffer): Packets {
  const payloads: Buffer[] = [];
  let at = 0;
  let next = 0;
  while (at + 4 <= bytes.length && payloads.length < MAX_PACKETS) {
    const end = at + 4 + bytes.readUIntLE(at, 3);
    if (end > bytes.length) break;
    payloads.push(bytes.subarray(at + 4, end));
    next = (bytes.readUInt8(at + 3) + 1) % 256;
    at = end;
  }
  return { payloads, next };
}

export function packet(number: number, payload: Buffer): Buffer {
  const head = Buffer.alloc(4);
  head.writeUIntLE(payload.length, 0, 3);
  head.writeUInt8(number, 3);
  return Buffer.concat([head, payload]);
}

export interface Greeting {
  readonly offersTls: boolean;
  readonly nonce: Buffer;
  readonly plugin: string;
}

const TLS = 0x800;

/** The first packet of a server (HandshakeV10); null when it is none. */
export function readGreeting(payload: Buffer): Greeting | null {
  const version = payload.indexOf(0, 1);
  const rest = version + 5;
  if (payload[0] !== 10 || version === -1 || payload.length < rest + 32) return null;
  const start = payload.subarray(rest, rest + 8);
  const capabilities = payload.readUInt16LE(rest + 9);
  const length = Math.max(13, (payload[rest + 16] ?? 0) - 8);
  const more = payload.subarray(rest + 27, rest + 27 + length);
  const plugin = untilZero(payload.subarray(rest + 27 + length));
  return {
    offersTls: (capabilities & TLS) !== 0,
    nonce: Buffer.concat([start, more]).subarray(0, 20),
    plugin: plugin === '' ? NATIVE : plugin,
  };
}

const LONG_PASSWORD = 0x1;
const WITH_DATABASE = 0x8;
const PROTOCOL_41 = 0x200;
const TRANSACTIONS = 0x2000;
const SECURE = 0x8000;
const PLUGIN_AUTH = 0x80000;
const UTF8MB4 = 45;
const MAX_PACKET = 1_048_576;

/** What is said of us in the first place; alone, it asks for TLS. */
export function helloOf(tls: boolean, database: string): Buffer {
  const always = LONG_PASSWORD | PROTOCOL_41 | TRANSACTIONS | SECURE | PLUGIN_AUTH;
  const hello = Buffer.alloc(32);
  hello.writeUInt32LE(always | (tls ? TLS : 0) | (database === '' ? 0 : WITH_DATABASE), 0);
  hello.writeUInt32LE(MAX_PACKET, 4);
  hello.writeUInt8(UTF8MB4, 8);
  return hello;
}

export interface Login {
  readonly user: string;
  readonly database: string;
  readonly plugin: string;
  readonly proof: Buffer;
}

export function loginOf(tls: boolean, { user, database, plugin, proof }: Login): Buffer {
  return Buffer.concat([
    helloOf(tls, database),
    Buffer.from(`${user}\0`),
    Buffer.from([proof.length]),
    proof,
    database === '' ? Buffer.alloc(0) : Buffer.from(`${database}\0`),
    Buffer.from(`${plugin}\0`),
  ]);
}

const NATIVE = 'mysql_native_password';

/** That we know the password, without saying it; null for a method that we do not speak. */
export function proofOf(plugin: string, password: string, nonce: Buffer): Buffer | null {
  if (plugin !== NATIVE && plugin !== 'caching_sha2_password') return null;
  if (password === '') return Buffer.alloc(0);
  const hash = (algorithm: string, ...parts: Buffer[]) => createHash(algorithm).update(Buffer.concat(parts)).digest();
  if (plugin === NATIVE) {
    const once = hash('sha1', Buffer.from(password));
    return xor(once, hash('sha1', nonce, hash('sha1', once)));
  }
  const once = hash('sha256', Buffer.from(password));
  return xor(once, hash('sha256', hash('sha256', once), nonce));
}

function xor(one: Buffer, other: Buffer): Buffer {
  return Buffer.from(one.map((byte, index) => byte ^ (other[index] ?? 0)));
}

/** The server's wish for another method. */
export function readSwitch(payload: Buffer): { readonly plugin: string; readonly nonce: Buffer } {
  const plugin = untilZero(payload.subarray(1));
  return { plugin, nonce: payload.subarray(2 + plugin.length).subarray(0, 20) };
}

/** `Unknown database 'shop' (42000)`. */
export function readError(payload: Buffer): string {
  const hasState = payload[3] === 0x23;
  const state = hasState ? ` (${payload.toString('latin1', 4, 9)})` : '';
  return `${payload.toString('utf8', hasState ? 9 : 3).slice(0, 200)}${state}`;
}

export function isError(payload: Buffer | undefined): boolean {
  return payload?.[0] === 0xff;
}

const isEnd = (payload: Buffer) => payload[0] === 0xfe && payload.length < 9;

/** The first value of a result as far as it came: `more` = not yet. A null reads as an empty text. */
export function firstValue(
  payloads: readonly Buffer[],
): 'more' | 'invalid' | { readonly error: string } | { readonly value: string | null } {
  const [first] = payloads;
  if (first === undefined) return 'more';
  if (isError(first)) return { error: readError(first) };
  if (first[0] === 0) return { value: null };
  const columns = readLength(first, 0);
  if (columns === null || columns.length === 0 || columns.length > MAX_PACKETS / 2) return 'invalid';
  // The columns, and the packet that ends them.
  const row = payloads[columns.length + 2];
  if (row === undefined) return payloads.length >= MAX_PACKETS ? 'invalid' : 'more';
  if (isError(row)) return { error: readError(row) };
  if (isEnd(row)) return { value: null };
  if (row[0] === 0xfb) return { value: '' };
  const value = readLength(row, 0);
  if (value === null) return 'invalid';
  return { value: row.toString('utf8', value.end, value.end + value.length) };
}

function readLength(bytes: Buffer, at: number): { readonly length: number; readonly end: number } | null {
  const first = bytes[at];
  if (first === undefined || first === 0xfb || first === 0xff) return null;
  if (first < 0xfb) return { length: first, end: at + 1 };
  const size = first === 0xfc ? 2 : first === 0xfd ? 3 : 8;
  if (bytes.length < at + 1 + size) return null;
  const length = size === 8 ? Number(bytes.readBigUInt64LE(at + 1)) : bytes.readUIntLE(at + 1, size);
  return { length, end: at + 1 + size };
}

function untilZero(bytes: Buffer): string {
  const end = bytes.indexOf(0);
  return bytes.toString('latin1', 0, end === -1 ? bytes.length : end);
}
