import fc from 'fast-check';
import { expect, it } from 'vitest';
import { engineFault } from '../check/engine-fault.ts';
import { testSpec } from '../check/test-spec.ts';
import type { CheckResult } from '../check/spec.ts';
import { takeResults } from './probe-wire.ts';
import { WIRE_LIMITS } from './wire-limits.ts';
import { messagesOf, wireResultOf } from './wire-result.ts';

const found = (picture: number | null, trace: number | null) =>
  wireResultOf({
    ...engineFault(testSpec({}), 'x'),
    ...(picture === null && trace === null
      ? {}
      : {
          artefacts: {
            picture: picture === null ? null : Buffer.alloc(picture),
            trace: trace === null ? null : Buffer.alloc(trace),
          },
        }),
  });

it('sends pictures and traces, and leaves out what no server takes', () => {
  expect(found(null, null)).not.toHaveProperty('artefacts');
  const { artefacts } = found(300_000, 3_000_000);
  expect(artefacts?.picture).toHaveLength(400_000);
  expect(artefacts?.trace).toBeNull();
  expect(takeResults([found(300_000, 2_000_000)])).toMatchObject({ refused: 0 });
});

it.each([
  ['192.0.2.1', '192.0.2.1'],
  ['2001:db8::1', '2001:db8::1'],
  [null, null],
  ['shop.example.org', null],
  ['javascript:alert(1)', null],
])('takes an address of a probe only where it is one: %s', (address, taken) => {
  expect(takeResults([{ ...found(null, null), address }]).taken[0]?.address).toBe(taken);
});

it('says how a request travelled, where that is worth a word', () => {
  const connection = { httpVersion: '2', proxy: 'http://proxy.example.org:3128' } as const;
  const sent = wireResultOf({ ...engineFault(testSpec({}), 'x'), connection });
  expect(takeResults([sent, found(null, null)]).taken.map((one) => one.connection)).toEqual([connection, undefined]);
});

it('puts results into messages that are taken: by their number, and by the size of what they carry', () => {
  const many = Array.from({ length: 1_001 }, () => found(null, null));
  expect(messagesOf(many).map(({ length }) => length)).toEqual([500, 500, 1]);
  const heavy = Array.from({ length: 5 }, () => found(300_000, 1_500_000));
  const messages = messagesOf([...heavy, found(null, null)]);
  expect(messages.map(({ length }) => length)).toEqual([1, 1, 1, 1, 2]);
  for (const results of messages) expect(JSON.stringify({ results }).length).toBeLessThan(WIRE_LIMITS.bodyBytes);
});

it('divides what is said at length as well', () => {
  const failures = Array.from({ length: 21 }, () => ({ expected: 'ü'.repeat(4_000), got: 'x'.repeat(4_000) }));
  const messages = messagesOf(Array.from({ length: 40 }, () => ({ ...found(null, null), failures })));
  expect(messages.length).toBeGreaterThan(1);
  for (const results of messages)
    expect(Buffer.byteLength(JSON.stringify({ results }))).toBeLessThan(WIRE_LIMITS.bodyBytes);
});

const long = fc
  .tuple(fc.string({ unit: 'binary', maxLength: 20 }), fc.constantFrom(1, 30, 600, 5_000))
  .map(([text, times]) => text.repeat(times));
const number = fc.oneof(fc.double(), fc.integer(), fc.constantFrom(1.5, -1, 1_000, Number.NaN, Infinity, -Infinity));
const orNull = <Value>(value: fc.Arbitrary<Value>) => fc.option(value);
const phases = fc.record({
  dnsMs: orNull(number),
  tcpMs: orNull(number),
  tlsMs: orNull(number),
  firstByteMs: orNull(number),
  transferMs: orNull(number),
});
const many = <Value>(value: fc.Arbitrary<Value>) =>
  fc.tuple(fc.array(value, { maxLength: 3 }), fc.constantFrom(1, 50)).map(([list, times]) => {
    return Array.from({ length: times }, () => list).flat();
  });
const failures = many(fc.record({ expected: long, got: long }));
const error = orNull(fc.record({ kind: long, message: long }));
const pairs = many(fc.tuple(long, long));
const anyResult = fc.record({
  monitorId: fc.constant('mon_1'),
  workspaceId: fc.constant('ws_1'),
  dueAtMs: number,
  startedAtMs: number,
  latenessMs: number,
  outcome: fc.constantFrom('up', 'degraded', 'down', 'unknown'),
  totalMs: number,
  phases,
  status: orNull(number),
  address: orNull(long),
  certificateExpiresAtMs: orNull(number),
  failures,
  error,
  evidence: orNull(fc.record({ headers: pairs, bodyStart: long })),
  steps: orNull(
    many(
      fc.record({
        name: long,
        outcome: fc.constantFrom('passed', 'failed', 'not-run'),
        startedMs: number,
        tookMs: number,
        status: orNull(number),
        phases: orNull(phases),
        failures,
        error,
        values: pairs,
      }),
    ),
  ),
});

it('says whatever was found in words that the server takes', () => {
  fc.assert(
    fc.property(anyResult, (result) => {
      const wire = wireResultOf(result as CheckResult);
      expect(takeResults([JSON.parse(JSON.stringify(wire))])).toMatchObject({ refused: 0, why: null });
    }),
    { numRuns: 60 },
  );
});

it('takes what is right beside what is not, and says what is wrong', () => {
  const bad = { ...found(null, null), status: 1.5 };
  const { taken, refused, why } = takeResults([found(null, null), bad, null, found(null, null)]);
  expect([taken.length, refused]).toEqual([2, 2]);
  expect(why).toMatch(/^status /);
});
