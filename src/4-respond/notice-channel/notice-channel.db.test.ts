import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Crew, createCrew, hireAnnAndBob, type Responder } from '#test/harness/crew.ts';
import { createSlackServer, type SlackServer } from '#test/harness/slack.ts';
import { createWebhookSink, isSignedWith, type WebhookSink } from '#test/harness/webhook-sink.ts';
import type { NoticeChannelView } from './contract.ts';

let t: Crew;
let ann: Responder;
let hook: WebhookSink;
let slack: SlackServer;

beforeEach(async () => {
  slack = await createSlackServer({ 'team@example.com': 'CTEAM01' });
  hook = await createWebhookSink();
  t = await createCrew({ env: { ALLCLEAR_SLACK_URL: slack.url } });
  [ann] = await hireAnnAndBob(t);
});

afterEach(async () => {
  expect(t.errors).toEqual([]);
  await t.end();
  await hook.close();
  await slack.close();
});

const add = (rest: object = {}) =>
  t.ask<NoticeChannelView & { signingSecret: string | null }>('POST', '/notice-channels', {
    name: 'Operations',
    kind: 'webhook',
    address: hook.url,
    ...rest,
  });
const heard = () => hook.received.map(({ json }) => String(json['subject']));

describe('a notice channel', () => {
  it('hears what begins, who is on it, that it is still down, and what is over, and pages nobody', async () => {
    const { signingSecret } = await add({ stillEverySeconds: 600 });
    const alertId = await t.signal({ title: 'Shop' });
    await t.advance(60);
    expect(heard()).toEqual(['Down: Shop']);
    expect(isSignedWith(signingSecret ?? '', hook.received[0] ?? never())).toBe(true);
    await ann.ask('POST', `/alerts/${alertId}/acknowledge`);
    await t.advance(19 * 60 + 5);
    expect(heard()).toEqual(['Down: Shop', 'Acknowledged: Shop', 'Still down: Shop', 'Still down: Shop']);
    expect(hook.received.at(-1)?.json['text']).toContain('Ann is on it.');
    await t.signal({ title: 'Shop', status: 'resolved' });
    await t.advance(700);
    expect(heard().slice(4)).toEqual(['Recovered: Shop']);
    expect(hook.received.at(-1)?.json).toMatchObject({ event: 'alert.closed', alertId, channel: 'Operations' });
  });

  it('hears that somebody acknowledged it where it came from, and does not say that nobody has', async () => {
    await add({ stillEverySeconds: 600 });
    const { key } = await t.ask<{ key: string }>('POST', '/alert-sources', { name: 'Old pager', kind: 'pagerduty' });
    for (const action of ['trigger', 'acknowledge']) {
      const payload = { summary: 'Queue is stuck', source: 'web-7', severity: 'critical' };
      const event = { routing_key: key, event_action: action, dedup_key: 'queue', payload };
      await t.app.request('/v2/enqueue', { method: 'POST', body: JSON.stringify(event) });
      await t.settle();
    }
    await t.advance(11 * 60);
    expect(heard()).toEqual(['Down: Queue is stuck', 'Acknowledged: Queue is stuck', 'Still down: Queue is stuck']);
    expect(hook.received[1]?.json['text']).toContain('Somebody has acknowledged it in Old pager.');
    expect(hook.received[2]?.json['text']).toContain('Somebody has acknowledged it where it came from.');
  });

  it('hears nothing of what pages nobody, of other services, and after it was removed', async () => {
    const { id: serviceId } = await t.ask<{ id: string }>('POST', '/services', { name: 'Shop' });
    const { id } = await add({ serviceIds: [serviceId], stillEverySeconds: 300 });
    await t.signal({ title: 'Elsewhere' });
    await t.ask('PATCH', `/notice-channels/${id}`, { serviceIds: [] });
    await t.signal({ title: 'Only a warning', severity: 'warning' });
    await t.advance(60);
    expect(heard()).toEqual([]);
    await t.signal({ title: 'Shop' });
    await t.ask('DELETE', `/notice-channels/${id}`);
    await t.advance(400);
    expect(heard()).toEqual(['Down: Shop']);
  });

  it('falls silent with a mute, and hears when what was muted asks again', async () => {
    await add({ stillEverySeconds: 300 });
    await t.signal({ title: 'Shop' });
    await t.ask('POST', '/mutes', {
      match: [{ field: 'title', op: 'is', values: ['Shop'] }],
      reason: 'It is being moved.',
      endsAt: new Date(t.clock.now().getTime() + 600_000).toISOString(),
    });
    await t.advance(540);
    expect(heard()).toEqual(['Down: Shop']);
    await t.advance(120);
    expect(heard()).toEqual(['Down: Shop', 'Down: Shop']);
  });

  it('may be a channel in Slack, once Slack is connected', async () => {
    const wanted = { kind: 'slack', address: 'CTEAM01' };
    await expect(add(wanted)).rejects.toThrow('Slack is not connected');
    await t.ask('PUT', '/chat-settings', {
      kind: 'slack',
      botToken: slack.botToken,
      signingSecret: slack.signingSecret,
    });
    const { id } = await add(wanted);
    expect(await t.ask('POST', `/notice-channels/${id}/test`)).toMatchObject({ ok: true });
    await t.signal({ title: 'Shop' });
    await t.advance(5);
    expect(slack.messages.map(({ to, text }) => `${to} ${text}`)).toEqual([
      'CTEAM01 Test: Operations hears of alerts',
      'CTEAM01 Down: Shop',
    ]);
  });

  it.each([
    ['slack', 'UANN123'],
    ['discord', 'operations'],
    ['mattermost', 'Town Square'],
    ['telegram', 'somebody'],
    ['email', 'nobody'],
    ['webhook', 'ftp://example.com'],
  ])('by %s refuses %s', async (kind, address) => {
    const answer = await t.call('POST', '/api/v1/notice-channels', { name: 'X', kind, address });
    expect(answer).toMatchObject({ status: 400, body: { errors: [{ path: 'body.address' }] } });
  });
});

function never(): never {
  throw new Error('nothing was received');
}
