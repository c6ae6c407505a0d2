import { expect, it } from 'vitest';
import { backoffMs } from './backoff.ts';

it('starts at once, then ever later, never after more than ten seconds', () => {
  expect([0, 1, 2, 3, 8, 100].map(backoffMs)).toEqual([0, 100, 200, 400, 10_000, 10_000]);
});
