import { afterEach, expect, it, vi } from 'vitest';
import { paced } from './paced.ts';

afterEach(() => vi.useRealTimers());

it('says the newest, so often as it may, and only when the last was taken', async () => {
  vi.useFakeTimers();
  const said: string[] = [];
  let taken = Promise.withResolvers<void>();
  const tell = paced<string>(
    (text) => {
      said.push(text);
      return taken.promise;
    },
    250,
    (older, newer) => `${older.slice(0, 1)}${newer}`,
  );
  tell('a');
  for (let i = 0; i < 1_000; i += 1) tell(`b${i}`);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(said).toEqual(['a']);
  taken.resolve();
  await vi.advanceTimersByTimeAsync(0);
  expect(said).toEqual(['a', 'bb999']);
  taken = Promise.withResolvers();
  tell('c');
  await vi.advanceTimersByTimeAsync(249);
  expect(said).toHaveLength(2);
  await vi.advanceTimersByTimeAsync(1);
  expect(said).toEqual(['a', 'bb999', 'c']);
});
