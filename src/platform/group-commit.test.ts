import { describe, expect, it } from 'vitest';
import { createGroupCommit, isTransient } from './group-commit.ts';

describe('group commit', () => {
  it('answers each item in order, and gathers what arrives while a commit is under way', async () => {
    const sizes: number[] = [];
    const group = createGroupCommit<number, number>({
      async commit(items) {
        sizes.push(items.length);
        await new Promise((resolve) => setTimeout(resolve, 5));
        return items.map((n) => n * 2);
      },
    });
    const first = group.submit(1);
    await new Promise((resolve) => setImmediate(resolve));
    const rest = [2, 3, 4].map((n) => group.submit(n));
    expect(await Promise.all([first, ...rest])).toEqual([2, 4, 6, 8]);
    expect(sizes).toEqual([1, 3]);
    expect(group.waiting()).toBe(0);
  });

  it('splits a batch until the faulty item stands alone, and writes all the others', async () => {
    const written: number[] = [];
    const group = createGroupCommit<number, number>({
      commit(items) {
        if (items.includes(5)) return Promise.reject(Object.assign(new Error('bad value'), { code: '22P02' }));
        written.push(...items);
        return Promise.resolve([...items]);
      },
    });
    const settled = await Promise.allSettled([1, 2, 3, 4, 5, 6, 7].map((n) => group.submit(n)));
    expect(settled.map(({ status }) => status)).toEqual([
      'fulfilled',
      'fulfilled',
      'fulfilled',
      'fulfilled',
      'rejected',
      'fulfilled',
      'fulfilled',
    ]);
    expect(written.toSorted()).toEqual([1, 2, 3, 4, 6, 7]);
  });

  it('does not hammer a database that is away: one attempt, then unavailable for all', async () => {
    let attempts = 0;
    const group = createGroupCommit<number, number>({
      commit() {
        attempts += 1;
        return Promise.reject(Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }));
      },
    });
    const settled = await Promise.allSettled([1, 2, 3].map((n) => group.submit(n)));
    expect(attempts).toBe(1);
    for (const one of settled) {
      expect(one).toMatchObject({ status: 'rejected', reason: { code: 'unavailable', retryAfterSeconds: 1 } });
    }
  });

  it('refuses above the queue limit, and after close, without losing what was accepted', async () => {
    const group = createGroupCommit<number, number>({ maxWaiting: 2, commit: (items) => Promise.resolve([...items]) });
    const accepted = [group.submit(1), group.submit(2)];
    await expect(group.submit(3)).rejects.toMatchObject({ code: 'unavailable' });
    const closing = group.close();
    await expect(group.submit(4)).rejects.toMatchObject({ code: 'unavailable' });
    await closing;
    expect(await Promise.all(accepted)).toEqual([1, 2]);
  });

  it.each([
    ['40P01', true],
    ['57P01', true],
    ['23505', false],
    ['22001', false],
    ['ECONNRESET', true],
    ['ERR_INVALID_ARG_TYPE', false],
  ])('SQLSTATE or code %s is transient: %s', (code, expected) => {
    expect(isTransient(Object.assign(new Error('x'), { code }))).toBe(expected);
  });
});
