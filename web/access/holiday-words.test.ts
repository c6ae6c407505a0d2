import { expect, it } from 'vitest';
import { daysOfLines, holidaysByName, linesOf, placeWords } from './holiday-words.ts';

it('days are typed a line each, and shown as they are typed', () => {
  const text = '2026-12-24 Christmas Eve\n\n 2026-12-31, New Year’s Eve ';
  const days = [
    { date: '2026-12-24', name: 'Christmas Eve' },
    { date: '2026-12-31', name: 'New Year’s Eve' },
  ];
  expect(daysOfLines(text)).toEqual({ days });
  expect(daysOfLines(linesOf(days))).toEqual({ days });
  expect(daysOfLines('')).toEqual({ days: [] });
});

it.each(['24.12.2026 Christmas Eve', '2026-12-24', '2026-13-01 Never'])('%s is no day', (line) => {
  expect(daysOfLines(`2026-12-24 Eve\n${line}`)).toEqual({ wrong: line });
});

it('a holiday and the day that stands in for it are one', () => {
  const days = [
    { date: '2026-12-26', name: 'Boxing Day' },
    { date: '2026-12-28', name: 'Boxing Day (substitute day)' },
  ];
  expect(holidaysByName(days)).toEqual([{ name: 'Boxing Day', dates: ['2026-12-26', '2026-12-28'] }]);
});

it('a place is named', () => {
  expect(placeWords('DE', 'BY')).toBe('Germany (BY)');
  expect(placeWords('US', null)).toBe('United States');
  expect(placeWords(null, null)).toBe('days of its own');
});
