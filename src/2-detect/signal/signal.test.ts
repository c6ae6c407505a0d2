import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inRounds, keyOf, lastChanges, type NewSignal } from './signal.ts';

const AT = new Date('2026-11-25T10:00:00Z');

function signal(dedupKey: string, status: NewSignal['status'], payload: string): NewSignal {
  return {
    workspaceId: 'ws_1',
    scope: 'src_1',
    dedupKey,
    status,
    severity: 'error',
    title: dedupKey,
    origin: 'intake',
    alertSourceId: 'src_1',
    alertSourceName: 'One',
    monitorId: null,
    serviceId: null,
    drill: false,
    source: null,
    labels: '{}',
    url: null,
    evidence: null,
    payload,
    beganAt: AT,
    receivedAt: AT,
  };
}

const anyBatch = fc
  .array(fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.constantFrom('firing', 'resolved')), { maxLength: 30 })
  .map((all) => all.map(([key, status], i) => signal(key, status as NewSignal['status'], String(i))));

describe('a batch of signals in rounds', () => {
  it('loses none, and keeps the order of each key', () => {
    fc.assert(
      fc.property(anyBatch, (batch) => {
        const written = inRounds(batch).flatMap((round) => round.flatMap((group) => group.signals));
        for (const key of new Set(batch.map(keyOf))) {
          expect(written.filter((one) => keyOf(one) === key)).toEqual(batch.filter((one) => keyOf(one) === key));
        }
        expect(written).toHaveLength(batch.length);
      }),
    );
  });

  it('names each key once a round, with one status, in the order of the keys', () => {
    fc.assert(
      fc.property(anyBatch, (batch) => {
        for (const round of inRounds(batch)) {
          const keys = round.map((group) => group.key);
          expect(keys).toEqual([...new Set(keys)].toSorted());
          for (const group of round) expect(new Set(group.signals.map((one) => one.status)).size).toBe(1);
        }
      }),
    );
  });

  it('is one round when no key changes its mind', () => {
    expect(inRounds(['a', 'b', 'a', 'c'].map((key, i) => signal(key, 'firing', String(i))))).toHaveLength(1);
  });
});

describe('the signals of one message', () => {
  it('are two rounds at most, and tell of each key how it ends, what opened last and every repeat of that', () => {
    fc.assert(
      fc.property(anyBatch, (batch) => {
        const kept = lastChanges(batch);
        expect(inRounds(kept).length).toBeLessThanOrEqual(2);
        for (const key of new Set(batch.map(keyOf))) {
          const [all, left] = [batch, kept].map((some) => some.filter((one) => keyOf(one) === key));
          // What is left is the end of what was said, and all of it unless more than one change went before.
          expect(left).toEqual(all?.slice(-(left?.length ?? 0)));
          if (all?.some(({ status }) => status === 'firing'))
            expect(left?.filter(({ status }) => status === 'firing').at(-1)).toBe(
              all.filter(({ status }) => status === 'firing').at(-1),
            );
          const changes = all?.filter(({ status }, i) => i > 0 && status !== all[i - 1]?.status).length ?? 0;
          if (changes <= 1) expect(left).toEqual(all);
        }
      }),
    );
  });
});
