import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { recordBatch } from '#monitor';
import type { MaintenanceSeriesView, MaintenanceWindowView, Monitor, Service } from '#monitor/contract';
import { type Crew, createCrew, hireAnnAndBob, type Responder } from '#test/harness/crew.ts';
import type { AlertView } from '../contract.ts';
import { observed } from '#test/harness/observed.ts';

let t: Crew;
let ann: Responder;
let shop: string;
let monitor: Monitor;

/** It is 10:00 UTC, which is 11:00 in Berlin. */
beforeEach(async () => {
  t = await createCrew();
  [ann] = await hireAnnAndBob(t);
  shop = (await t.ask<{ id: string }>('POST', '/services', { name: 'Shop' })).id;
  monitor = await t.ask<Monitor>('POST', '/monitors', { url: 'https://shop.example.com', serviceId: shop });
});
afterEach(async () => {
  expect(t.errors).toEqual([]);
  await t.end();
});

const daily = (rest: object = {}) => ({
  title: 'Backup',
  serviceIds: [shop],
  repeat: { every: 'day', atTime: '11:05' },
  timeZone: 'Europe/Berlin',
  durationSeconds: 600,
  ...rest,
});
const plan = (rest: object = {}) => t.ask<MaintenanceSeriesView>('POST', '/maintenance-series', daily(rest));
const list = async (query: string) =>
  (await t.ask<{ items: MaintenanceWindowView[] }>('GET', `/maintenance-windows?${query}`)).items;
const series = async (id: string) => {
  const { items } = await t.ask<{ items: MaintenanceSeriesView[] }>('GET', '/maintenance-series');
  return items.find((one) => one.id === id);
};
const starts = (view: MaintenanceSeriesView | undefined) => view?.next.map(({ startsAt }) => startsAt.slice(0, 16));

/** The monitor answers so from now on. */
async function check(outcome: 'up' | 'down'): Promise<void> {
  const of = { workspaceId: t.workspaceId, monitorId: monitor.id, at: t.clock.now() };
  await recordBatch(t.system, [observed(of, outcome)]);
  await t.settle();
}
const alerts = async () => (await t.ask<{ items: AlertView[] }>('GET', '/alerts')).items;

describe('maintenance that comes again', () => {
  it('is previewed, planned ahead, and held like any other, each time anew', async () => {
    const { title: _, serviceIds: __, ...rule } = daily();
    const preview = await t.ask<{ items: { startsAt: string }[] }>('POST', '/maintenance-series/preview', rule);
    const made = await plan();
    expect(made.next.map(({ startsAt }) => startsAt)).toEqual(preview.items.map(({ startsAt }) => startsAt));
    expect(starts(made)).toEqual([
      '2026-11-25T10:05',
      '2026-11-26T10:05',
      '2026-11-27T10:05',
      '2026-11-28T10:05',
      '2026-11-29T10:05',
    ]);
    await check('up');
    await t.advance(6 * 60);
    await check('down');
    expect(await alerts()).toMatchObject([{ quiet: 'maintenance', state: 'open' }]);
    const [running] = await list('state=running');
    expect(running).toMatchObject({ seriesId: made.id, title: 'Backup', state: 'running' });
    const shown = { id: running?.id, title: 'Backup', endsAt: '2026-11-25T10:15:00.000Z' };
    expect(await t.ask<Monitor>('GET', `/monitors/${monitor.id}`)).toMatchObject({ maintenance: shown, state: 'down' });
    expect(await t.ask<Service>('GET', `/services/${shop}`)).toMatchObject({ maintenance: shown });
    await t.advance(8 * 60);
    expect(ann.read()).toEqual([]);
    await t.advance(2 * 60);
    expect(ann.read()).toEqual([expect.stringMatching(/^\[PAGE\] .*shop\.example\.com/)]);
    expect(await t.ask<Monitor>('GET', `/monitors/${monitor.id}`)).toMatchObject({ maintenance: null });
    expect(starts(await series(made.id))?.[0]).toBe('2026-11-26T10:05');
    expect(starts(await series(made.id))).toHaveLength(5);
  });

  it('can be of a single monitor, and says so', async () => {
    await plan({ serviceIds: [], monitorIds: [monitor.id] });
    await check('up');
    await t.advance(6 * 60);
    await check('down');
    const [alert] = await alerts();
    expect(alert).toMatchObject({ quiet: 'maintenance' });
    expect(alert?.reasons.at(-1)?.text).toBe(`${monitor.name} is in maintenance until 2026-11-25 10:15 UTC: Backup.`);
    expect(await t.ask<Service>('GET', `/services/${shop}`)).toMatchObject({ maintenance: null });
  });

  it('loses one when that is called off, and the others come', async () => {
    const made = await plan();
    const [first, second] = made.next;
    await t.ask('POST', `/maintenance-windows/${second?.id}/end`);
    expect((await series(made.id))?.next.map(({ state }) => state)).toEqual([
      'planned',
      'called-off',
      'planned',
      'planned',
      'planned',
    ]);
    t.clock.advance(24 * 3_600 + 6 * 60);
    await t.advance(15);
    expect(await list('state=running')).toEqual([]);
    expect(await list('state=over')).toMatchObject([
      { id: second?.id, state: 'called-off' },
      { id: first?.id, state: 'over' },
    ]);
  });

  it('may be ended early while one runs: what is broken asks at once, and the next comes all the same', async () => {
    const made = await plan();
    await check('up');
    await t.advance(6 * 60);
    await check('down');
    await t.ask('POST', `/maintenance-windows/${made.next[0]?.id}/end`);
    await t.settle();
    expect(ann.read()).toHaveLength(1);
    expect(starts(await series(made.id))?.[0]).toBe('2026-11-26T10:05');
  });

  it('is changed from now on: what has begun and what was called off stay as they were', async () => {
    const made = await plan();
    await t.ask('POST', `/maintenance-windows/${made.next[2]?.id}/end`);
    await t.advance(6 * 60);
    const [before] = await list('state=running');
    const changed = await t.ask<MaintenanceSeriesView>('PATCH', `/maintenance-series/${made.id}`, {
      title: 'Long backup',
      repeat: { every: 'day', atTime: '13:00' },
      durationSeconds: 1_200,
    });
    expect(await list('state=running')).toEqual([before]);
    expect(changed.next.map(({ startsAt, state }) => `${startsAt.slice(0, 16)} ${state}`)).toEqual([
      '2026-11-25T12:00 planned',
      '2026-11-26T12:00 planned',
      '2026-11-27T10:05 called-off',
      '2026-11-27T12:00 planned',
      '2026-11-28T12:00 planned',
    ]);
    expect((await list('state=open&limit=200')).map(({ title }) => title)).toContain('Long backup');
  });

  it('goes on where it was after an outage of ours, longer than anything was planned for', async () => {
    const made = await plan({ repeat: { every: 'week', atTime: '11:05', days: [3] } });
    await check('up');
    t.clock.advance(6 * 60);
    await check('down');
    t.clock.advance(10 * 7 * 86_400 - 60);
    await t.advance(15);
    expect(ann.read()).toEqual([]);
    expect(await alerts()).toMatchObject([{ quiet: 'maintenance', quietUntil: '2027-02-03T10:15:00.000Z' }]);
    expect(await list(`seriesId=${made.id}&state=over`)).toHaveLength(10);
    await t.advance(11 * 60);
    expect(ann.read()).toHaveLength(1);
  });

  it('hands what is held on to a window that begins before it ends', async () => {
    await plan();
    await t.ask('POST', '/maintenance-windows', {
      title: 'New disks',
      serviceIds: [shop],
      startsAt: '2026-11-25T10:12:00Z',
      endsAt: '2026-11-25T10:30:00Z',
    });
    await check('up');
    await t.advance(6 * 60);
    await check('down');
    await t.advance(10 * 60);
    expect(ann.read()).toEqual([]);
    expect(await alerts()).toMatchObject([{ quiet: 'maintenance', quietUntil: '2026-11-25T10:30:00.000Z' }]);
    await t.advance(15 * 60);
    expect(ann.read()).toHaveLength(1);
  });

  it('is over after its last date, or when somebody ends it; what runs goes on', async () => {
    const short = await plan({ untilDate: '2026-11-26' });
    expect(starts(short)).toEqual(['2026-11-25T10:05', '2026-11-26T10:05']);
    const other = await plan({ title: 'Other' });
    await t.advance(6 * 60);
    const ended = await t.ask<MaintenanceSeriesView>('POST', `/maintenance-series/${other.id}/end`);
    expect(ended).toMatchObject({ state: 'over', next: [], endedBy: t.ownerId });
    expect(await list('state=running')).toHaveLength(2);
    t.clock.advance(24 * 3_600);
    await t.advance(15);
    expect(await series(short.id)).toMatchObject({ state: 'over', next: [], endedBy: null });
    expect((await t.call('POST', `/api/v1/maintenance-series/${other.id}/end`)).status).toBe(409);
    expect((await t.call('PATCH', `/api/v1/maintenance-series/${short.id}`, { title: 'X' })).status).toBe(409);
  });

  it.each([
    ['a cron expression that cannot be read', { repeat: { every: 'cron', expression: '61 * * * *' } }, 'expression'],
    ['what begins every few minutes', { repeat: { every: 'cron', expression: '*/5 * * * *' } }, 'repeat'],
    [
      'what never comes',
      { repeat: { every: 'month', atTime: '11:00', on: { day: 31 } }, untilDate: '2026-11-30' },
      'repeat',
    ],
    ['what would not be over when it comes again', { durationSeconds: 2 * 86_400 }, 'durationSeconds'],
    ['a zone that is not there', { timeZone: 'Mars/Base' }, 'timeZone'],
    ['a last date before the first', { fromDate: '2026-12-24', untilDate: '2026-12-23' }, 'untilDate'],
    ['a first date in another age', { fromDate: '9999-12-31' }, 'fromDate'],
    ['nothing that it is of', { serviceIds: [] }, 'serviceIds'],
    ['a monitor that is not there', { monitorIds: ['mon_nowhere'] }, 'monitorIds'],
  ])('is refused with %s', async (_, rest, path) => {
    const answer = await t.call('POST', '/api/v1/maintenance-series', daily(rest));
    expect(answer).toMatchObject({ status: 400, body: { errors: [{ path: expect.stringContaining(path) }] } });
  });
});
