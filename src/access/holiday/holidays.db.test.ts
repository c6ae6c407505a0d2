import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemActor } from '#kernel/actor.ts';
import { runDue } from '#platform/scheduler.ts';
import { createTestSystem, type TestSystem } from '#test/harness/system.ts';
import { createHolidayCalendar, type HolidayCalendarView, type HolidayView } from './contract.ts';
import { extendCalendars } from './extend-calendars.ts';
import { holidayRoutes } from './routes.ts';

let t: TestSystem;
beforeAll(async () => {
  t = await createTestSystem({ start: '2026-11-25T09:00:00Z' });
});
afterAll(() => t.close());

const call = (method: string, path: string, body?: unknown) => t.call(method, `/api/v1${path}`, body);
const germany = { name: 'Munich', country: 'DE', region: 'BY', isDefault: true };
const daysIn = async (id: string, query = '') =>
  ((await call('GET', `/holiday-calendars/${id}/days${query}`)).body as { items: HolidayView[] }).items;
const list = async () => ((await call('GET', '/holiday-calendars')).body as { items: HolidayCalendarView[] }).items;
let calendar: HolidayCalendarView;

describe('a holiday calendar', () => {
  it('is made of a country and region, worked out from last year to three years ahead, and says what comes', async () => {
    const made = await call('POST', '/holiday-calendars', {
      ...germany,
      leftOut: ['Epiphany'],
      ownDays: [{ date: '2026-12-24', name: 'Christmas Eve' }],
    });
    expect(made.status).toBe(201);
    calendar = made.body as HolidayCalendarView;
    expect(calendar).toMatchObject({ version: 1, country: 'DE', region: 'BY', isDefault: true });
    expect(calendar.coming.slice(0, 4).map(({ date, name }) => `${date} ${name}`)).toEqual([
      '2026-12-24 Christmas Eve',
      '2026-12-25 Christmas Day',
      '2026-12-26 Boxing Day',
      "2027-01-01 New Year's Day",
    ]);
    const all = await daysIn(calendar.id, '?from=2025-01-01');
    expect([all[0]?.date, all.at(-1)?.date]).toEqual(['2025-01-01', '2029-12-26']);
    expect(all.some(({ name }) => name === 'Epiphany')).toBe(false);
    const june = await daysIn(calendar.id, '?from=2026-06-01&to=2026-06-30');
    expect(june).toEqual([{ date: '2026-06-04', name: 'Corpus Christi' }]);
  });

  it('is somebody’s only one: what is given to another is taken from the first', async () => {
    const { body: team } = await call('POST', '/teams', { name: 'Boston', userIds: [] });
    const { id: teamId } = team as { id: string };
    const us = await call('POST', '/holiday-calendars', { name: 'US', country: 'US', teamIds: [teamId] });
    expect(us.status).toBe(201);
    const ma = await call('POST', '/holiday-calendars', {
      name: 'Massachusetts',
      country: 'US',
      region: 'MA',
      teamIds: [teamId],
      isDefault: true,
    });
    expect(ma.status).toBe(201);
    expect((await list()).map(({ name, isDefault, teamIds }) => [name, isDefault, teamIds])).toEqual([
      ['Massachusetts', true, [teamId]],
      ['Munich', false, []],
      ['US', false, []],
    ]);
    for (const { id } of [us.body, ma.body] as HolidayCalendarView[])
      expect((await call('DELETE', `/holiday-calendars/${id}`)).status).toBe(204);
    calendar = (await call('GET', `/holiday-calendars/${calendar.id}`)).body as HolidayCalendarView;
    expect(calendar).toMatchObject({ isDefault: false, version: 2 });
  });

  it('is changed by who read it last; its days follow its place', async () => {
    const wanted = { ...germany, region: 'BE', version: calendar.version };
    const answers = await Promise.all([
      call('PUT', `/holiday-calendars/${calendar.id}`, wanted),
      call('PUT', `/holiday-calendars/${calendar.id}`, { ...wanted, region: 'HH' }),
    ]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409]);
    const days = await daysIn(calendar.id, '?from=2027-01-01&to=2027-12-31');
    expect(days.some(({ name }) => name === 'Corpus Christi')).toBe(false);
    calendar = answers.find(({ status }) => status === 200)?.body as HolidayCalendarView;
  });

  it.each([
    [{ ...germany, name: ' munich ' }, 409, 'already'],
    [{ ...germany, name: 'x', country: 'QQ' }, 400, 'body.country'],
    [{ ...germany, name: 'x', region: 'ZZ' }, 400, 'body.region'],
    [{ name: 'x', region: 'BY', ownDays: [{ date: '2026-12-24', name: 'Eve' }] }, 400, 'body.region'],
    [{ name: 'x' }, 400, 'body.ownDays'],
    [{ name: 'x', ownDays: [{ date: '2026-02-30', name: 'Never' }] }, 400, 'body.ownDays.0.date'],
    [{ ...germany, name: 'x', teamIds: ['team_nobody'] }, 400, 'body.teamIds.0'],
    [{ ...germany, name: 'x', userIds: ['usr_nobody'] }, 400, 'body.userIds.0'],
  ])('is refused with the reason: %j', async (body, status, why) => {
    const answer = await call('POST', '/holiday-calendars', body);
    expect(answer.status).toBe(status);
    expect(JSON.stringify(answer.body)).toContain(why);
    expect(await list()).toHaveLength(1);
  });

  it('is worked out again every year, and what is over stays as it was', async () => {
    // As if the rules of old had known another day, last year and next year.
    await t.database.pool.query(
      `update holiday_calendar set rule_days = rule_days || $1::jsonb, rules_version = 'date-holidays 1.0.0' where id = $2`,
      [
        JSON.stringify([
          { date: '2025-07-08', name: 'Of old' },
          { date: '2027-07-08', name: 'Of old' },
        ]),
        calendar.id,
      ],
    );
    const old = async () =>
      (await daysIn(calendar.id, '?from=2025-01-01')).filter(({ name }) => name === 'Of old').map(({ date }) => date);
    expect(await old()).toEqual(['2025-07-08', '2027-07-08']);
    await runDue(t.system, [extendCalendars], t.clock.now());
    expect(await old()).toEqual(['2025-07-08']);
    t.clock.set('2027-01-02T09:00:00Z');
    await runDue(t.system, [extendCalendars], t.clock.now());
    expect((await daysIn(calendar.id, '?from=2030-01-01'))[0]).toEqual({ date: '2030-01-01', name: "New Year's Day" });
    expect(await old()).toEqual(['2025-07-08']);
    expect(await daysIn(calendar.id, '?from=2026-12-25&to=2026-12-25')).toHaveLength(1);
    t.clock.set('2026-11-25T09:00:00Z');
  });

  it('has the days that were asked for before its transaction began, which asks for none', async () => {
    const { prepare, handle } = holidayRoutes.find(({ spec }) => spec === createHolidayCalendar) ?? {};
    const input = { body: createHolidayCalendar.body?.parse({ ...germany, name: 'Asked before' }) };
    const actor = systemActor('test');
    const asked = await prepare?.(t.system.read({ actor, workspaceId: t.workspaceId }), input as never);
    expect(asked).toMatchObject({ rulesUntil: 2029 });
    const told = { rulesUntil: 2029, rulesVersion: 'of a test', ruleDays: [{ date: '2026-12-11', name: 'Of a test' }] };
    const made = await t.act(
      (ctx) => handle?.(ctx, input as never, t.system, 'local', told as never) ?? Promise.reject(),
    );
    const { id, coming } = made as HolidayCalendarView;
    expect(coming).toEqual(told.ruleDays);
    expect((await call('DELETE', `/holiday-calendars/${id}`)).status).toBe(204);
  });

  it('can be looked at before: a country in a year, or the days of a file', async () => {
    const preview = (body: unknown) => call('POST', '/holiday-previews', body);
    const italy = (await preview({ country: 'IT', year: 2027 })).body as { items: HolidayView[] };
    expect(italy.items).toContainEqual({ date: '2027-03-29', name: 'Easter Monday' });
    const ics =
      'BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART;VALUE=DATE:20261231\r\nSUMMARY:Stocktaking\r\nEND:VEVENT\r\nEND:VCALENDAR';
    expect((await preview({ ics })).body).toEqual({
      items: [{ date: '2026-12-31', name: 'Stocktaking' }],
      leftOutEntries: 0,
    });
    expect((await preview({})).status).toBe(400);
    expect((await preview({ ics: 'nothing' })).status).toBe(400);
    expect((await call('GET', '/holiday-countries/DE/regions')).body).toMatchObject({
      items: expect.arrayContaining([{ code: 'BY', name: 'Bayern' }]),
    });
    expect((await call('GET', '/holiday-countries')).status).toBe(200);
  });
});
