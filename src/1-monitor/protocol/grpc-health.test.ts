import { expect, it } from 'vitest';
import { healthRequest, readHealth } from './grpc-health.ts';

const framed = (...bytes: number[]) => Buffer.from([0, 0, 0, 0, bytes.length, ...bytes]);

it('asks for the server as a whole with an empty message, and for a service by its name', () => {
  expect(healthRequest(null)).toEqual(framed());
  expect(healthRequest('a.B')).toEqual(framed(0x0a, 3, 0x61, 0x2e, 0x42));
  const long = healthRequest('x'.repeat(200));
  expect([...long.subarray(0, 8)]).toEqual([0, 0, 0, 0, 203, 0x0a, 0xc8, 0x01]);
});

it.each([
  [framed(), 'unknown'],
  [framed(8, 1), 'serving'],
  [framed(8, 2), 'not serving'],
  [framed(8, 3), 'service unknown'],
  // A field that we do not know is passed over.
  [framed(0x12, 2, 9, 9, 8, 1), 'serving'],
  [framed(0x10, 5, 8, 1), 'serving'],
])('reads %j as %s', (body, serving) => {
  expect(readHealth(body)).toBe(serving);
});

it.each([
  Buffer.alloc(0),
  Buffer.from([1, 0, 0, 0, 0]),
  Buffer.from([0, 0, 0, 0, 9, 8, 1]),
  framed(8),
  framed(8, 9),
  framed(0x12, 40, 1),
  framed(0x0d, 1, 2, 3, 4),
  framed(0xff, 0xff, 0xff, 0xff, 0xff, 1),
])('what is no answer is none: %j', (body) => {
  expect(readHealth(body)).toBeNull();
});
