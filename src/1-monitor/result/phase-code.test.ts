import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { decodePhase, encodePhase } from './phase-code.ts';

it('keeps a phase to a tenth of a millisecond below 3.2 s, to a millisecond above', () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 32_767, noNaN: true }), (ms) => {
      const back = decodePhase(encodePhase(ms)) ?? -1;
      expect(Math.abs(back - ms)).toBeLessThanOrEqual(ms < 3_276 ? 0.0501 : 0.501);
    }),
  );
});
it('fits a smallint, whatever comes', () => {
  fc.assert(
    fc.property(fc.option(fc.double()), (ms) => {
      const code = encodePhase(ms);
      expect(Number.isInteger(code) && code >= -32_768 && code <= 32_767).toBe(true);
    }),
  );
});
it('tells "not reached" from zero', () => {
  expect(decodePhase(encodePhase(null))).toBeNull();
  expect(decodePhase(encodePhase(0))).toBe(0);
});
