import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { createTestSystem, type TestSystem } from '#test/harness/system.ts';
import { publishPostmortem, withdrawPostmortem } from './publish-postmortem.ts';

const withId = z.object({ id: z.string() });
const some = z.object({ items: z.array(z.looseObject({ id: z.string().optional() })) });
const idOf = (body: unknown) => withId.parse(body).id;
const itemsOf = (body: unknown) => some.parse(body).items;
const firstIdOf = (body: unknown) => idOf(itemsOf(body)[0]);

let t: TestSystem;
let serviceId = '';
let componentId = '';
beforeAll(async () => {
  t = await createTestSystem({ start: '2026-11-23T14:00:00Z' });
  const service = await t.call('POST', '/api/v1/services', { name: 'Checkout' });
  serviceId = idOf(service.body);
  const components = await t.call('GET', '/api/v1/components');
  componentId = firstIdOf(components.body);
});
afterAll(() => t.close());

async function declare(severity: string, extra: Record<string, unknown> = {}): Promise<string> {
  const { status, body } = await t.call('POST', '/api/v1/incidents', {
    title: `Trouble ${severity}`,
    severity,
    serviceIds: [serviceId],
    customerFacing: true,
    ...extra,
  });
  expect(status).toBe(201);
  return idOf(body);
}

async function promises(incidentId: string, kind: string) {
  const { body } = await t.call('GET', `/api/v1/incidents/${incidentId}/promises`);
  return z
    .array(z.object({ kind: z.string(), state: z.string(), dueAt: z.string(), drill: z.boolean() }))
    .parse(itemsOf(body))
    .filter((promise) => promise.kind === kind);
}

const read = async (path: string) => {
  const response = await t.app.request(path);
  return { status: response.status, text: await response.text() };
};
const json = async (path: string) => JSON.parse((await read(path)).text);

describe('a workspace', () => {
  test('starts with one published page, and a service brings its component along', async () => {
    const { body } = await t.call('GET', '/api/v1/status-pages');
    expect(itemsOf(body)).toHaveLength(1);
    expect(itemsOf(body)[0]).toMatchObject({
      slug: 'public',
      published: true,
      url: 'http://allclear.test/s/public',
      componentCount: 1,
    });
    expect((await read('/s/public')).text).toContain('Checkout');
  });
});

describe('an incident that customers notice', () => {
  let incidentId = '';
  test('owes a first update from the moment of detection, and has a draft ready', async () => {
    incidentId = await declare('SEV2');
    const [promise] = await promises(incidentId, 'first-update');
    expect(promise).toMatchObject({ state: 'pending', dueAt: '2026-11-23T14:30:00.000Z' });
    const draft = await t.call('GET', `/api/v1/incidents/${incidentId}/update-draft`);
    expect(draft.body).toMatchObject({
      status: 'investigating',
      title: 'Trouble SEV2',
      components: [{ id: componentId, from: 'operational', to: 'partial_outage' }],
      findings: [],
    });
    expect(z.object({ body: z.string() }).parse(draft.body).body).toContain('Next update by 14:30 UTC');
    expect((await json('/s/public/api/v2/incidents.json')).incidents).toEqual([]);
  });

  test('can be previewed without saying anything', async () => {
    const preview = await t.call('POST', `/api/v1/incidents/${incidentId}/update-preview`, {
      status: 'investigating',
      body: 'Probably a bad deploy. Customers see errors.',
      components: [{ id: componentId, status: 'major_outage' }],
    });
    expect(preview.status).toBe(200);
    expect(preview.body).toMatchObject({ html: expect.stringContaining('Checkout is down') });
    expect(preview.body).toMatchObject({ findings: [{ rule: 'cause-guess' }] });
    expect((await read('/s/public')).text).toContain('All systems operational');
  });

  test('is public with its first update: words, component, promise, timeline and checklist in one act', async () => {
    const posted = await t.call('POST', `/api/v1/incidents/${incidentId}/updates`, {
      status: 'investigating',
      title: 'Failed checkouts',
      body: 'Some customers cannot pay. <b>x</b>',
      components: [{ id: componentId, status: 'partial_outage' }],
      nextUpdateInSeconds: 900,
    });
    expect(posted.status).toBe(201);
    expect(posted.body).toMatchObject({
      nextUpdateBy: '2026-11-23T14:15:00.000Z',
      drill: false,
      title: 'Failed checkouts',
    });
    const html = (await read('/s/public')).text;
    expect(html).toContain('Checkout is partly down');
    expect(html).toContain('Some customers cannot pay. &lt;b&gt;x&lt;/b&gt;');
    expect(html).toMatch(/Next update by <time[^>]*>14:15 UTC/);
    expect((await promises(incidentId, 'first-update'))[0]?.state).toBe('kept');
    expect((await promises(incidentId, 'next-update'))[0]).toMatchObject({
      state: 'pending',
      dueAt: '2026-11-23T14:15:00.000Z',
    });
    const timeline = await t.call('GET', `/api/v1/incidents/${incidentId}/timeline`);
    expect(itemsOf(timeline.body)).toContainEqual(expect.objectContaining({ type: 'update', visibility: 'public' }));
    const effects = await t.call('GET', `/api/v1/incidents/${incidentId}/effects`);
    expect(itemsOf(effects.body)).toContainEqual(expect.objectContaining({ effect: 'first-update', state: 'done' }));
    const summary = await json('/s/public/api/v2/summary.json');
    expect(summary).toMatchObject({ status: { indicator: 'major' }, components: [{ status: 'partial_outage' }] });
    expect(summary.incidents[0]).toMatchObject({ name: 'Failed checkouts', impact: 'major', status: 'investigating' });
  });

  test('shows a broken promise on the page', async () => {
    await t.advance(16 * 60);
    expect((await read('/s/public')).text).toContain('is late');
    expect((await promises(incidentId, 'next-update'))[0]?.state).toBe('broken');
  });

  test('refuses components that are not there, naming the field', async () => {
    const { status, body } = await t.call('POST', `/api/v1/incidents/${incidentId}/updates`, {
      status: 'identified',
      body: 'Customers see errors.',
      components: [{ id: 'cmp_nowhere', status: 'operational' }],
    });
    expect(status).toBe(400);
    expect(body).toMatchObject({ errors: [{ path: 'body.components' }] });
  });

  test('ends with a final update that returns its components to operational and owes nothing more', async () => {
    const posted = await t.call('POST', `/api/v1/incidents/${incidentId}/updates`, {
      status: 'resolved',
      body: 'Service is restored.',
    });
    expect(posted.body).toMatchObject({
      nextUpdateBy: null,
      components: [{ id: componentId, from: 'partial_outage', to: 'operational' }],
    });
    const html = (await read('/s/public')).text;
    expect(html).toContain('All systems operational');
    expect(html).toContain('Failed checkouts');
    expect((await read(`/s/public/incidents/${incidentId}`)).text).toContain('Service is restored.');
    expect((await promises(incidentId, 'next-update')).every((promise) => promise.state !== 'pending')).toBe(true);
    const unresolved = await json('/s/public/api/v2/incidents/unresolved.json');
    expect(unresolved.incidents).toEqual([]);
    const updates = await t.call('GET', `/api/v1/incidents/${incidentId}/updates`);
    expect(itemsOf(updates.body).map((update) => update['status'])).toEqual(['resolved', 'investigating']);
  });
});

describe('what must not be public', () => {
  test('a drill keeps its updates inside and its clocks marked', async () => {
    const incidentId = await declare('SEV1', { kind: 'drill', title: 'Secret exercise' });
    const posted = await t.call('POST', `/api/v1/incidents/${incidentId}/updates`, {
      status: 'investigating',
      body: 'Exercise: customers cannot pay.',
      components: [{ id: componentId, status: 'major_outage' }],
    });
    expect(posted.body).toMatchObject({ drill: true, statusPageIds: [] });
    for (const path of ['/s/public', '/s/public/history', '/s/public/api/v2/incidents.json', '/s/public/feed.atom']) {
      expect((await read(path)).text).not.toMatch(/exercise/i);
    }
    expect((await json('/s/public/api/v2/components.json')).components[0].status).toBe('operational');
    expect((await promises(incidentId, 'next-update'))[0]).toMatchObject({ state: 'pending', drill: true });
  });

  test('an incident that customers do not notice has no public clock', async () => {
    const incidentId = await declare('SEV2', { customerFacing: false });
    expect(await promises(incidentId, 'first-update')).toEqual([]);
    await t.call('PATCH', `/api/v1/incidents/${incidentId}`, { customerFacing: true });
    expect((await promises(incidentId, 'first-update'))[0]?.state).toBe('pending');
    await t.call('PATCH', `/api/v1/incidents/${incidentId}`, { customerFacing: false });
    expect((await promises(incidentId, 'first-update')).every((promise) => promise.state === 'waived')).toBe(true);
  });

  test('a page that was taken back is gone on every path', async () => {
    const { body } = await t.call('GET', '/api/v1/status-pages');
    const id = firstIdOf(body);
    await t.call('PATCH', `/api/v1/status-pages/${id}`, { published: false });
    for (const path of ['/s/public', '/s/public/api/v2/summary.json', '/s/public/feed.rss', '/s/public/badge.svg']) {
      expect((await read(path)).status).toBe(404);
    }
    await t.call('PATCH', `/api/v1/status-pages/${id}`, { published: true });
    expect((await read('/s/public')).status).toBe(200);
  });
});

describe('a false alarm', () => {
  test('is corrected where it was public', async () => {
    const incidentId = await declare('SEV2', { title: 'Nothing at all' });
    await t.call('POST', `/api/v1/incidents/${incidentId}/updates`, {
      status: 'investigating',
      body: 'Some customers cannot pay.',
      components: [{ id: componentId, status: 'partial_outage' }],
    });
    const declined = await t.call('POST', `/api/v1/incidents/${incidentId}/decline`, {});
    expect(declined.status).toBe(200);
    const html = (await read(`/s/public/incidents/${incidentId}`)).text;
    expect(html).toContain('was a false alarm');
    expect((await read('/s/public')).text).toContain('All systems operational');
    expect((await promises(incidentId, 'next-update')).every((promise) => promise.state !== 'pending')).toBe(true);
  });
});

describe('the public copy of a postmortem', () => {
  test('stands on the page that showed the incident, in the JSON, and is gone when it is taken back', async () => {
    const incidentId = await declare('SEV2', { title: 'A queue filled up' });
    for (const status of ['investigating', 'resolved']) {
      await t.call('POST', `/api/v1/incidents/${incidentId}/updates`, { status, body: 'Customers waited.' });
    }
    const copy = { incidentId, title: 'Why the queue filled up', body: '## What happened\n\n<script>x</script>' };
    const { urls } = await t.act((ctx) => publishPostmortem(ctx, copy));
    expect(urls).toEqual([`http://allclear.test/s/public/postmortems/${incidentId}`]);
    const shown = await read(`/s/public/postmortems/${incidentId}`);
    expect(shown.text).toContain('Why the queue filled up');
    expect(shown.text).not.toContain('<script>x');
    expect((await read('/s/public')).text).toContain(`/s/public/postmortems/${incidentId}`);
    const { incidents } = await json('/s/public/api/v2/incidents.json');
    expect(incidents).toContainEqual(expect.objectContaining({ id: incidentId, status: 'postmortem' }));
    await t.act((ctx) => withdrawPostmortem(ctx, incidentId));
    expect((await read(`/s/public/postmortems/${incidentId}`)).status).toBe(404);
  });
});

test('nothing was logged as an error', () => {
  expect(t.errors).toEqual([]);
});
