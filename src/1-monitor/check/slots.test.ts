import { expect, it } from 'vitest';
import { DeadlineSweep } from './deadline-sweep.ts';
import { Slots } from './slots.ts';

it('lets so many in at once, the others in turn, and nobody after their deadline', async () => {
  const sweep = new DeadlineSweep();
  const slots = new Slots(1);
  const deadline = () => sweep.add(performance.now() + 10_000);
  expect(await slots.take(deadline())).toBe(true);
  const late = sweep.add(performance.now());
  const first = slots.take(late);
  const second = slots.take(deadline());
  sweep.sweep(performance.now() + 100);
  expect(await first).toBe(false);
  slots.release();
  expect(await second).toBe(true);
  slots.release();
  expect(await slots.take(deadline())).toBe(true);
  sweep.close();
});

it('goes round among those who wait, however many they are of one', async () => {
  const sweep = new DeadlineSweep();
  const slots = new Slots(1);
  const began: string[] = [];
  const take = (of: string, name: string) =>
    slots.take(sweep.add(performance.now() + 10_000), of).then(() => began.push(name));
  await take('a', 'a1');
  const waiting = [take('a', 'a2'), take('a', 'a3'), take('a', 'a4'), take('b', 'b1'), take('c', 'c1')];
  for (const _ of waiting) slots.release();
  await Promise.all(waiting);
  expect(began).toEqual(['a1', 'a2', 'b1', 'c1', 'a3', 'a4']);
  sweep.close();
});
