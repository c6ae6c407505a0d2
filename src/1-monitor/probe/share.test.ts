import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { shareOwner } from './share.ts';

const nodes = fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 6 });

it('gives each monitor to one live node, whatever the order in which they are listed', () => {
  fc.assert(
    fc.property(fc.string(), nodes, (monitor, all) => {
      expect(all).toContain(shareOwner(monitor, all));
      expect(shareOwner(monitor, all.toReversed())).toBe(shareOwner(monitor, all));
    }),
  );
});
it('moves only the share of a node that goes', () => {
  fc.assert(
    fc.property(fc.string(), nodes, fc.nat(), (monitor, all, pick) => {
      const gone = all[pick % all.length];
      const rest = all.filter((node) => node !== gone);
      const owner = shareOwner(monitor, all);
      if (owner !== gone) expect(shareOwner(monitor, rest)).toBe(owner);
    }),
  );
});
it('shares evenly', () => {
  const counts = new Map<string, number>();
  for (let i = 0; i < 3_000; i++) {
    const owner = shareOwner(`mon_${i}`, ['a', 'b', 'c']) ?? '';
    counts.set(owner, (counts.get(owner) ?? 0) + 1);
  }
  for (const count of counts.values()) expect(Math.abs(count - 1_000)).toBeLessThan(120);
  expect(shareOwner('mon_1', [])).toBeNull();
});
