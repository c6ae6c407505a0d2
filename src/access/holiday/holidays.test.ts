import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { daysInFile } from './calendar-file.ts';
import { daysOfPlace, RULES_VERSION } from './country-rules.ts';
import { answerByRules } from './rules.ts';
import { calendarFor, daysOf, holidayAt, holidaysOf, NO_HOLIDAYS } from './holidays.ts';

const day = (date: string, name: string) => ({ date, name });

describe('the days of a calendar', () => {
  it('are those of its country that are not left out, and its own, which win', () => {
    const ruleDays = [
      day('2026-12-26', 'Boxing Day'),
      day('2026-12-28', 'Boxing Day (substitute day)'),
      day('2026-12-25', 'Christmas Day'),
      day('2026-05-14', 'Ascension Day'),
      day('2026-05-14', 'Constitution Day'),
    ];
    const calendar = {
      ruleDays,
      leftOut: ['Boxing Day'],
      ownDays: [day('2026-12-25', 'Closed'), day('2026-12-24', 'Eve')],
    };
    expect(daysOf(calendar)).toEqual([
      day('2026-05-14', 'Ascension Day, Constitution Day'),
      day('2026-12-24', 'Eve'),
      day('2026-12-25', 'Closed'),
    ]);
  });

  it.each([
    ['2026-12-24T22:59:59Z', 'Europe/Berlin', null],
    ['2026-12-24T23:00:00Z', 'Europe/Berlin', 'Christmas Day'],
    ['2026-12-25T22:59:59Z', 'Europe/Berlin', 'Christmas Day'],
    ['2026-12-25T23:00:00Z', 'Europe/Berlin', null],
    ['2026-12-24T10:00:00Z', 'Pacific/Kiritimati', 'Christmas Day'],
    ['2026-12-26T11:59:00Z', 'Pacific/Pago_Pago', null],
    ['2026-12-26T10:59:00Z', 'Pacific/Pago_Pago', 'Christmas Day'],
    ['2026-12-25T10:00:00Z', 'UTC', 'Christmas Day'],
  ])('are read by the clock of whoever asks: %s in %s is %s', (instant, zone, name) => {
    const christmas = holidaysOf({ ruleDays: [day('2026-12-25', 'Christmas Day')], leftOut: [], ownDays: [] });
    expect(holidayAt(christmas, zone, new Date(instant))).toBe(name);
    expect(holidayAt(NO_HOLIDAYS, zone, new Date(instant))).toBeNull();
  });

  it('name each date once and in order, whatever they come from', () => {
    const date = fc.date({ min: new Date('2026-01-01'), max: new Date('2027-12-31'), noInvalidDate: true });
    const some = fc.array(
      fc.record({ date: date.map((at) => at.toISOString().slice(0, 10)), name: fc.constantFrom('A', 'B', 'C') }),
    );
    fc.assert(
      fc.property(some, some, fc.subarray(['A', 'B']), (ruleDays, ownDays, leftOut) => {
        const dates = daysOf({ ruleDays, ownDays, leftOut }).map((one) => one.date);
        expect(dates).toEqual([...new Set(dates)].toSorted());
        const expected = [...ruleDays.filter(({ name }) => !leftOut.includes(name)), ...ownDays];
        expect(new Set(dates)).toEqual(new Set(expected.map((one) => one.date)));
      }),
    );
  });
});

it('somebody has their own calendar, else that of their first team, else everybody’s', () => {
  const calendar = (id: string, of: { isDefault?: boolean; teamIds?: string[]; userIds?: string[] }) => ({
    id,
    isDefault: false,
    teamIds: [],
    userIds: [],
    ...of,
  });
  const all = [
    calendar('everybody', { isDefault: true }),
    calendar('west', { teamIds: ['t_west'] }),
    calendar('east', { teamIds: ['t_east'] }),
    calendar('hers', { userIds: ['ann'] }),
  ];
  const teams = [
    { id: 't_west', name: 'West', userIds: ['ann', 'bob', 'cid'] },
    { id: 't_east', name: 'East', userIds: ['bob'] },
    { id: 't_none', name: 'A team without', userIds: ['bob', 'dan'] },
  ];
  const of = (userId: string) => calendarFor(userId, all, teams)?.id;
  expect(['ann', 'bob', 'cid', 'dan', 'eve'].map(of)).toEqual(['hers', 'east', 'west', 'everybody', 'everybody']);
  expect(calendarFor('eve', all.slice(1), teams)).toBeUndefined();
});

describe('the holidays of countries', () => {
  const ask = (country: string, region: string | null, year: number, bankHolidays = false) =>
    answerByRules({ what: 'days', country, region, bankHolidays, fromYear: year, untilYear: year });
  const names = (...place: Parameters<typeof ask>) =>
    (ask(...place).days ?? []).map(({ date, name }) => `${date} ${name}`);

  it.each([
    [2024, '2024-03-29', '2024-04-01'],
    [2026, '2026-04-03', '2026-04-06'],
    [2027, '2027-03-26', '2027-03-29'],
    [2038, '2038-04-23', '2038-04-26'],
  ])('follow Easter: in %i it is %s and %s', (year, friday, monday) => {
    const days = names('DE', null, year);
    expect(days).toEqual(expect.arrayContaining([`${friday} Good Friday`, `${monday} Easter Monday`]));
  });

  it('differ by region', () => {
    const epiphany = '2026-01-06 Epiphany';
    expect(names('DE', 'BY', 2026)).toContain(epiphany);
    expect(names('DE', 'BE', 2026)).not.toContain(epiphany);
    expect(names('DE', 'BY', 2026)).not.toContain('2026-08-08 Peace Festival');
    expect(names('DE', 'BY-A', 2026).some((one) => one.startsWith('2026-08-08'))).toBe(true);
  });

  it('move when they fall on a weekend, in the countries where they do', () => {
    expect(names('GB', 'ENG', 2026)).toContain('2026-12-28 Boxing Day (substitute day)');
    expect(names('US', null, 2026)).toContain('2026-07-03 Independence Day (substitute day)');
    expect(names('DE', null, 2026).some((one) => one.includes('substitute'))).toBe(false);
  });

  it('are whole days: what begins at sunset is the day after, several days are each one, half days are none', () => {
    expect(names('IL', null, 2026).filter((one) => one.startsWith('2026-04-0'))).toEqual([
      '2026-04-02 Passover (Pesach)',
      '2026-04-08 Mimouna, Seventh day of Passover',
    ]);
    const eid = names('SA', null, 2026).filter((one) => one.includes('Eid al-Fitr'));
    expect(eid.map((one) => one.slice(0, 10))).toEqual(['2026-03-19', '2026-03-20', '2026-03-21', '2026-03-22']);
    expect(names('CN', null, 2026).some((one) => one.startsWith('2026-05-04'))).toBe(false);
    expect(names('DE', 'BY', 2026, true).some((one) => one.startsWith('2026-12-24'))).toBe(false);
  });

  it('are known for the countries and regions that are listed, and for no others', () => {
    const { countries = [] } = answerByRules({ what: 'countries' });
    expect(countries.length).toBeGreaterThan(190);
    expect(countries).toContainEqual({ code: 'DE', name: 'Germany' });
    const { regions } = answerByRules({ what: 'regions', country: 'DE' });
    expect(regions).toContainEqual({ code: 'BY-A', name: 'Bayern, Stadt Augsburg' });
    expect(answerByRules({ what: 'regions', country: 'QQ' })).toEqual({ regions: [] });
    expect(ask('QQ', null, 2026)).toEqual({ unknown: 'country' });
    expect(ask('DE', 'ZZ', 2026)).toEqual({ unknown: 'region' });
  });

  it('are worked out in a process of their own, which refuses what is not known by its field', async () => {
    const place = { country: 'DE', region: 'BY', bankHolidays: false };
    expect(await daysOfPlace(place, 2026, 2026)).toContainEqual({ date: '2026-06-04', name: 'Corpus Christi' });
    await expect(daysOfPlace({ ...place, region: 'ZZ' }, 2026, 2026)).rejects.toThrow('ZZ is no region of DE');
  });

  it('come from the version that is installed, so that an update works them out again', () => {
    const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as {
      dependencies: Record<string, string>;
    };
    expect(RULES_VERSION).toBe(`date-holidays ${dependencies['date-holidays']}`);
  });
});

describe('a calendar file', () => {
  const file = (...events: string[][]) =>
    [
      'BEGIN:VCALENDAR',
      'VERSION:2.0',
      ...events.flatMap((lines, index) => ['BEGIN:VEVENT', `UID:${index}@example.com`, ...lines, 'END:VEVENT']),
      'END:VCALENDAR',
    ].join('\r\n');
  const now = new Date('2026-11-25T09:00:00Z');

  it('gives its whole days, each of several, those that come every year, and counts what has a time', () => {
    const text = file(
      ['DTSTART;VALUE=DATE:20261224', 'DTEND;VALUE=DATE:20261227', 'SUMMARY:Between the years'],
      ['DTSTART;VALUE=DATE:20260717', 'RRULE:FREQ=YEARLY', 'SUMMARY:Founders’  day'],
      ['DTSTART:20261201T100000Z', 'DTEND:20261201T110000Z', 'SUMMARY:A meeting'],
    );
    const { items, leftOutEntries } = daysInFile(text, now);
    expect(leftOutEntries).toBe(1);
    expect(items.filter(({ name }) => name === 'Between the years').map(({ date }) => date)).toEqual([
      '2026-12-24',
      '2026-12-25',
      '2026-12-26',
    ]);
    const founders = items.filter(({ name }) => name === 'Founders’ day').map(({ date }) => date);
    expect(founders).toEqual(expect.arrayContaining(['2026-07-17', '2027-07-17', '2028-07-17', '2029-07-17']));
  });

  it.each([
    ['Christmas', 'is not an iCalendar file'],
    [file(['DTSTART;VALUE=DATE:20261224', 'RRULE:FREQ=DAILY', 'SUMMARY:x']), 'not every year'],
    [file(['DTSTART;VALUE=DATE:20261224', 'RRULE:FREQ=YEARLY;BYSECOND=1', 'SUMMARY:x']), 'not every year'],
    [file(['DTSTART;VALUE=DATE:20261224', 'RRULE:FREQ=YEARLY;COUNT=9999', 'SUMMARY:x']), '2000 times'],
  ])('that is none is refused with the reason', (text, why) => {
    expect(() => daysInFile(text, now)).toThrow(why);
  });

  it('is read at once, however many ends of lines it has', () => {
    expect(daysInFile(`BEGIN:VCALENDAR${'\r'.repeat(400_000)}x`, now).items).toEqual([]);
  });
});
