import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { gridPhaseMs, nextGridPointMs } from './grid.ts';

const interval = fc.integer({ min: 1_000, max: 86_400_000 });
const instant = fc.integer({ min: 0, max: 4_000_000_000_000 });

it('the next grid point comes after the instant, within one interval, and lies on the grid', () => {
  fc.assert(
    fc.property(fc.string(), interval, instant, (id, intervalMs, nowMs) => {
      const next = nextGridPointMs(id, intervalMs, nowMs);
      expect(next).toBeGreaterThan(nowMs);
      expect(next - nowMs).toBeLessThanOrEqual(intervalMs);
      expect((next - gridPhaseMs(id, intervalMs)) % intervalMs).toBe(0);
    }),
  );
});

it('a restart at any instant finds the same grid', () => {
  fc.assert(
    fc.property(fc.string(), interval, instant, fc.integer({ min: 0, max: 999 }), (id, intervalMs, nowMs, laterMs) => {
      const next = nextGridPointMs(id, intervalMs, nowMs);
      expect(nextGridPointMs(id, intervalMs, Math.min(nowMs + laterMs, next - 1))).toBe(next);
      expect(nextGridPointMs(id, intervalMs, next)).toBe(next + intervalMs);
    }),
  );
});

it('spreads monitors evenly over their interval', () => {
  const tenths = Array.from({ length: 10 }, () => 0);
  for (let index = 0; index < 10_000; index += 1) {
    const tenth = Math.floor(gridPhaseMs(`mon_${index}`, 30_000) / 3_000);
    tenths[tenth] = (tenths[tenth] ?? 0) + 1;
  }
  for (const count of tenths) expect(Math.abs(count - 1_000)).toBeLessThan(150);
});
