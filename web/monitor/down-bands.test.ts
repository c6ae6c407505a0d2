import { expect, it } from 'vitest';
import { downBands } from './down-bands.ts';

it('joins failures that follow each other and keeps others apart', () => {
  expect(downBands([130, 100, 110, 500], 10)).toEqual([
    { from: 100, to: 140, tone: 'down' },
    { from: 500, to: 510, tone: 'down' },
  ]);
  expect(downBands([], 10)).toEqual([]);
});
