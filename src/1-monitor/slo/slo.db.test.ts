import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestSystem, type TestSystem } from '#test/harness/system.ts';
import type { Monitor } from '../monitor/contract.ts';
import type { Slo, SloIncident } from './contract.ts';

let t: TestSystem;
let job: Monitor;
let path: string;
beforeEach(async () => {
  t = await createTestSystem();
  job = (await t.call('POST', '/api/v1/heartbeats', { name: 'Orders', periodSeconds: 86_400 })).body as Monitor;
  path = new URL(job.heartbeat?.beatUrl ?? '').pathname;
  await beat();
});
afterEach(() => t.close());

const beat = async (tail = '') => expect((await t.app.request(`${path}${tail}`)).status).toBe(200);
const add = async (body: object) => {
  const answer = await t.call('POST', '/api/v1/slos', { name: 'Orders work', objective: 99.9, ...body });
  expect(answer).toMatchObject({ status: 201 });
  return answer.body as Slo;
};
const show = async (id: string) => (await t.call('GET', `/api/v1/slos/${id}`)).body as Slo;
const alerts = async () =>
  (
    await t.database.pool.query(
      "select title, severity, state, source, url from alert where source = 'slo' order by id",
    )
  ).rows as { title: string; severity: string; state: string; source: string; url: string }[];
/** Down for so many minutes, which begin now. */
async function fail(minutes: number) {
  t.clock.advance(1);
  await beat('/fail');
  await t.advance(minutes * 60);
  await beat();
}

describe('an SLO', () => {
  it('says what is left of its budget, from what is known already', async () => {
    await fail(10);
    const { id } = await add({ serviceId: job.serviceId });
    expect(await show(id)).toMatchObject({
      serviceName: 'Orders',
      window: { kind: 'rolling', days: 30 },
      budgetSeconds: 2_592,
      spentSeconds: 600,
      leftSeconds: 1_992,
      leftPercent: 76.8,
    });
    const { items } = (await t.call('GET', '/api/v1/slos')).body as { items: Slo[] };
    expect(items.map((one) => one.id)).toEqual([id]);
  });

  it('counts a month in its zone, and some monitors instead of a service', async () => {
    const slo = await add({ monitorIds: [job.id], window: { kind: 'month', timeZone: 'Europe/Berlin' } });
    expect(slo).toMatchObject({
      from: '2026-10-31T23:00:00.000Z',
      to: '2026-11-30T23:00:00.000Z',
      monitorIds: [job.id],
      serviceId: null,
    });
  });

  it('opens a critical alert that says why, and closes it when the burning is over', async () => {
    const { id } = await add({ serviceId: job.serviceId });
    await t.advance(60);
    expect(await alerts()).toEqual([]);
    await fail(2);
    const [alert] = await alerts();
    expect(alert).toMatchObject({
      severity: 'critical',
      state: 'open',
      url: `${t.system.config.publicUrl}/slos/${id}`,
    });
    expect(alert?.title).toMatch(/^Orders work burns \d+(\.\d)?x: its budget of 43 m ends in 1 d 18 h$/);
    expect((await show(id)).criticalSince).not.toBeNull();
    await t.advance(40 * 60);
    expect((await alerts())[0]?.state).toBe('closed');
    expect((await show(id)).criticalSince).toBeNull();
  });

  it('warns of a slow leak without a page', async () => {
    const leak = [{ longMinutes: 600, shortMinutes: 60, burnRate: 1, severity: 'warning' }];
    await add({ serviceId: job.serviceId, alerts: leak });
    await fail(1);
    expect(await alerts()).toMatchObject([{ severity: 'warning', state: 'open' }]);
  });

  it('closes its alerts when it is removed, and asks nothing more', async () => {
    const { id } = await add({ serviceId: job.serviceId });
    await fail(2);
    expect((await t.call('DELETE', `/api/v1/slos/${id}`)).status).toBeLessThan(300);
    expect(await alerts()).toMatchObject([{ state: 'closed' }]);
    expect((await t.call('GET', `/api/v1/slos/${id}`)).status).toBe(404);
    await fail(2);
    expect(await alerts()).toHaveLength(1);
  });

  it('leaves drills out', async () => {
    await add({ serviceId: job.serviceId });
    await t.call('POST', `/api/v1/monitors/${job.id}/drill`, { seconds: 600 });
    await t.advance(300);
    expect(await alerts()).toEqual([]);
  });

  it('shows what each incident of its service burned, and the budget along the window', async () => {
    const { id } = await add({ serviceId: job.serviceId });
    t.clock.advance(1);
    await beat('/fail');
    const incident = await t.call('POST', '/api/v1/incidents', {
      title: 'Orders fail',
      severity: 'SEV2',
      serviceIds: [job.serviceId],
    });
    expect(incident.status).toBe(201);
    await t.advance(6 * 60);
    await beat();
    const answer = await t.call('GET', `/api/v1/slos/${id}/budget`);
    const { points, incidents } = answer.body as { points: { leftSeconds: number }[]; incidents: SloIncident[] };
    expect(points).toHaveLength(121);
    expect([points[0]?.leftSeconds, points.at(-1)?.leftSeconds]).toEqual([2_592, 2_592 - 360]);
    expect(incidents).toMatchObject([{ title: 'Orders fail', burnedSeconds: 360, burnedPercent: 13.8, endedAt: null }]);
  });

  it('refuses nothing to watch, both, what is not here, and windows the wrong way round', async () => {
    const fault = async (body: object) => {
      const answer = await t.call('POST', '/api/v1/slos', { name: 'X', objective: 99.9, ...body });
      return [answer.status, (answer.body as { errors: { path: string }[] }).errors[0]?.path];
    };
    expect(await fault({})).toEqual([400, 'body.serviceId']);
    expect(await fault({ serviceId: job.serviceId, monitorIds: [job.id] })).toEqual([400, 'body.monitorIds']);
    expect(await fault({ monitorIds: ['mon_nobody'] })).toEqual([400, 'body.monitorIds']);
    expect(await fault({ serviceId: job.serviceId, objective: 100 })).toEqual([400, 'body.objective']);
    const alerts = [{ longMinutes: 5, shortMinutes: 60, burnRate: 2, severity: 'critical' }];
    expect(await fault({ serviceId: job.serviceId, alerts })).toEqual([400, 'body.alerts.0.shortMinutes']);
  });

  it('is changed in part: another objective, and monitors in place of the service', async () => {
    const { id } = await add({ serviceId: job.serviceId });
    const edit = async (body: object) => (await t.call('PATCH', `/api/v1/slos/${id}`, body)).body as Slo;
    expect(await edit({ objective: 99 })).toMatchObject({
      objective: 99,
      budgetSeconds: 25_920,
      serviceName: 'Orders',
    });
    expect(await edit({ monitorIds: [job.id] })).toMatchObject({
      serviceId: null,
      monitorIds: [job.id],
      objective: 99,
    });
    expect(await edit({ serviceId: job.serviceId })).toMatchObject({ serviceId: job.serviceId, monitorIds: [] });
  });
});
