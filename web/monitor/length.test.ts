import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { readLength, writeLength } from './length.ts';

it.each([
  ['15 min', 900],
  ['1 h 30 min', 5_400],
  ['1h30m', 5_400],
  ['90s', 90],
  ['1 day', 86_400],
  ['1.5 h', 5_400],
  ['15', 900],
  ['2 days, 3 hours', 183_600],
])('"%s" is %i seconds', (text, seconds) => expect(readLength(text)).toBe(seconds));
it.each(['', 'soon', '5 parsecs', '-1 h', '1 h and'])('"%s" is no length', (text) =>
  expect(readLength(text)).toBeNull(),
);
it('reads back what it writes', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 40_000_000 }), (seconds) => readLength(writeLength(seconds)) === seconds),
  );
});
