import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestSystem, type TestSystem } from '#test/harness/system.ts';
import type { AlertView, SourceMapping, Trial } from '../contract.ts';
import { confirmSubscription } from './confirm-subscription.ts';
import { MAPPING_PRESETS } from './presets.ts';

let t: TestSystem;

beforeAll(async () => void (t = await createTestSystem()));
afterAll(() => t.close());
beforeEach(() => expect(t.errors).toEqual([]));

async function source(): Promise<{ id: string; key: string }> {
  return (await t.call('POST', '/api/v1/alert-sources', { name: 'Mapped' })).body as { id: string; key: string };
}
const mapping = { title: '{{host}} {{check}}', dedupKey: 'id', status: { from: 'state', resolved: ['ok'] } };
const payload = { host: 'db1', check: 'disk', id: 7, state: 'bad' };
const put = async (id: string, body: object) => await t.call('PUT', `/api/v1/alert-sources/${id}/mapping`, body);
async function send(key: string, body: unknown) {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const response = await t.app.request(`/intake/${key}`, { method: 'POST', body: text });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

describe('a mapping of an alert source', () => {
  it('is tried, saved, and then turns what is sent into alerts', async () => {
    const { id, key } = await source();
    const tried = await t.call('POST', `/api/v1/alert-sources/${id}/mapping/try`, {
      mapping,
      payload: JSON.stringify(payload),
    });
    expect(tried.body as Trial).toMatchObject({ outcome: 'firing', signal: { title: 'db1 disk', dedupKey: '7' } });
    expect((await t.call('GET', `/api/v1/alert-sources/${id}/mapping`)).body).toMatchObject({ mapping: null });

    const saved = await put(id, { mapping, payload: JSON.stringify(payload) });
    expect(saved).toMatchObject({
      status: 200,
      body: { mapping: { dedupKey: 'id' }, sample: JSON.stringify(payload) },
    });

    const { status, body } = await send(key, payload);
    expect(status).toBe(202);
    const alert = (await t.call('GET', `/api/v1/alerts/${String(body['alertId'])}`)).body as AlertView;
    expect(alert).toMatchObject({ title: 'db1 disk', dedupKey: '7', state: 'open', alertSourceName: 'Mapped' });
    expect((await send(key, { ...payload, state: 'ok' })).body).toEqual(body);
    expect((await t.call('GET', `/api/v1/alerts/${alert.id}`)).body).toMatchObject({ state: 'closed', count: 2 });

    expect((await put(id, { mapping: null })).body).toMatchObject({ mapping: null, sample: null });
  });

  it('is not saved without a payload that it can read', async () => {
    const { id } = await source();
    expect(await put(id, { mapping })).toMatchObject({ status: 400 });
    const refused = await put(id, { mapping, payload: '{"host":"db1"}' });
    expect(refused.status).toBe(400);
    expect((refused.body as { detail: string }).detail).toContain('there is no $.id');
    expect(await put(id, { mapping: { title: 'a..b' }, payload: '{}' })).toMatchObject({
      status: 400,
      body: { errors: [{ path: 'body.mapping.title' }] },
    });
    expect((await t.call('GET', `/api/v1/alert-sources/${id}/mapping`)).body).toMatchObject({ mapping: null });
  });

  it('refuses a payload that it cannot read with 400, and shows what was refused', async () => {
    const { id, key } = await source();
    await put(id, { mapping, payload: JSON.stringify(payload) });
    const { status, body } = await send(key, { host: 'db1' });
    expect(status).toBe(400);
    expect(body['detail']).toContain('there is no $.id');
    const { items } = (await t.call('GET', `/api/v1/alert-sources/${id}/refused`)).body as {
      items: { message: string; payload: string }[];
    };
    expect(items).toMatchObject([{ payload: '{"host":"db1"}', message: body['detail'] }]);
  });

  it('answers what it ignores with 202 and opens nothing', async () => {
    const { id, key } = await source();
    const github = MAPPING_PRESETS.find((one) => one.id === 'github');
    await put(id, { mapping: github?.mapping, payload: JSON.stringify(github?.sample) });
    const answer = await send(key, { zen: 'Non-blocking is better than blocking.' });
    expect(answer).toMatchObject({ status: 202, body: { alertId: null, dedupKey: null } });
    expect(answer.body['ignored']).toContain('workflow_run');
  });
});

it('shows what an unmapped source refused, once a second, the latest 20', async () => {
  const { id, key } = await source();
  for (let i = 0; i < 3; i++) expect((await send(key, '{"titel":1}')).status).toBe(400);
  const { items } = (await t.call('GET', `/api/v1/alert-sources/${id}/refused`)).body as { items: object[] };
  expect(items).toMatchObject([{ message: expect.stringContaining('body.title') as string }]);
});

describe('a subscription of Amazon SNS', () => {
  const subscribeUrl = 'https://sns.eu-central-1.amazonaws.com/?Action=ConfirmSubscription&Token=abc';
  const asked = {
    Type: 'SubscriptionConfirmation',
    TopicArn: 'arn:aws:sns:eu-central-1:1:alarms',
    SubscribeURL: subscribeUrl,
  };

  async function cloudwatch() {
    const { id, key } = await source();
    const preset = MAPPING_PRESETS.find((one) => one.id === 'cloudwatch');
    await put(id, { mapping: preset?.mapping, payload: JSON.stringify(preset?.sample) });
    return { id, key };
  }

  it('waits for a person, who has it confirmed', async () => {
    const { id, key } = await cloudwatch();
    expect((await send(key, asked)).status).toBe(202);
    const shown = (await t.call('GET', `/api/v1/alert-sources/${id}/mapping`)).body as SourceMapping;
    expect(shown.subscription).toMatchObject({ subscribeUrl, openable: true, confirmedAt: null });

    const opened: string[] = [];
    const system = {
      ...t.system,
      fetch: async (url: string) => {
        opened.push(url);
        return await Promise.resolve({ status: 200, headers: {}, body: '' });
      },
    };
    await confirmSubscription(system, t.system.read(t.owner), id);
    await confirmSubscription(system, t.system.read(t.owner), id);
    expect(opened).toEqual([subscribeUrl]);
    const after = (await t.call('GET', `/api/v1/alert-sources/${id}/mapping`)).body as SourceMapping;
    expect(after.subscription?.confirmedAt).toBe(t.clock.now().toISOString());
  });

  it('is never opened elsewhere', async () => {
    const { id, key } = await cloudwatch();
    expect((await send(key, { ...asked, SubscribeURL: 'https://example.com/steal' })).status).toBe(202);
    const answer = await t.call('POST', `/api/v1/alert-sources/${id}/subscription/confirm`);
    expect(answer.status).toBe(409);
    expect((answer.body as { detail: string }).detail).toContain('amazonaws.com');
  });

  it('has nothing to confirm before it was asked for', async () => {
    const { id } = await cloudwatch();
    expect((await t.call('POST', `/api/v1/alert-sources/${id}/subscription/confirm`)).status).toBe(409);
  });
});
