import { setImmediate as letOthers } from 'node:timers/promises';

/**
 * Works something out for each of some schedules, and lets whatever else waits have its turn after every one: how long
 * others wait is bounded by one schedule, however many there are.
 */
export async function oneByOne<Item, Result>(items: Iterable<Item>, work: (item: Item) => Result): Promise<Result[]> {
  const results: Result[] = [];
  for (const item of items) {
    results.push(work(item));
    await letOthers();
  }
  return results;
}
