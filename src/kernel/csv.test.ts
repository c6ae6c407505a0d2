import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toCsv } from './csv.ts';

describe('comma-separated values', () => {
  it('quote what needs it, and leave nothing for nothing', () => {
    expect(
      toCsv(
        ['a', 'b'],
        [
          ['x, "y"', null],
          ['two\nlines', 3],
        ],
      ),
    ).toBe('a,b\r\n"x, ""y""",\r\n"two\nlines",3\r\n');
  });

  it('never begin a cell as a formula', () => {
    const started = fc.tuple(fc.constantFrom('=', '+', '-', '@', '\t'), fc.string()).map((parts) => parts.join(''));
    fc.assert(fc.property(started, (text) => /^"?'/.test(toCsv([], [[text]]).slice(2))));
  });
});
