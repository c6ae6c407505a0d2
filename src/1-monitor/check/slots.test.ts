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
