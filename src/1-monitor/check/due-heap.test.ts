import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { DueHeap } from './due-heap.ts';

it('gives values back in the order of their keys, however pushes and pops are mixed', () => {
  const step = fc.oneof(fc.integer({ min: 0, max: 1_000 }), fc.constant(null));
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
      const heap = new DueHeap<{ key: number }>();
      const model: number[] = [];
      for (const key of steps) {
        if (key === null) {
          expect(heap.popUpTo(Infinity)?.key).toBe(model.shift());
          continue;
        }
        heap.push(key, { key });
        model.push(key);
        model.sort((first, second) => first - second);
        expect(heap.peekKey()).toBe(model[0]);
      }
      expect(heap.size).toBe(model.length);
    }),
  );
});

it('leaves what lies beyond the limit', () => {
  const heap = new DueHeap<string>();
  heap.push(10, 'late');
  heap.push(5, 'early');
  expect([heap.popUpTo(7), heap.popUpTo(7), heap.size]).toEqual(['early', undefined, 1]);
});
