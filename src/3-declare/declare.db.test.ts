import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { AlertView } from '#detect/contract';
import { createTestSystem, type TestSystem } from '#test/harness/system.ts';
import type { IncidentView } from './incident/contract.ts';
import { apply } from './incident/apply.ts';
import { declareIncident } from './incident/declare-incident.ts';
import { readIncident } from './incident/read-incident.ts';
import { listPromises } from './promise/list-promises.ts';
import { openPromise } from './promise/open-promise.ts';
import type { PromiseView } from './promise/contract.ts';
import type { TimelineEntryView } from './timeline/contract.ts';
import { selectTimeline } from './timeline/store.ts';

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
const fire = async (title: string, severity = 'critical') => {
  const response = await t.app.request(intakePath, { method: 'POST', body: JSON.stringify({ title, severity }) });
  await t.settle();
  return ((await response.json()) as { alertId: string }).alertId;
};
const timelineOf = async (id: string) =>
  (await get<{ items: TimelineEntryView[] }>(`/incidents/${id}/timeline?order=oldest&limit=200`)).items;
const promisesOf = async (id: string) => (await get<{ items: PromiseView[] }>(`/incidents/${id}/promises`)).items;

it('was detected when the earliest of its alerts was seen, also when that is linked later', async () => {
  const early = await fire('Errors are rising');
  await t.advance(240);
  const late = await fire('Nothing answers');
  const alert = await get<AlertView>(`/alerts/${early}`);
  const incident = await declare({ title: 'Outage', severity: 'SEV2', alertIds: [late] });
  const clocks = await promisesOf(incident.id);
  expect(incident.detectedAt > alert.firstSeenAt).toBe(true);
  const linked = (await post(`/incidents/${incident.id}/alerts`, { alertIds: [early] })).body;
  expect(linked).toMatchObject({ detectedAt: alert.firstSeenAt, impactStartedAt: alert.beganAt });
  expect(await get<IncidentView>(`/incidents/${incident.id}`)).toMatchObject({
    detectedAt: alert.firstSeenAt,
    impact: [{ startedAt: alert.beganAt }],
    declaredAt: incident.declaredAt,
  });
  const added = async () => (await timelineOf(incident.id)).findLast(({ type }) => type === 'alerts')?.text;
  expect(await added()).toMatch(
    /^Added: Errors are rising\. So it was detected at .+, by “Errors are rising”, not at /,
  );
  expect(await promisesOf(incident.id)).toEqual(clocks);
  await post(`/incidents/${incident.id}/alerts`, { alertIds: [await fire('Later still')] });
  expect(await added()).toBe('Added: Later still');
});

describe('declaring', () => {
  it('needs only a title: the default severity, marked unconfirmed', async () => {
    const incident = await declare({ title: 'Something is odd' });
    expect(incident).toMatchObject({
      state: 'active',
      severity: 'SEV3',
      severityConfirmed: false,
      customerFacing: true,
      automatic: false,
      declaredBy: t.ownerId,
    });
    const timeline = await timelineOf(incident.id);
    expect(timeline[0]).toMatchObject({
      seq: 1,
      type: 'declared',
      text: 'Declared as SEV3 (not confirmed): Something is odd',
    });
  });

  it('numbers incidents without gaps, also when many declare at once', async () => {
    const before = await declare({ title: 'One' });
    const many = await Promise.all(Array.from({ length: 5 }, (_, i) => declare({ title: `Many ${i}` })));
    const numbers = many.map(({ reference }) => Number(reference.slice(4))).toSorted((a, b) => a - b);
    const first = Number(before.reference.slice(4));
    expect(numbers).toEqual([1, 2, 3, 4, 5].map((n) => first + n));
  });

  it('from an alert takes its title, its beginning and its services, and the alert is declared', async () => {
    const alertId = await fire('Checkout is down');
    t.clock.advance(120);
    const { status, body } = await post(`/alerts/${alertId}/declare`, { severity: 'SEV2' });
    expect(status).toBe(201);
    const incident = body as IncidentView;
    expect(incident.title).toBe('Checkout is down');
    expect(Date.parse(incident.declaredAt) - Date.parse(incident.detectedAt)).toBe(120_000);
    expect(await get<AlertView>(`/alerts/${alertId}`)).toMatchObject({
      incidentId: incident.id,
      disposition: 'declared',
    });
    expect((await post(`/alerts/${alertId}/declare`)).status).toBe(409);
  });

  it('refuses unknown alerts and services, and an impact in the future, and leaves no number behind', async () => {
    const before = await declare({ title: 'Before' });
    expect((await post('/incidents', { title: 'x', alertIds: ['alt_unknown'] })).status).toBe(404);
    expect((await post('/incidents', { title: 'x', serviceIds: ['svc_unknown'] })).status).toBe(404);
    expect((await post('/incidents', { title: 'x', impactStartedAt: '2030-01-01T00:00:00Z' })).status).toBe(400);
    expect((await post('/incidents', {})).status).toBe(400);
    const after = await declare({ title: 'After' });
    expect(Number(after.reference.slice(4))).toBe(Number(before.reference.slice(4)) + 1);
  });

  it('shows what it set off', async () => {
    const { id } = await declare({ title: 'Effects', severity: 'SEV2' });
    const { items } = await get<{ items: { effect: string; state: string }[] }>(`/incidents/${id}/effects`);
    expect(items).toContainEqual(expect.objectContaining({ effect: 'room', state: 'done' }));
  });
});

describe('a suspected incident', () => {
  const suspect = async (title: string) =>
    await t.system.transact(t.owner, (ctx) => declareIncident(ctx, { title, suspected: true, automatic: true }));

  it('is accepted, and only then anything is owed', async () => {
    const { id } = await suspect('Maybe');
    const owed = async () => (await promisesOf(id)).map(({ kind }) => kind);
    expect(await owed()).not.toContain('role-vacancy');
    expect(await owed()).not.toContain('first-update');
    expect((await post(`/incidents/${id}/accept`, { severity: 'SEV2' })).body).toMatchObject({
      state: 'active',
      severity: 'SEV2',
      severityConfirmed: true,
    });
    expect(await owed()).toEqual(expect.arrayContaining(['role-vacancy', 'first-update']));
    expect((await post(`/incidents/${id}/accept`)).status).toBe(409);
  });

  it('is declined as a false alarm: its alerts are closed, and nothing is owed any more', async () => {
    const alertId = await fire('False alarm');
    const incident = await declare({ title: 'False alarm', severity: 'SEV1', alertIds: [alertId] });
    const declined = await post(`/incidents/${incident.id}/decline`, { reason: 'a test of ours' });
    expect(declined.body).toMatchObject({ state: 'declined', declineReason: 'a test of ours' });
    expect(await get<AlertView>(`/alerts/${alertId}`)).toMatchObject({
      state: 'closed',
      closeReason: 'false-alarm',
      disposition: 'false-alarm',
    });
    expect((await promisesOf(incident.id)).every(({ state }) => state === 'waived')).toBe(true);
    expect((await post(`/incidents/${incident.id}/severity`, { severity: 'SEV4', reason: 'x' })).status).toBe(409);
  });
});

describe('severity', () => {
  it('is changed with a reason, confirmed once, and not changed to itself', async () => {
    const { id } = await declare({ title: 'Which one' });
    expect((await post(`/incidents/${id}/severity`, { severity: 'SEV3' })).status).toBe(400);
    expect((await post(`/incidents/${id}/severity`, { severity: 'SEV3', reason: 'yes' })).body).toMatchObject({
      severityConfirmed: true,
    });
    expect((await post(`/incidents/${id}/severity`, { severity: 'SEV3', reason: 'yes' })).status).toBe(409);
    expect((await post(`/incidents/${id}/severity`, { severity: 'SEV1', reason: 'all customers' })).body).toMatchObject(
      { severity: 'SEV1' },
    );
    expect((await timelineOf(id)).map(({ text }) => text)).toContain(
      'Severity changed from SEV3 to SEV1: all customers',
    );
  });

  it('policy has versions; an incident keeps the one it was declared with', async () => {
    const before = await declare({ title: 'Old rules' });
    const policy = await get<{ version: number; levels: object[] }>('/severity-policy');
    const levels = policy.levels.map((level, i) => (i === 2 ? { ...level, name: 'Small' } : level));
    const changed = await t.call('PUT', '/api/v1/severity-policy', { levels });
    expect(changed.body).toMatchObject({ version: policy.version + 1, changedBy: t.ownerId });
    const after = await declare({ title: 'New rules' });
    expect(after.severityPolicyVersion).toBe(policy.version + 1);
    expect((await get<IncidentView>(`/incidents/${before.id}`)).severityPolicyVersion).toBe(policy.version);
    expect((await t.call('PUT', '/api/v1/severity-policy', { levels: levels.toReversed() })).status).toBe(400);
  });
});

describe('roles', () => {
  it('a commander is there at once, at most one, and keeps the promise of the vacant seat', async () => {
    const { id } = await declare({ title: 'Who leads', severity: 'SEV1' });
    expect(await promisesOf(id)).toContainEqual(expect.objectContaining({ kind: 'role-vacancy', state: 'pending' }));
    const board = await t.call('PUT', `/api/v1/incidents/${id}/roles/incident-commander`, { userId: t.ownerId });
    expect(board.body).toMatchObject({ splitWarning: null });
    expect((await get<IncidentView>(`/incidents/${id}`)).roles).toEqual({ 'incident-commander': t.ownerId });
    expect(await promisesOf(id)).toContainEqual(expect.objectContaining({ kind: 'role-vacancy', state: 'kept' }));
    const both = await t.call('PUT', `/api/v1/incidents/${id}/roles/communications-lead`, { userId: t.ownerId });
    expect((both.body as { splitWarning: string }).splitWarning).toContain('SEV1');
    expect((await t.call('DELETE', `/api/v1/incidents/${id}/roles/incident-commander`)).status).toBe(204);
    expect((await promisesOf(id)).filter(({ kind }) => kind === 'role-vacancy').map(({ state }) => state)).toContain(
      'pending',
    );
    expect(
      (await t.call('PUT', `/api/v1/incidents/${id}/roles/incident-commander`, { userId: 'usr_nobody' })).status,
    ).toBe(404);
  });

  it('a seat that is vacant for five minutes breaks its promise once, and says so in the timeline', async () => {
    const { id } = await declare({ title: 'Nobody leads', severity: 'SEV1' });
    await t.advance(320);
    expect(await promisesOf(id)).toContainEqual(
      expect.objectContaining({ kind: 'role-vacancy', state: 'broken', settledAt: null }),
    );
    await t.advance(60);
    const said = (await timelineOf(id)).filter(
      ({ type, text }) => type === 'promise' && text.includes('no incident commander'),
    );
    expect(said).toHaveLength(1);
    await t.call('PUT', `/api/v1/incidents/${id}/roles/incident-commander`, { userId: t.ownerId });
    expect(await promisesOf(id)).toContainEqual(
      expect.objectContaining({ kind: 'role-vacancy', state: 'broken', settledAt: expect.any(String) }),
    );
  });
});

describe('the promise ledger', () => {
  it('breaks a promise at once whose time passed before it was made', async () => {
    const { id } = await declare({ title: 'Late', severity: 'SEV4' });
    const past = new Date(t.clock.now().getTime() - 1_000);
    await t.act((ctx) =>
      openPromise(ctx, { kind: 'acknowledge', incidentId: id, owedBy: 'incident-commander', dueAt: past }),
    );
    expect(await promisesOf(id)).toContainEqual(expect.objectContaining({ kind: 'acknowledge', state: 'broken' }));
  });

  it('holds one promise of a kind for an incident: another one takes its place', async () => {
    const { id } = await declare({ title: 'Twice', severity: 'SEV4' });
    const due = (minutes: number) => new Date(t.clock.now().getTime() + minutes * 60_000);
    await t.act((ctx) =>
      openPromise(ctx, { kind: 'next-update', incidentId: id, owedBy: 'communications-lead', dueAt: due(10) }),
    );
    await t.act((ctx) =>
      openPromise(ctx, { kind: 'next-update', incidentId: id, owedBy: 'communications-lead', dueAt: due(20) }),
    );
    const states = (await t.act((ctx) => listPromises(ctx, { incidentId: id, kind: 'next-update' }))).map(
      ({ state }) => state,
    );
    expect(states).toEqual(['waived', 'pending']);
  });
});

describe('the timeline', () => {
  it('marks what is written down more than two hours later, and keeps both times', async () => {
    const { id } = await declare({ title: 'Notes' });
    const earlier = new Date(t.clock.now().getTime() - 3 * 3_600_000).toISOString();
    const late = await post(`/incidents/${id}/timeline`, { body: 'It began with the deploy', occurredAt: earlier });
    expect(late).toMatchObject({ status: 201, body: { late: true, occurredAt: earlier, actorUserId: t.ownerId } });
    expect((await post(`/incidents/${id}/timeline`, { body: 'now' })).body).toMatchObject({
      late: false,
      visibility: 'internal',
    });
    const future = new Date(t.clock.now().getTime() + 3_600_000).toISOString();
    expect((await post(`/incidents/${id}/timeline`, { body: 'later', occurredAt: future })).status).toBe(400);
  });

  it('corrects by a new entry, and only entries of the same incident', async () => {
    const { id } = await declare({ title: 'Corrections' });
    const { body: note } = await post(`/incidents/${id}/timeline`, { body: '40 customers' });
    const correction = await post(`/incidents/${id}/timeline`, {
      body: '400 customers',
      corrects: (note as TimelineEntryView).id,
    });
    expect(correction.body).toMatchObject({ type: 'correction', corrects: (note as TimelineEntryView).id });
    expect((await timelineOf(id)).map(({ text }) => text)).toEqual(
      expect.arrayContaining(['40 customers', '400 customers']),
    );
    expect((await post(`/incidents/${id}/timeline`, { body: 'x', corrects: 'evt_unknown' })).status).toBe(400);
  });

  it('has no gaps when many write at once, and is read page by page', async () => {
    const { id } = await declare({ title: 'Busy', severity: 'SEV4' });
    await Promise.all(Array.from({ length: 20 }, (_, i) => post(`/incidents/${id}/timeline`, { body: `note ${i}` })));
    const all = await timelineOf(id);
    expect(all.map(({ seq }) => seq)).toEqual(all.map((_, i) => i + 1));
    const page = await get<{ items: TimelineEntryView[]; nextCursor: string }>(`/incidents/${id}/timeline?limit=5`);
    const next = await get<{ items: TimelineEntryView[] }>(
      `/incidents/${id}/timeline?limit=5&cursor=${page.nextCursor}`,
    );
    expect([...page.items, ...next.items].map(({ seq }) => seq)).toEqual(
      all
        .map(({ seq }) => seq)
        .toReversed()
        .slice(0, 10),
    );
  });

  it('takes pictures by their bytes and serves them so that nothing runs', async () => {
    const { id } = await declare({ title: 'Picture' });
    const png = Buffer.from('89504e470d0a1a0a0000000d', 'hex');
    const { status, body } = await post(`/incidents/${id}/attachments`, {
      name: 'graph.html',
      base64: png.toString('base64'),
    });
    expect(status).toBe(201);
    const { href } = body as { href: string };
    const response = await t.app.request(href, { headers: { authorization: `Bearer ${t.apiKey}` } });
    expect(Buffer.from(await response.arrayBuffer())).toEqual(png);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'image/png',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
    });
    expect((await t.app.request(href)).status).toBe(401);
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>').toString('base64');
    expect((await post(`/incidents/${id}/attachments`, { name: 'x.png', base64: svg })).status).toBe(400);
  });
});

it('replays every timeline to exactly the incident that is stored', async () => {
  const { items } = await get<{ items: IncidentView[] }>('/incidents?limit=200');
  expect(items.length).toBeGreaterThan(15);
  for (const { id } of items) {
    const ctx = t.system.read(t.owner);
    const entries = await selectTimeline(ctx, id);
    const rebuilt = entries.reduce<Parameters<typeof apply>[0]>(
      (state, entry) => apply(state, { ...entry, workspaceId: t.workspaceId }),
      null,
    );
    expect(rebuilt).toEqual(await readIncident(ctx, id));
  }
});
