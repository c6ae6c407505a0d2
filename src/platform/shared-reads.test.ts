import { describe, expect, it } from 'vitest';
import { createSharedReads } from './shared-reads.ts';

/** Reads that end when the test says so; each answers with its number. */
function createReads() {
  const ends: ((error?: Error) => void)[] = [];
  const read = () =>
    new Promise<number>((resolve, reject) => {
      const number = ends.length + 1;
      ends.push((error) => (error ? reject(error) : resolve(number)));
    });
  return { read, ends };
}

/** Lets everything run that only waits for what has ended. */
const settle = () => new Promise((resolve) => setImmediate(resolve));

describe('shared reads', () => {
  it('gives all who came during a read the one that begins after it', async () => {
    const together = createSharedReads();
    const { read, ends } = createReads();
    const first = together('a', read);
    const others = [together('a', read), together('a', read)];
    expect(ends).toHaveLength(1);
    ends[0]?.();
    expect(await first).toBe(1);
    await settle();
    const last = together('a', read);
    expect(ends).toHaveLength(2);
    ends[1]?.();
    expect(await Promise.all(others)).toEqual([2, 2]);
    await settle();
    ends[2]?.();
    expect(await last).toBe(3);
  });

  it('keeps what is asked of one key from another', async () => {
    const together = createSharedReads();
    const { read, ends } = createReads();
    const both = [together('a', read), together('b', read)];
    for (const end of ends) end();
    expect(await Promise.all(both)).toEqual([1, 2]);
  });

  it('tells a failure to those who shared it, and reads anew for the next', async () => {
    const together = createSharedReads();
    const { read, ends } = createReads();
    const first = together('a', read);
    const second = together('a', read);
    ends[0]?.(new Error('gone'));
    await expect(first).rejects.toThrow('gone');
    await settle();
    ends[1]?.();
    expect(await second).toBe(2);
    expect(ends).toHaveLength(2);
  });
});
