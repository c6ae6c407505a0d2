import { afterEach, beforeEach, expect, it } from 'vitest';
import type { ComponentView } from '#communicate/contract';
import { recordBatch } from '#monitor';
import type { Day, MaintenanceWindowView, Monitor, MonitorRow, Uptime } from '#monitor/contract';
import { type Crew, createCrew } from '#test/harness/crew.ts';
import { observed } from '#test/harness/observed.ts';

let t: Crew;
let monitor: Monitor;

beforeEach(async () => {
  t = await createCrew();
  monitor = await t.ask<Monitor>('POST', '/monitors', { url: 'https://shop.example.com' });
});
afterEach(async () => {
  expect(t.errors).toEqual([]);
  await t.end();
});

async function check(outcome: 'up' | 'down'): Promise<void> {
  const of = { workspaceId: t.workspaceId, monitorId: monitor.id, at: t.clock.now() };
  await recordBatch(t.system, [observed(of, outcome)]);
  await t.settle();
}
const minutes = (count: number) => t.clock.advance(count * 60);
const component = async () => (await t.ask<{ items: ComponentView[] }>('GET', '/components')).items[0];

it('time in maintenance is left out of uptime and shown, and the number is the same everywhere', async () => {
  await check('up');
  minutes(5);
  const window = await t.ask<MaintenanceWindowView>('POST', '/maintenance-windows', {
    title: 'New disks for db-7',
    serviceIds: [monitor.serviceId],
    endsAt: new Date(t.clock.now().getTime() + 30 * 60_000).toISOString(),
  });
  minutes(5);
  await check('down');
  expect(await component()).toMatchObject({ status: 'under_maintenance', statusSince: window.startsAt });
  minutes(15);
  await t.ask('POST', `/maintenance-windows/${window.id}/end`);
  expect(await component()).toMatchObject({ status: 'operational' });
  minutes(5);
  await check('up');
  minutes(30);

  const figures = { maintenanceSeconds: 1_200, downSeconds: 300, upSeconds: 2_100 };
  const uptime = await t.ask<Uptime>('GET', `/monitors/${monitor.id}/uptime?window=30d`);
  expect(uptime).toMatchObject({ ...figures, uptimePercent: 87.5 });
  const { items: days } = await t.ask<{ items: Day[] }>('GET', `/monitors/${monitor.id}/days?days=1`);
  expect(days).toMatchObject([{ ...figures, uptimePercent: 87.5 }]);
  const { items: rows } = await t.ask<{ items: MonitorRow[] }>('GET', '/monitors');
  expect(rows).toMatchObject([{ uptime30d: 87.5, maintenance: null }]);

  // Nobody declared anything, so that the page tells of the maintenance and not of the five minutes after it.
  const page = await (await t.app.request('/s/public/uptime')).text();
  expect(page).toContain('Under maintenance');
  expect(page).toContain('<td>20 min<');
  expect(page).not.toContain('New disks');
});
