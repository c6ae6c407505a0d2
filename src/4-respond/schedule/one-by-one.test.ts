import { expect, it } from 'vitest';
import { oneByOne } from './one-by-one.ts';

it('works things out in order, and lets what waits have its turn after the first of them', async () => {
  const seen: string[] = [];
  setImmediate(() => seen.push('something else'));
  const results = await oneByOne(['a', 'b', 'c'], (item) => {
    seen.push(item);
    return item.toUpperCase();
  });
  expect(results).toEqual(['A', 'B', 'C']);
  expect(seen).toEqual(['a', 'something else', 'b', 'c']);
});
