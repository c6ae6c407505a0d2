import { describe, expect, it } from 'vitest';
import { CalendarRefusal, parseCalendar } from './parse-calendar.ts';
import { personOf, stretchesOf } from './plan-import.ts';

const WINDOW = { startMs: Date.parse('2026-03-01T00:00Z'), endMs: Date.parse('2026-05-01T00:00Z') };

const calendar = (...events: readonly string[]) =>
  ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//x//y//EN', ...events.flatMap(eventOf), 'END:VCALENDAR', ''].join(
    '\r\n',
  );
const eventOf = (lines: string, index: number) => [
  'BEGIN:VEVENT',
  `UID:${index}@x`,
  'DTSTAMP:20260101T000000Z',
  ...lines.split('\n'),
  'END:VEVENT',
];
const spans = (text: string, zone = 'Europe/Berlin') =>
  parseCalendar(text, zone, WINDOW).map(({ startMs, endMs, summary }) =>
    [startMs, endMs].map((at) => new Date(at).toISOString().slice(0, 16)).concat(summary),
  );

describe('a calendar of another tool', () => {
  const days = Array.from({ length: 1_001 }, (_, day) =>
    new Date(Date.UTC(2026, 0, 1 + day)).toISOString().slice(0, 10).replaceAll('-', ''),
  ).join();

  it.each([
    ['ends of lines', `BEGIN:VCALENDAR${'\r'.repeat(400_000)}x`],
    ['beginnings of rules', `BEGIN:VCALENDAR\n${'RRULE:\u2028'.repeat(60_000)}x`],
  ])('is read at once, however many %s it has', (_, text) => {
    expect(parseCalendar(text, 'Europe/Berlin', WINDOW)).toEqual([]);
  });

  it('has no entries that end when no year has four digits any more', () => {
    const text = calendar('DTSTART:20260310T090000Z\nDTEND:99990310T090000Z\nRRULE:FREQ=DAILY\nSUMMARY:Ann');
    expect(parseCalendar(text, 'Europe/Berlin', WINDOW)).toEqual([]);
  });

  it.each([
    [
      'in UTC',
      'DTSTART:20260310T090000Z\nDTEND:20260310T170000Z\nSUMMARY:Ann',
      [['2026-03-10T09:00', '2026-03-10T17:00', 'Ann']],
    ],
    [
      'with a zone, across the change of the clock',
      'DTSTART;TZID=America/New_York:20260307T090000\nDTEND;TZID=America/New_York:20260308T090000\nSUMMARY:Ann\\, Bob',
      [['2026-03-07T14:00', '2026-03-08T13:00', 'Ann, Bob']],
    ],
    [
      'with whole days, which are days of the schedule’s zone',
      'DTSTART;VALUE=DATE:20260328\nDTEND;VALUE=DATE:20260330\nSUMMARY:Ann',
      [['2026-03-27T23:00', '2026-03-29T22:00', 'Ann']],
    ],
    [
      'with a rule, of which what was cut out is left out',
      'DTSTART;TZID=Europe/Berlin:20260323T090000\nDTEND;TZID=Europe/Berlin:20260324T090000\nRRULE:FREQ=WEEKLY;COUNT=3\nEXDATE;TZID=Europe/Berlin:20260330T090000\nSUMMARY:Ann',
      [
        ['2026-03-23T08:00', '2026-03-24T08:00', 'Ann'],
        ['2026-04-06T07:00', '2026-04-07T07:00', 'Ann'],
      ],
    ],
    ['outside of the window', 'DTSTART:20250310T090000Z\nDTEND:20250310T170000Z\nSUMMARY:Ann', []],
  ])('is read %s', (_, event, expected) => {
    expect(spans(calendar(event))).toEqual(expected);
  });

  it.each([
    ['no calendar', 'hello', /not an iCalendar/],
    ['a rule by the second', calendar('DTSTART:20260310T090000Z\nRRULE:FREQ=SECONDLY\nSUMMARY:Ann'), /within a day/],
    [
      'a rule by the minute',
      calendar('DTSTART:20260310T090000Z\nRRULE:FREQ=DAILY;BYMINUTE=1,2\nSUMMARY:A'),
      /within a day/,
    ],
    [
      'a folded rule',
      calendar('DTSTART:20260310T090000Z\nRRULE:FREQ=DAILY;BYM\n INUTE=1,2\nSUMMARY:A'),
      /within a day/,
    ],
    [
      'a rule that counts for ever',
      calendar('DTSTART:00010310T090000Z\nRRULE:FREQ=WEEKLY;COUNT=99999\nSUMMARY:A'),
      /2000 times/,
    ],
    [
      'a rule with many days left out',
      calendar(`DTSTART:20260310\nRRULE:FREQ=DAILY\nEXDATE:${days}\nSUMMARY:A`),
      /1000 days/,
    ],
    [
      'a rule with many days left out, each in its own line',
      calendar(`DTSTART:20260310\nRRULE:FREQ=DAILY\nEXDATE:${days.replaceAll(',', '\nEXDATE:')}\nSUMMARY:A`),
      /1000 days/,
    ],
    [
      'a crowd',
      calendar(`DTSTART:20260310\n${'ATTENDEE:mailto:a@b\n'.repeat(1_001)}SUMMARY:A`),
      /1000 lines of one kind/,
    ],
    ['for the terminal', calendar('DTSTART:20260310\nUID:\u001B[2J\nSUMMARY:A'), /control characters/],
    ['too long for a log', calendar(`DTSTART:20260310\nDURATION:P${'9'.repeat(99)}D\nSUMMARY:A`), /duration/],
    ['too much', calendar(...Array<string>(2_001).fill('DTSTART:20260310T090000Z\nSUMMARY:Ann')), /more than 2000/],
  ])('is refused when it is %s', (_, text, words) => {
    expect(() => spans(text)).toThrow(CalendarRefusal);
    expect(() => spans(text)).toThrow(words);
  });
});

describe('whom an entry means', () => {
  const people = [
    { id: 'ann', name: 'Ann', email: 'ann@example.com', active: true },
    { id: 'anna', name: 'Ann Marie', email: 'marie@example.com', active: true },
    { id: 'gone', name: 'Zoe', email: 'zoe@example.com', active: false },
  ];
  const entry = (summary: string, ...emails: string[]) => ({ startMs: 0, endMs: 1, summary, emails });
  it.each([
    [entry('On call', 'ann@example.com'), 'ann'],
    [entry('On Call - Ann Marie - Payments'), 'anna'],
    [entry('ANN: payments'), 'ann'],
    [entry('shift of marie@example.com'), 'anna'],
    [entry('Annual review'), null],
    [entry('Zoe'), null],
    [entry('Nickname'), 'ann'],
  ])('%o', (one, expected) => {
    expect(personOf(one, people, new Map([['Nickname', 'ann']]))).toBe(expected);
  });

  it('entries that overlap are cut into stretches with everybody in them', () => {
    const planned = [
      { ...entry('a'), startMs: 0, endMs: 20, userId: 'ann' },
      { ...entry('b'), startMs: 10, endMs: 30, userId: 'bob' },
      { ...entry('c'), startMs: 30, endMs: 40, userId: 'bob' },
      { ...entry('d'), startMs: 50, endMs: 60, userId: null },
    ];
    expect(stretchesOf(planned, 5)).toEqual([
      { startMs: 5, endMs: 10, userIds: ['ann'] },
      { startMs: 10, endMs: 20, userIds: ['ann', 'bob'] },
      { startMs: 20, endMs: 40, userIds: ['bob'] },
    ]);
  });
});
