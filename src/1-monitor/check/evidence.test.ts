import { expect, it } from 'vitest';
import { collectEvidence } from './evidence.ts';

const collect = (headers: [string, string][], body: string | Buffer) =>
  collectEvidence({ headers, body: Buffer.from(body) });

it.each([
  'set-cookie',
  'authorization',
  'www-authenticate',
  'x-api-key',
  'x-auth-token',
  'x-session-id',
  'client-secret',
])('masks %s', (name) => {
  expect(collect([[name, 'planted']], '').headers).toEqual([[name, '[secret]']]);
});

it('is bounded in headers, their length and the body', () => {
  const many = Array.from({ length: 100 }, (_, index): [string, string] => [`x-${index}`, 'v'.repeat(2_000)]);
  const evidence = collect(many, 'b'.repeat(100_000));
  expect([evidence.headers.length, evidence.headers[0]?.[1].length, evidence.bodyStart.length]).toEqual([
    40, 512, 2048,
  ]);
});

it('is text that can be stored: no control characters, no character cut in half', () => {
  expect(collect([], 'a\u0000b\u001b[31mc\n').bodyStart).toBe('ab[31mc\n');
  expect(collect([], `${'x'.repeat(2047)}€ and more`).bodyStart).toBe('x'.repeat(2047));
  expect(collect([], Buffer.from([0xff, 0xfe, 0x41])).bodyStart.isWellFormed()).toBe(true);
});
