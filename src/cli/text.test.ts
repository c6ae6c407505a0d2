import { describe, expect, it } from 'vitest';
import { columns, count, harmless, moment, nearest, parseDuration, shortened } from './text.ts';

describe('text on the terminal', () => {
  it('aligns columns and leaves no blanks at the end', () => {
    expect(
      columns(
        [
          ['a', 'bb', 'c'],
          ['aaa', 'b', ''],
        ],
        '  ',
      ),
    ).toBe('  a    bb  c\n  aaa  b');
  });

  it('cuts what would push its table off the screen, but never the last column', () => {
    const long = 'x'.repeat(1_024);
    const [first, second] = columns([
      [long, 'open', long],
      [`${'y'.repeat(58)}🔥🔥`, 'over', 'z'],
    ]).split('\n');
    expect(first).toBe(`${'x'.repeat(59)}…  open  ${long}`);
    expect(second).toBe(`${'y'.repeat(58)}…   over  z`);
  });

  it('says when and how far', () => {
    const now = new Date(2026, 10, 25, 14, 18);
    expect(moment(new Date(2026, 10, 25, 14, 30).toISOString(), now)).toBe('14:30 (in 12 m)');
    expect(moment(new Date(2026, 10, 24, 9, 0).toISOString(), now)).toBe('24 Nov, 09:00 (1 d 05 h ago)');
  });

  it('counts in words', () => {
    expect([count(1, 'alert'), count(0, 'alert')]).toEqual(['1 alert', '0 alerts']);
  });

  it('shows what a terminal would obey, and leaves lines and tabs alone', () => {
    expect(harmless('a\u001b[31mred\u0007\u009b2J\rb\u202ec\td\ne\r\n')).toBe(
      'a\ufffd[31mred\ufffd\ufffd2J\ufffdb\ufffdc\td\ne\r\n',
    );
  });

  it('cuts to one line', () => {
    expect([shortened(' a\n  b ', 5), shortened('abcdef', 5)]).toEqual(['a b', 'abcd…']);
  });

  it.each([
    ['primry', ['Primary']],
    ['prim', ['Primary', 'Primary night']],
    ['nigth', ['Nights']],
    ['payments', []],
  ])('finds the names nearest to %s', (typed, names) => {
    expect(nearest(typed, ['Nights', 'Primary', 'Primary night', 'Shop'], (name) => [name])).toEqual(names);
  });

  it.each([
    ['90', 90],
    ['90s', 90],
    ['15m', 900],
    ['15 min', 900],
    ['2h', 7_200],
    ['30d', 2_592_000],
    ['', null],
    ['2w', null],
    ['-5m', null],
    ['1.5h', null],
  ])('reads %j as %j seconds', (text, seconds) => {
    expect(parseDuration(text)).toBe(seconds);
  });
});
