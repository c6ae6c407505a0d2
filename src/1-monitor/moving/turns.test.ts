import { expect, it } from 'vitest';
import { Turns } from './turns.ts';

it('lets one work at a time, a few wait in their order, and asks the others to come back', async () => {
  const turns = new Turns(1, 2);
  const first = Promise.withResolvers<string>();
  const began: string[] = [];
  const take = (name: string, work: () => Promise<string>) =>
    turns.take(() => {
      began.push(name);
      return work();
    });
  const one = take('one', () => first.promise);
  const two = take('two', () => Promise.reject(new Error('broken')));
  const three = take('three', () => Promise.resolve('done'));
  await expect(take('four', () => Promise.resolve(''))).rejects.toMatchObject({ code: 'limit', retryAfterSeconds: 10 });
  expect(began).toEqual(['one']);
  first.resolve('first');
  expect(await Promise.allSettled([one, two, three])).toMatchObject([
    { value: 'first' },
    { reason: { message: 'broken' } },
    { value: 'done' },
  ]);
  expect(await take('five', () => Promise.resolve('again'))).toBe('again');
  expect(began).toEqual(['one', 'two', 'three', 'five']);
});
