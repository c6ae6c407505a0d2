import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Crew, createCrew, hireAnnAndBob, type Responder } from '#test/harness/crew.ts';
import { createSlackServer, type SlackServer } from '#test/harness/slack.ts';
import { createWebhookSink, isSignedWith, type WebhookSink } from '#test/harness/webhook-sink.ts';
import type { CoverageReportView } from '../coverage/contract.ts';
import type { PageEntryView } from '../journal/contract.ts';
import type { PageView } from '../page/contract.ts';
import type { EscalationPolicyView, PagePlanView } from './contract.ts';

let t: Crew;
let ann: Responder;
let bob: Responder;
let slack: SlackServer;
let hook: WebhookSink;

beforeEach(async () => {
  slack = await createSlackServer({
    'ann@example.com': 'UANN123',
    'bob@example.com': 'UBOB123',
    'vic@example.com': 'UVIC123',
    'team@example.com': 'CTEAM01',
  });
  hook = await createWebhookSink();
  t = await createCrew({ env: { ALLCLEAR_SLACK_URL: slack.url } });
  [ann, bob] = await hireAnnAndBob(t);
  await t.ask('PUT', '/chat-settings', {
    kind: 'slack',
    botToken: slack.botToken,
    signingSecret: slack.signingSecret,
  });
});

afterEach(async () => {
  await t.end();
  await hook.close();
  await slack.close();
});

type Added = { readonly id: string; readonly signingSecret: string | null };
const add = async (rest: object = {}) => {
  const wanted = { name: 'Operations', kind: 'slack', address: 'CTEAM01', onlyPages: true, ...rest };
  const made = await t.ask<Added>('POST', '/notice-channels', wanted);
  return { ...made, target: { kind: 'channel', noticeChannelId: made.id } };
};
const user = ({ id }: Responder) => ({ kind: 'user', userId: id });
const known = async (who: Responder, address: string) => {
  const method = await who.ask<{ id: string }>('POST', '/contact-methods', { kind: 'slack', address });
  await t.settle();
  const code = /Code: (\d{6})/.exec(slack.messages.at(-1)?.words ?? '')?.[1];
  await who.ask('POST', `/contact-methods/${method.id}/verify`, { code });
  // Known in Slack, and paged on the phone only.
  const { items } = await who.ask<{ items: { id: string; contactMethodId: string }[] }>('GET', '/notification-rules');
  for (const rule of items.filter(({ contactMethodId }) => contactMethodId === method.id))
    await who.ask('DELETE', `/notification-rules/${rule.id}`);
};
const inTeam = () => slack.messages.filter(({ to }) => to === 'CTEAM01');
const newest = () => {
  const message = inTeam().at(-1);
  if (!message) throw new Error('no message in the channel');
  return message;
};
const press = async (label: string, by: string) => {
  const { body, headers } = slack.press(newest(), label, t.clock.now(), by);
  const response = await t.app.request('/hooks/slack/interact', { method: 'POST', body, headers });
  await t.settle();
  return response.status;
};
const pageOf = async (alertId: string) => {
  const [page] = (await t.ask<{ items: PageView[] }>('GET', `/pages?alertId=${alertId}`)).items;
  if (!page) throw new Error('no page');
  return page;
};
const journal = async ({ id }: PageView) =>
  (await t.ask<{ items: PageEntryView[] }>('GET', `/page-journal?pageId=${id}`)).items.map(({ text }) => text);

describe('a step that names a channel', () => {
  it('tells it when it is due, beside the people, once a step', async () => {
    const { target } = await add();
    await t.escalateTo([
      { targets: [user(ann)], delaySeconds: 300 },
      { targets: [target, user(bob)], delaySeconds: 300 },
    ]);
    const alertId = await t.signal({ title: 'Shop' });
    expect(inTeam()).toEqual([]);
    await t.advance(300);
    expect(bob.read()).toEqual(['[PAGE] Shop']);
    expect(newest().words).toContain('[PAGE] Shop');
    expect(newest().words).toContain('Paged: Ann, Bob.');
    expect(newest().words).not.toContain('/p/');
    expect(newest().buttons.map(({ text }) => text.text)).toEqual(['Acknowledge', 'Take command', 'Escalate', 'Open']);
    const page = await pageOf(alertId);
    expect(page.posts).toMatchObject([{ name: 'Operations', kind: 'slack', step: 2, cycle: 1, state: 'sent' }]);
    expect(await journal(page)).toEqual(
      expect.arrayContaining([
        'To the channel “Operations”, which wakes nobody. Due at once.',
        'The channel “Operations”: the provider took it.',
      ]),
    );
    expect(inTeam()).toHaveLength(1);
  });

  it('and that hears of everything hears of the beginning once, and of what follows', async () => {
    const { target } = await add({ onlyPages: false });
    await t.escalateTo([{ targets: [user(ann), target], delaySeconds: 300 }]);
    const alertId = await t.signal({ title: 'Shop' });
    expect(inTeam().map(({ words }) => words.includes('[PAGE] Shop'))).toEqual([true]);
    await t.ask('POST', `/alerts/${alertId}/close`);
    await t.settle();
    expect(newest().words).toContain('Closed: Shop');
    expect(inTeam()).toHaveLength(2);
  });

  it('is acknowledged by whoever presses there, and by nobody whom Allclear does not know', async () => {
    const { target } = await add();
    await known(bob, 'bob@example.com');
    await t.escalateTo([
      { targets: [target], delaySeconds: 60 },
      { targets: [user(ann)], delaySeconds: 300 },
    ]);
    const alertId = await t.signal({ title: 'Shop' });
    expect(ann.read()).toEqual([]);
    expect(await press('Acknowledge', 'UANN123')).toBe(200);
    expect(await pageOf(alertId)).toMatchObject({ state: 'open', acknowledgedBy: null });
    expect(slack.messages.at(-1)).toMatchObject({
      to: 'UANN123',
      words: expect.stringContaining('does not know who you are here'),
    });
    expect(await press('Acknowledge', 'UBOB123')).toBe(200);
    expect(await pageOf(alertId)).toMatchObject({ state: 'acknowledged', acknowledgedBy: bob.id });
    expect(newest().words).toContain('Bob acknowledged at');
    expect(newest().buttons.map(({ text }) => text.text)).toEqual(['Open']);
    await t.advance(300);
    expect(ann.read()).toEqual([]);
  });

  it('lets somebody take command there, and a viewer do nothing', async () => {
    const vic = await t.hire('Vic');
    const { target } = await add();
    await known(bob, 'UBOB123');
    await known(vic, 'UVIC123');
    await t.ask('PUT', `/users/${vic.id}/role`, { role: 'viewer' });
    await t.escalateTo([{ targets: [target, user(ann)], delaySeconds: 300 }]);
    const alertId = await t.signal({ title: 'Shop' });
    await press('Take command', 'UVIC123');
    expect(await pageOf(alertId)).toMatchObject({ state: 'open', incidentId: null });
    expect(slack.messages.at(-1)?.words).toContain('does not allow you to answer pages');
    await press('Take command', 'UBOB123');
    const { incidentId } = await pageOf(alertId);
    expect(await t.ask('GET', `/incidents/${incidentId}`)).toMatchObject({ roles: { 'incident-commander': bob.id } });
  });

  it('waits its time when it names nobody, counts as nobody reached, and says so beforehand', async () => {
    const { target } = await add();
    await t.escalateTo([
      { targets: [target], delaySeconds: 120 },
      { targets: [user(ann)], delaySeconds: 300 },
    ]);
    const plan = await t.ask<PagePlanView>('GET', '/oncall?severity=SEV1');
    expect(plan.steps).toMatchObject([
      {
        channelsOnly: true,
        waitSeconds: 120,
        people: [],
        channels: [{ name: 'Operations', kind: 'slack', reason: 'step 1 of the policy “Default”', problem: null }],
      },
      { channelsOnly: false, people: [{ name: 'Ann' }], channels: [] },
    ]);
    const { findings } = await t.ask<CoverageReportView>('POST', '/coverage/prove');
    expect(findings.find(({ kind }) => kind === 'channel')?.text).toMatch(
      /^Step 1 reaches a channel only, nobody is woken: a SEV1 would reach only Ann, after 2 m, by ntfy\.$/,
    );
    const alertId = await t.signal({ title: 'Shop' });
    await t.advance(60);
    expect(await pageOf(alertId)).toMatchObject({ step: 1, reachedNobody: true, notices: [] });
    // Somebody who can be reached from now on changes nothing about what the policy waits for.
    await t.equip(bob, 'Bob again');
    await t.advance(50);
    expect(ann.read()).toEqual([]);
    await t.advance(10);
    expect(ann.read()).toEqual(['[PAGE] Shop']);
    expect(inTeam()).toHaveLength(1);
  });

  it('waits for nobody when nobody in it can be reached, and tells its channel all the same', async () => {
    const cleo = await t.hire('Cleo');
    const { target } = await add();
    await cleo.ask('DELETE', `/contact-methods/${cleo.contactMethodId}`);
    await t.escalateTo([
      { targets: [user(cleo), target], delaySeconds: 600 },
      { targets: [user(ann)], delaySeconds: 300 },
    ]);
    await t.signal({ title: 'Shop' });
    expect(ann.read()).toEqual(['[PAGE] Shop']);
    expect(inTeam()).toHaveLength(1);
  });

  it('is ignored where everybody has to acknowledge', async () => {
    const { target } = await add();
    await t.escalateTo([{ targets: [target, user(ann), user(bob)], delaySeconds: 300 }], 0, { acknowledgement: 'all' });
    const { id } = await pageOf(await t.signal({ title: 'Shop' }));
    await ann.ask('POST', `/pages/${id}/acknowledge`);
    await bob.ask('POST', `/pages/${id}/acknowledge`);
    expect(await t.ask('GET', `/pages/${id}`)).toMatchObject({ state: 'acknowledged' });
  });

  it('goes on at once when nothing arrives there', async () => {
    const { target } = await add({ address: 'CNOTHERE1' });
    await t.escalateTo([
      { targets: [target], delaySeconds: 600 },
      { targets: [user(ann)], delaySeconds: 300 },
    ]);
    const page = await pageOf(await t.signal({ title: 'Shop' }));
    expect(ann.read()).toEqual(['[PAGE] Shop']);
    expect(page.posts).toMatchObject([{ state: 'failed', why: expect.stringContaining('no such member or channel') }]);
    expect(await journal(page)).toEqual(
      expect.arrayContaining([expect.stringMatching(/^The channel “Operations”: Slack has no such .*Given up\.$/)]),
    );
  });

  it('may be a webhook: signed JSON of the page, and what became of it', async () => {
    const { target, signingSecret } = await add({ kind: 'webhook', address: hook.url, name: 'Robot' });
    await t.escalateTo([{ targets: [target, user(ann)], delaySeconds: 300 }]);
    const { id } = await pageOf(await t.signal({ title: 'Shop' }));
    const [told] = hook.received;
    if (!told) throw new Error('nothing was received');
    expect(isSignedWith(signingSecret ?? '', told)).toBe(true);
    expect(told.json).toMatchObject({
      event: 'page',
      channel: 'Robot',
      page: { id, title: 'Shop', step: 1 },
      pageUrl: expect.stringContaining(`/pages/${id}`),
    });
    expect(JSON.stringify(told.json)).not.toContain('/p/');
    await ann.ask('POST', `/pages/${id}/acknowledge`);
    await t.settle();
    expect(hook.received.map(({ json }) => json['event'])).toEqual(['page', 'page.acknowledged']);
    await t.signal({ title: 'Shop', status: 'resolved' });
    expect(hook.received.at(-1)?.json).toMatchObject({ event: 'page.recovered', page: { id } });
  });

  it('is dropped when its page is over before it went out', async () => {
    const { target } = await add({ kind: 'webhook', address: hook.url });
    await t.escalateTo([{ targets: [target, user(ann)], delaySeconds: 300 }]);
    hook.setMood({ kind: 'status', status: 503 });
    const { id } = await pageOf(await t.signal({ title: 'Shop' }));
    await ann.ask('POST', `/pages/${id}/acknowledge`);
    hook.setMood({ kind: 'well' });
    await t.advance(30);
    expect(hook.received.map(({ json }) => json['event'])).toEqual(['page.acknowledged']);
    expect((await t.ask<PageView>('GET', `/pages/${id}`)).posts).toMatchObject([{ state: 'dropped' }]);
  });

  it('says that it is late, and how things stand, when it could not go out', async () => {
    const { target } = await add({ kind: 'webhook', address: hook.url });
    await t.escalateTo([{ targets: [target, user(ann)], delaySeconds: 3_600 }]);
    hook.setMood({ kind: 'status', status: 503 });
    await t.signal({ title: 'Shop' });
    await t.advance(600);
    hook.setMood({ kind: 'well' });
    await t.advance(60);
    expect(hook.received[0]?.json).toMatchObject({
      subject: expect.stringMatching(/^\[PAGE\] Shop \(late: 1[01] min\)$/),
      lateSeconds: expect.any(Number),
    });
  });
});

describe('a channel that a policy names', () => {
  it('cannot be removed, and the error says who names it', async () => {
    const { id, target } = await add();
    await t.escalateTo([{ targets: [target, user(ann)], delaySeconds: 300 }]);
    await expect(t.ask('DELETE', `/notice-channels/${id}`)).rejects.toThrow(
      '“Operations” is told by the escalation policy “Default”. Take it out there first.',
    );
    await t.escalateTo([{ targets: [user(ann)], delaySeconds: 300 }]);
    await t.ask('DELETE', `/notice-channels/${id}`);
  });

  it('is listed for whoever writes policies without its address', async () => {
    const { id } = await add();
    const answer = await ann.ask('GET', '/page-channels');
    expect(answer).toEqual({
      items: [{ id, name: 'Operations', kind: 'slack', problem: null }],
      nextCursor: null,
    });
  });

  it('is passed over, with the reason, when its chat is not connected any more', async () => {
    const { target } = await add();
    await t.escalateTo([
      { targets: [target], delaySeconds: 600 },
      { targets: [user(ann)], delaySeconds: 300 },
    ]);
    await t.ask('DELETE', '/chat-settings/slack');
    const plan = await t.ask<PagePlanView>('GET', '/oncall');
    expect(plan.steps[0]).toMatchObject({ skipped: expect.any(String), channels: [{ problem: expect.any(String) }] });
    expect(plan.findings).toEqual(
      expect.arrayContaining([expect.stringMatching(/^“Operations” hears nothing: Slack is not connected/)]),
    );
    await t.signal({ title: 'Shop' });
    expect(ann.read()).toEqual(['[PAGE] Shop']);
  });

  it('is refused where somebody has to be woken, and where it is not there', async () => {
    const { target } = await add();
    const [policy] = (await t.ask<{ items: EscalationPolicyView[] }>('GET', '/escalation-policies')).items;
    const put = (body: object) =>
      t.call('PUT', `/api/v1/escalation-policies/${policy?.id}`, {
        name: 'Default',
        version: policy?.version,
        steps: [{ userIds: [ann.id], delaySeconds: 300 }],
        ...body,
      });
    expect(await put({ steps: [{ targets: [target], delaySeconds: 300 }] })).toMatchObject({
      status: 400,
      body: { errors: [{ path: 'body.steps' }] },
    });
    expect(await put({ fallback: [target] })).toMatchObject({
      status: 400,
      body: { errors: [{ path: 'body.fallback', message: expect.stringContaining('wakes nobody') }] },
    });
    const gone = { kind: 'channel', noticeChannelId: 'nch_gone' };
    expect(await put({ steps: [{ targets: [gone, user(ann)], delaySeconds: 300 }] })).toMatchObject({
      status: 400,
      body: { errors: [{ path: 'body.steps.0.targets' }] },
    });
    expect(await t.call('POST', '/api/v1/pages', { title: 'Look', targets: [target] })).toMatchObject({
      status: 400,
      body: { errors: [{ path: 'body.targets' }] },
    });
  });
});
