import { expect, it } from 'vitest';
import { engineFault } from '../check/engine-fault.ts';
import { testSpec } from '../check/test-spec.ts';
import { messagesOf, resultsBody, WIRE_LIMITS, wireResultOf } from './probe-wire.ts';

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
  expect(resultsBody.safeParse({ results: [found(300_000, 2_000_000)] }).success).toBe(true);
});

it('puts results into messages that are taken: by their number, and by the size of what they carry', () => {
  const many = Array.from({ length: 1_001 }, () => found(null, null));
  expect(messagesOf(many).map(({ length }) => length)).toEqual([500, 500, 1]);
  const heavy = Array.from({ length: 5 }, () => found(300_000, 1_500_000));
  const messages = messagesOf([...heavy, found(null, null)]);
  expect(messages.map(({ length }) => length)).toEqual([1, 1, 1, 1, 2]);
  for (const results of messages) expect(JSON.stringify({ results }).length).toBeLessThan(WIRE_LIMITS.bodyBytes);
});
