import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Crew, createCrew, hireAnnAndBob, type Responder } from '#test/harness/crew.ts';
import { askAsGenie } from '#test/harness/genie.ts';
import type { AlertSourceView, AlertView } from '../contract.ts';
import { writeBatchAlone } from '../signal/write-batch.ts';

let t: Crew;
let ann: Responder;
let bob: Responder;
let source: AlertSourceView;

beforeEach(async () => {
  t = await createCrew();
  [ann, bob] = await hireAnnAndBob(t);
  source = await t.ask('POST', '/alert-sources', { name: 'Checks', kind: 'opsgenie' });
});

afterEach(async () => {
  expect(t.errors).toEqual([]);
  await t.end();
});

const genie = (method: string, path: string, body?: unknown) => askAsGenie(t, source.key, method, path, body);
const create = (rest: object = {}) => genie('POST', '/alerts', { message: 'Disk is full', alias: 'disk', ...rest });
const alerts = async () => (await t.ask<{ items: AlertView[] }>('GET', '/alerts')).items;

describe('responders', () => {
  const paged = async () => (await t.ask<{ items: { policyId: string | null }[] }>('GET', '/pages')).items;
  const act = (what: string, body: object) => genie('POST', `/alerts/disk/${what}?identifierType=alias`, body);

  it('that are here by their address, name or id are asked first, then whoever is asked anyway', async () => {
    const cleo = await t.hire('Cleo');
    const dan = await t.hire('Dan');
    await t.ask('POST', '/teams', { name: 'Payments', userIds: [dan.id] });
    await create({
      responders: [
        { type: 'user', username: 'CLEO@example.com' },
        { type: 'team', name: 'payments' },
        { type: 'team', name: 'Cleo' },
        { type: 'schedule', id: 'sch_none' },
      ],
    });
    expect([cleo.read(), dan.read(), ann.read()]).toEqual([['[PAGE] Disk is full'], ['[PAGE] Disk is full'], []]);
    await t.advance(300);
    expect(ann.read()).toEqual(['[PAGE] Disk is full']);
  });

  it('of the type escalation are asked by that policy', async () => {
    const cleo = await t.hire('Cleo');
    const steps = [{ userIds: [cleo.id], delaySeconds: 300 }];
    const { id } = await t.ask<{ id: string }>('POST', '/escalation-policies', {
      name: 'Storage',
      steps,
      repeatCount: 0,
    });
    await create({ responders: [{ type: 'escalation', name: 'Storage' }] });
    expect([cleo.read(), ann.read()]).toEqual([['[PAGE] Disk is full'], []]);
    expect(await paged()).toMatchObject([{ policyId: id }]);
  });

  it('that are added are asked at once, also when somebody has acknowledged, and once with the alert', async () => {
    const cleo = await t.hire('Cleo');
    await create();
    const [alert] = await alerts();
    await ann.ask('POST', `/alerts/${alert?.id}/acknowledge`);
    await act('responders', { responder: { type: 'user', username: 'cleo@example.com' } });
    expect(cleo.read()).toEqual(['[PAGE] Disk is full']);
    expect(await paged()).toMatchObject([{ policyId: null }, {}]);
    await act('responders', { responder: { type: 'user', username: 'nobody@example.com' } });
    expect(await paged()).toHaveLength(2);
  });

  it('are not asked where a route names a policy, which decides', async () => {
    const cleo = await t.hire('Cleo');
    const { items } = await t.ask<{ items: { id: string }[] }>('GET', '/escalation-policies');
    const { version } = await t.ask<{ version: number }>('GET', '/routes');
    const outcome = { policyId: items[0]?.id };
    const catchAll = { policyId: null, clockSeconds: 900 };
    await t.ask('PUT', '/routes', { version, routes: [{ name: 'All', match: [], outcome }], catchAll });
    await create({ responders: [{ type: 'user', username: 'cleo@example.com' }] });
    expect([cleo.read(), ann.read()]).toEqual([[], ['[PAGE] Disk is full']]);
  });

  it('are not asked for what is kept quiet', async () => {
    const cleo = await t.hire('Cleo');
    await t.ask('PATCH', `/alert-sources/${source.id}`, { shadow: true });
    await create({ responders: [{ type: 'user', username: 'cleo@example.com' }] });
    await act('responders', { responder: { type: 'user', username: 'cleo@example.com' } });
    expect(cleo.read()).toEqual([]);
  });

  /** Writes an alert of which later stages have not heard yet, as it stands for a moment after each create. */
  async function createUntold() {
    const now = t.system.clock.now();
    const about = { workspaceId: t.workspaceId, scope: source.id, dedupKey: 'disk', title: 'Disk is full' };
    const from = { origin: 'intake', alertSourceId: source.id, alertSourceName: 'Checks', source: null } as const;
    const none = { monitorId: null, serviceId: null, url: null, evidence: null, labels: '{}', payload: '{}' };
    const signal = { ...about, ...from, ...none, status: 'firing', severity: 'error' } as const;
    await writeBatchAlone(t.system.database, [{ ...signal, drill: false, beganAt: now, receivedAt: now }]);
  }

  it('that are added before later stages have heard of the alert are asked besides its policy', async () => {
    const cleo = await t.hire('Cleo');
    await createUntold();
    await act('responders', { responder: { type: 'user', username: 'cleo@example.com' } });
    expect([ann.read(), cleo.read()]).toEqual([['[PAGE] Disk is full'], ['[PAGE] Disk is full']]);
    expect(await paged()).toHaveLength(2);
  });

  it('that are added before it is known to be kept quiet are not asked', async () => {
    const cleo = await t.hire('Cleo');
    await t.ask('PATCH', `/alert-sources/${source.id}`, { shadow: true });
    await createUntold();
    await act('teams', { team: { type: 'user', username: 'cleo@example.com' } });
    expect(await paged()).toEqual([]);
    expect([ann.read(), cleo.read()]).toEqual([[], []]);
  });

  it('are asked once, however often and by whichever name they are added', async () => {
    const cleo = await t.hire('Cleo');
    await create();
    for (const name of [{ username: 'cleo@example.com' }, { id: cleo.id }, { username: 'CLEO@example.com' }])
      await act('responders', { responder: { type: 'user', ...name } });
    expect(await paged()).toHaveLength(2);
    await genie('POST', '/alerts', { message: 'Fan', alias: 'fan', responders: [{ type: 'user', id: cleo.id }] });
    await genie('POST', '/alerts/fan/responders?identifierType=alias', { responder: { type: 'user', name: 'Cleo' } });
    expect(await paged()).toHaveLength(3);
  });

  it('that are added one after the other are paged ten times at most', async () => {
    await create();
    for (let n = 0; n < 12; n++) {
      const { id } = await t.ask<{ id: string }>('POST', '/teams', { name: `Team ${n}`, userIds: [bob.id] });
      await act('responders', { responder: { type: 'team', id } });
    }
    expect(await paged()).toHaveLength(11);
  });

  it('are kept as no more than says who they are', async () => {
    const long = 'x'.repeat(10_000);
    const cleo = { type: 'user', username: 'cleo@example.com' };
    await create({ responders: [{ ...cleo, fullName: long }, cleo, { fullName: long }, long] });
    expect(await alerts()).toMatchObject([{ evidence: { responders: [cleo] } }]);
    await act('responders', { responder: { type: 'team', name: long, members: [long] } });
    await act('responders', { responder: { type: 'user', username: 'Cleo@example.com' } });
    const [alert] = await alerts();
    expect(alert?.evidence?.['responders']).toEqual([cleo, { type: 'team', name: 'x'.repeat(200) }]);
  });

  it('are found by id and address before any name, and not by a name that several have', async () => {
    const mallory = await t.hire('Mallory', 'viewer');
    const cleo = await t.hire('Cleo');
    const dan = await t.hire('Dan');
    const add = (responder: object) => act('responders', { responder });
    await create();
    await mallory.ask('PATCH', '/profile', { name: 'cleo@example.com' });
    await add({ type: 'user', username: 'cleo@example.com' });
    await mallory.ask('PATCH', '/profile', { name: dan.id });
    await add({ id: dan.id });
    await t.ask('POST', '/teams', { name: 'Payments', userIds: [bob.id] });
    await mallory.ask('PATCH', '/profile', { name: 'Payments' });
    await add({ name: 'Payments' });
    expect([mallory.read(), bob.read()]).toEqual([[], []]);
    expect([cleo.read(), dan.read()]).toEqual([['[PAGE] Disk is full'], ['[PAGE] Disk is full']]);
    await add({ type: 'team', name: 'Payments' });
    expect(bob.read()).toEqual(['[PAGE] Disk is full']);
  });
});
