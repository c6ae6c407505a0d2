import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { AlertView } from '#detect/contract';
import type { IncidentView, PromiseView, TimelineEntryView } from '#declare/contract';
import { declareIncident } from '#declare';
import { systemActor } from '#kernel/actor.ts';
import { createTestSystem, type TestSystem } from '#test/harness/system.ts';

let t: TestSystem;
let intakePath: string;

beforeAll(async () => {
  t = await createTestSystem();
  const { body } = await t.call('POST', '/api/v1/alert-sources', { name: 'Prometheus' });
  intakePath = `/intake/${(body as { key: string }).key}`;
});
afterAll(() => t.close());
afterEach(() => expect(t.errors).toEqual([]));

const post = async (path: string, body: object = {}) => await t.call('POST', `/api/v1${path}`, body);
const get = async <Body>(path: string) => (await t.call('GET', `/api/v1${path}`)).body as Body;
const declare = async (body: object) => (await post('/incidents', body)).body as IncidentView;
const read = (id: string) => get<IncidentView>(`/incidents/${id}`);
const promisesOf = async (id: string) => (await get<{ items: PromiseView[] }>(`/incidents/${id}/promises`)).items;
const updatesOf = async (id: string) =>
  (await get<{ items: { status: string; body: string }[] }>(`/incidents/${id}/updates`)).items;
const textsOf = async (id: string) =>
  (await get<{ items: TimelineEntryView[] }>(`/incidents/${id}/timeline?order=oldest&limit=200`)).items.map(
    ({ text }) => text,
  );
const signal = async (title: string, status: 'firing' | 'resolved' = 'firing') => {
  const response = await t.app.request(intakePath, {
    method: 'POST',
    // Each of an application of its own, so that none is asked about with another.
    body: JSON.stringify({ title, status, severity: 'critical', labels: { app: title } }),
  });
  await t.settle();
  return ((await response.json()) as { alertId: string }).alertId;
};

describe('mitigating', () => {
  it('says in public at once that service is restored, and ends the impact', async () => {
    const { id } = await declare({ title: 'Checkout is down', severity: 'SEV2' });
    t.clock.advance(300);
    const { body } = await post(`/incidents/${id}/mitigate`, {});
    expect(body).toMatchObject({ state: 'mitigated', mitigatedAt: t.clock.now().toISOString() });
    expect((body as IncidentView).impact[0]?.endedAt).toBe(t.clock.now().toISOString());
    expect((await updatesOf(id)).map(({ status }) => status)).toEqual(['monitoring']);
    expect(await promisesOf(id)).toContainEqual(expect.objectContaining({ kind: 'first-update', state: 'kept' }));
    expect(await promisesOf(id)).toContainEqual(expect.objectContaining({ kind: 'next-update', state: 'pending' }));
    expect((await post(`/incidents/${id}/mitigate`, {})).status).toBe(409);
  });

  it('is undone by a relapse, with a new stretch of impact', async () => {
    const { id } = await declare({ title: 'Flapping', severity: 'SEV4' });
    await post(`/incidents/${id}/mitigate`, {});
    t.clock.advance(60);
    const { body } = await post(`/incidents/${id}/reopen`, { reason: 'errors again' });
    expect(body).toMatchObject({ state: 'active', mitigatedAt: null, reopenedCount: 1 });
    expect((body as IncidentView).impact).toHaveLength(2);
  });
});

describe('resolving', () => {
  it('posts the final update, settles what is owed, and returns components to operational, all at once', async () => {
    const service = (await post('/services', { name: 'Shop' })).body as { id: string };
    const components = await get<{ items: { id: string; serviceId: string | null }[] }>('/components');
    const componentId = components.items.find((one) => one.serviceId === service.id)?.id;
    const { id } = await declare({ title: 'Shop is broken', severity: 'SEV1', serviceIds: [service.id] });
    const said = await post(`/incidents/${id}/updates`, {
      status: 'investigating',
      body: 'We look into it.',
      components: [{ id: componentId, status: 'major_outage' }],
    });
    expect(said.status).toBe(201);
    expect(await get(`/incidents/${id}/resolution`)).toEqual({
      impaired: [],
      postsUpdate: true,
      componentIds: [componentId],
    });
    expect((await post(`/incidents/${id}/resolve`, { skipPostReason: 'nobody noticed' })).status).toBe(409);
    const { body } = await post(`/incidents/${id}/resolve`, { body: 'The shop works again.' });
    expect(body).toMatchObject({ state: 'resolved', resolvedAt: t.clock.now().toISOString() });
    expect((await updatesOf(id)).find(({ status }) => status === 'resolved')?.body).toBe('The shop works again.');
    const after = await get<{ items: { id: string; status: string }[] }>('/components');
    expect(after.items.find((one) => one.id === componentId)?.status).toBe('operational');
    expect((await promisesOf(id)).filter(({ kind, state }) => kind !== 'postmortem' && state === 'pending')).toEqual(
      [],
    );
  });

  it('is refused while an alert is open, unless that is confirmed, which the timeline keeps', async () => {
    const alertId = await signal('Queue is stuck');
    const { id } = await declare({ title: 'Queue', severity: 'SEV2', alertIds: [alertId], customerFacing: false });
    const refused = await post(`/incidents/${id}/resolve`, {});
    expect(refused).toMatchObject({ status: 409, body: { detail: expect.stringContaining('Queue is stuck') } });
    expect((await post(`/incidents/${id}/resolve`, { confirmImpaired: true })).body).toMatchObject({
      state: 'resolved',
    });
    expect((await textsOf(id)).some((text) => text.includes('although The alert "Queue is stuck" is still open'))).toBe(
      true,
    );
    expect(await updatesOf(id)).toEqual([]);
  });

  it('stays silent on a customer-facing incident only with a reason', async () => {
    const { id } = await declare({ title: 'Tiny', severity: 'SEV2' });
    expect((await post(`/incidents/${id}/resolve`, { skipPostReason: '' })).status).toBe(400);
    expect(
      (await post(`/incidents/${id}/resolve`, { skipPostReason: 'over before anybody could notice' })).status,
    ).toBe(200);
    expect(await updatesOf(id)).toEqual([]);
    expect(await promisesOf(id)).toContainEqual(expect.objectContaining({ kind: 'first-update', state: 'waived' }));
    expect((await textsOf(id)).some((text) => text.includes('over before anybody could notice'))).toBe(true);
  });
});

describe('afterwards', () => {
  it('stand-down names who owns the postmortem and releases the roles; then it can be closed', async () => {
    const { id } = await declare({ title: 'Long night', severity: 'SEV1' });
    await t.call('PUT', `/api/v1/incidents/${id}/roles/incident-commander`, { userId: t.ownerId });
    expect((await post(`/incidents/${id}/stand-down`, {})).status).toBeGreaterThanOrEqual(400);
    await post(`/incidents/${id}/resolve`, {});
    expect((await post(`/incidents/${id}/close`)).status).toBe(409);
    const nameless = await post(`/incidents/${id}/stand-down`, {});
    expect(nameless).toMatchObject({ status: 400, body: { errors: [{ path: 'body.postmortemOwnerId' }] } });
    const down = await post(`/incidents/${id}/stand-down`, { postmortemOwnerId: t.ownerId });
    expect(down.body).toMatchObject({
      roles: {},
      postmortemOwnerId: t.ownerId,
      standDownAt: t.clock.now().toISOString(),
    });
    expect((await post(`/incidents/${id}/stand-down`, { postmortemOwnerId: t.ownerId })).status).toBe(409);
    expect((await post(`/incidents/${id}/close`)).body).toMatchObject({ state: 'closed' });
  });

  it('reopening keeps the incident, with new clocks', async () => {
    const { id, reference } = await declare({ title: 'Again', severity: 'SEV2' });
    await post(`/incidents/${id}/resolve`, {});
    t.clock.advance(600);
    const { body } = await post(`/incidents/${id}/reopen`, { reason: 'it is back' });
    expect(body).toMatchObject({ id, reference, state: 'active', resolvedAt: null, reopenedCount: 1 });
    const pending = (await promisesOf(id)).filter(({ state }) => state === 'pending').map(({ kind }) => kind);
    expect(pending).toEqual(expect.arrayContaining(['next-update', 'role-vacancy']));
  });
});

describe('recovery', () => {
  it('is proposed once every linked alert has recovered, and taken back when one fails again', async () => {
    const [one, two] = [await signal('One'), await signal('Two')];
    const { id } = await declare({ title: 'Both', severity: 'SEV2', alertIds: [one, two] });
    await signal('One', 'resolved');
    expect((await read(id)).recoveryProposedAt).toBeNull();
    await signal('Two', 'resolved');
    expect(await read(id)).toMatchObject({ state: 'active', recoveryProposedAt: t.clock.now().toISOString() });
    await post(`/incidents/${id}/alerts`, { alertIds: [await signal('Three')] });
    expect((await read(id)).recoveryProposedAt).toBeNull();
  });

  it('resolves an automatic incident that nobody has touched, and no other', async () => {
    const suspicion = async (title: string) => {
      const alertId = await signal(title);
      const who = { actor: systemActor('radar'), workspaceId: t.workspaceId };
      return await t.system.transact(who, (ctx) =>
        declareIncident(ctx, { title, alertIds: [alertId], suspected: true, automatic: true }),
      );
    };
    const untouched = await suspicion('Untouched');
    const touched = await suspicion('Touched');
    await post(`/incidents/${touched.id}/timeline`, { body: 'I am looking at it' });
    await signal('Untouched', 'resolved');
    await signal('Touched', 'resolved');
    expect(await read(untouched.id)).toMatchObject({ state: 'resolved' });
    expect(await read(touched.id)).toMatchObject({ state: 'suspected', recoveryProposedAt: expect.any(String) });
    expect((await post(`/incidents/${untouched.id}/close`)).body).toMatchObject({ state: 'closed' });
    const { items } = await get<{ items: AlertView[] }>(`/alerts?incidentId=${untouched.id}`);
    expect(items[0]).toMatchObject({ state: 'closed', closeReason: 'resolved' });
  });
});
