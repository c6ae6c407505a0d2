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

  it('leaves room for others however much one of them sends, and tells that one to come back', async () => {
    let release = () => undefined as void;
    const free = new Promise<void>((resolve) => (release = resolve));
    const group = createGroupCommit<string, string>({
      maxWaiting: 16,
      async commit(items) {
        await free;
        return [...items];
      },
    });
    const sent = (sharer: string) => {
      const answers = Array.from({ length: 20 }, () => group.submit(sharer, sharer));
      void Promise.allSettled(answers);
      return answers;
    };
    const flood = sent('flood');
    expect(group.waiting()).toBe(8);
    await expect(flood[8]).rejects.toMatchObject({ code: 'limit', retryAfterSeconds: 1 });
    const second = sent('second');
    expect(group.waiting()).toBe(12);
    const one = group.submit('third', 'third');
    const nobody = group.submit('nobody');
    release();
    expect(await Promise.all([...flood.slice(0, 8), ...second.slice(0, 4), one, nobody])).toEqual([
      ...Array.from({ length: 8 }, () => 'flood'),
      ...Array.from({ length: 4 }, () => 'second'),
      'third',
      'nobody',
    ]);
    await Promise.allSettled([...flood, ...second]);
    // What it held is free again.
    const again = Array.from({ length: 8 }, () => group.submit('flood', 'flood'));
    expect(await Promise.all(again)).toHaveLength(8);
  });

  it('writes of everybody who waits, when more wait than one batch takes, and keeps the order of each', async () => {
    const batches: string[][] = [];
    const group = createGroupCommit<string, string>({
      maxBatch: 4,
      commit(items) {
        batches.push([...items]);
        return Promise.resolve([...items]);
      },
    });
    const flood = Array.from({ length: 6 }, (_, i) => group.submit(`flood ${i}`, 'flood'));
    const others = [group.submit('a 0', 'a'), group.submit('a 1', 'a'), group.submit('b 0', 'b')];
    await Promise.all([...flood, ...others]);
    expect(batches[0]).toEqual(['flood 0', 'a 0', 'a 1', 'b 0']);
    expect(batches.flat().filter((item) => item.startsWith('flood'))).toEqual(flood.map((_, i) => `flood ${i}`));
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
