import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { engineFault } from './engine-fault.ts';
import { ResultOutbox } from './result-outbox.ts';
import type { CheckResult } from './spec.ts';
import { testSpec } from './test-spec.ts';

const LIMITS = { flushMs: 50, batchSize: 3, inFlight: 2, capacity: 12 };
let sent: { sequence: number; ids: string[] }[] = [];
let outbox: ResultOutbox;

beforeEach(() => {
  vi.useFakeTimers();
  sent = [];
  outbox = new ResultOutbox(
    (sequence, results) => sent.push({ sequence, ids: results.map((result) => result.monitorId) }),
    LIMITS,
  );
});
afterEach(() => {
  outbox.stop();
  vi.useRealTimers();
});

const result = (index: number): CheckResult => engineFault(testSpec({ monitorId: `${index}` }), '');
function add(from: number, to: number): void {
  for (let index = from; index <= to; index += 1) outbox.add(result(index), false);
}

describe('results leave', () => {
  it('after 50 ms, when a batch is full, or at once when they are news', () => {
    add(1, 2);
    vi.advanceTimersByTime(49);
    expect(sent).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(sent).toEqual([{ sequence: 1, ids: ['1', '2'] }]);
    outbox.acknowledge(1);
    add(3, 5);
    expect(sent.at(-1)).toEqual({ sequence: 2, ids: ['3', '4', '5'] });
    outbox.acknowledge(2);
    outbox.add(result(6), true);
    vi.advanceTimersByTime(0);
    expect(sent.at(-1)).toEqual({ sequence: 3, ids: ['6'] });
  });

  it('only as far as the store keeps up, and then in order', () => {
    add(1, 10);
    vi.advanceTimersByTime(1_000);
    expect(sent.map((batch) => batch.ids)).toEqual([
      ['1', '2', '3'],
      ['4', '5', '6'],
    ]);
    expect(outbox.size).toBe(10);
    outbox.acknowledge(1);
    expect(sent.at(-1)?.ids).toEqual(['7', '8', '9']);
    outbox.acknowledge(2);
    expect(sent.at(-1)?.ids).toEqual(['10']);
    outbox.acknowledge(3);
    outbox.acknowledge(4);
    expect(outbox.size).toBe(0);
  });

  it('or are given up, oldest first, when nothing is stored for too long', () => {
    add(1, 40);
    expect(outbox.size).toBeLessThanOrEqual(LIMITS.capacity);
    expect(outbox.dropped).toBe(40 - outbox.size);
    for (let sequence = 1; sequence <= 10; sequence += 1) outbox.acknowledge(sequence);
    expect(outbox.size).toBe(0);
    expect(sent.at(-1)?.ids.at(-1)).toBe('40');
  });
});
