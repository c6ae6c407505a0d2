import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { firstValue, packet, packetsIn, proofOf, readError, readGreeting, readSwitch } from './mysql-packets.ts';

const nonce = Buffer.from('12345678901234567890');
const hash = (algorithm: string, ...parts: Buffer[]) => createHash(algorithm).update(Buffer.concat(parts)).digest();
const xor = (one: Buffer, other: Buffer) => Buffer.from(one.map((byte, index) => byte ^ (other[index] ?? 0)));

it.each([
  ['mysql_native_password', 'sha1', (stored: Buffer) => hash('sha1', nonce, stored)],
  ['caching_sha2_password', 'sha256', (stored: Buffer) => hash('sha256', stored, nonce)],
])('proves the password by %s as a server checks it', (plugin, algorithm, cover) => {
  // The server keeps the hash of the hash, uncovers what it was sent by it, and hashes once more.
  const stored = hash(algorithm, hash(algorithm, Buffer.from('open sesame')));
  const proof = proofOf(plugin, 'open sesame', nonce) ?? Buffer.alloc(0);
  expect(hash(algorithm, xor(proof, cover(stored)))).toEqual(stored);
});

it('proves nothing without a password, nor by what is not spoken', () => {
  expect(proofOf('mysql_native_password', '', nonce)).toHaveLength(0);
  expect(proofOf('client_ed25519', 'x', nonce)).toBeNull();
  expect(proofOf('mysql_clear_password', 'x', nonce)).toBeNull();
});

it('reads packets, whole ones only', () => {
  const bytes = Buffer.concat([packet(3, Buffer.from('one')), packet(4, Buffer.from('two'))]);
  expect(packetsIn(bytes)).toEqual({ payloads: [Buffer.from('one'), Buffer.from('two')], next: 5 });
  expect(packetsIn(bytes.subarray(0, -1))).toEqual({ payloads: [Buffer.from('one')], next: 4 });
});

it.each([
  ['nothing yet', [], 'more'],
  ['an error', ['\xff\x48\x04#42000no such thing'], { error: 'no such thing (42000)' }],
  ['no result at all', ['\0\0\0'], { value: null }],
  ['a value', ['\x01', 'column', '\xfe\0\0\0\0', '\x04lamp'], { value: 'lamp' }],
  ['a null', ['\x01', 'column', '\xfe\0\0\0\0', '\xfb'], { value: '' }],
  ['no row', ['\x01', 'column', '\xfe\0\0\0\0', '\xfe\0\0\0\0'], { value: null }],
  ['columns without the row', ['\x01', 'column', '\xfe\0\0\0\0'], 'more'],
  ['a file that is asked of us', ['\xfb/etc/passwd'], 'invalid'],
  ['more columns than there can be', ['\xfd\xff\xff\xff'], 'invalid'],
])('reads a result: %s', (_, payloads, expected) => {
  expect(firstValue(payloads.map((text) => Buffer.from(text, 'latin1')))).toEqual(expected);
});

it('reads what is no greeting, and short ones, without harm', () => {
  for (const text of ['', '\x0a', '\x0a5.5\0', 'x'.repeat(80), `\x0a${'5'.repeat(80)}`])
    expect(readGreeting(Buffer.from(text, 'latin1'))).toBeNull();
  expect(readError(Buffer.from('\xff', 'latin1'))).toBe('');
  expect(readSwitch(Buffer.from('\xfe', 'latin1')).plugin).toBe('');
});
