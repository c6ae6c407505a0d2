import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Crew, createCrew, type Responder } from '#test/harness/crew.ts';
import type { PageView } from './contract.ts';

let t: Crew;
let olive: Responder;
let ann: Responder;
let bob: Responder;

beforeEach(async () => {
  t = await createCrew();
  olive = await t.equip(t.owner, 'Olive');
  [ann, bob] = [await t.hire('Ann'), await t.hire('Bob')];
  await t.escalateTo(
    [
      { userIds: [ann.id], delaySeconds: 300 },
      { userIds: [bob.id], delaySeconds: 600 },
    ],
    1,
  );
});

afterEach(async () => {
  expect(t.errors).toEqual([]);
  await t.end();
});

const DOWN = '[PAGE] checkout is down';
const pagesOf = (alertId: string) => t.ask<{ items: PageView[] }>('GET', `/pages?alertId=${alertId}`);
const onlyPage = async (alertId: string) => {
  const { items } = await pagesOf(alertId);
  expect(items).toHaveLength(1);
  const [page] = items;
  if (!page) throw new Error('no page');
  return page;
};
/** Presses the first button of the newest page on a phone. */
async function press(who: Responder, act?: string) {
  const action = who
    .phone()
    .findLast(({ actions }) => actions.some(({ label }) => label === 'Acknowledge'))
    ?.actions.find(({ action: kind }) => kind === 'http');
  const path = new URL(action?.url ?? '').pathname;
  const response = await t.app.request(path, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: act === undefined ? '' : `act=${act}`,
  });
  await t.settle();
  return { response, path };
}

describe('a page', () => {
  it('asks step by step and begins again until somebody acknowledges', async () => {
    const alertId = await t.signal({ title: 'checkout is down' });
    expect(ann.read()).toEqual([DOWN]);
    expect(ann.phone()[0]).toMatchObject({ priority: 5 });
    await t.advance(295);
    expect(bob.read()).toEqual([]);
    await t.advance(5);
    expect(bob.read()).toEqual([DOWN]);
    await t.advance(600);
    expect(ann.read()).toContain('Is this an incident? checkout is down');
    expect(ann.read().filter((title) => title.startsWith('[PAGE]'))).toEqual([
      DOWN,
      '[PAGE] again (2): checkout is down',
    ]);
    expect(await onlyPage(alertId)).toMatchObject({ state: 'open', step: 1, cycle: 2, nextUserIds: [bob.id] });
    const { response } = await press(bob);
    expect(response.status).toBe(303);
    await t.advance(900);
    const page = await onlyPage(alertId);
    expect(page).toMatchObject({
      state: 'acknowledged',
      acknowledgedBy: bob.id,
      acknowledgedChannel: 'link',
      nextStepAt: null,
    });
    expect(page.notices.map(({ userId, step, cycle, state }) => [userId, step, cycle, state])).toEqual([
      [ann.id, 1, 1, 'sent'],
      [bob.id, 2, 1, 'sent'],
      [ann.id, 1, 2, 'sent'],
    ]);
    expect(ann.read().filter((title) => title.startsWith('Bob is on it'))).toHaveLength(1);
    expect(bob.read().at(-1)).toBe('Bob is on it: checkout is down');
    expect(olive.read()).toEqual([]);
    expect(await t.ask('GET', `/alerts/${alertId}`)).toMatchObject({ state: 'acknowledged', acknowledgedBy: bob.id });
  });

  it('is shown by its link and acknowledged only by its button', async () => {
    const alertId = await t.signal({ title: 'checkout is <b>down</b>' });
    const path = new URL(ann.phone()[0]?.click ?? '').pathname;
    for (const method of ['GET', 'HEAD', 'GET']) {
      const response = await t.app.request(path, { method });
      expect(response.status).toBe(200);
      expect(response.headers.get('cache-control')).toBe('no-store');
    }
    const html = await (await t.app.request(path)).text();
    expect(html).toContain('checkout is &lt;b&gt;down&lt;/b&gt;');
    expect(html).toMatch(/Goes to Bob in <b>5.m<\/b>/u);
    expect(await onlyPage(alertId)).toMatchObject({ state: 'open' });
    await press(ann);
    expect(await (await t.app.request(path)).text()).toContain('You acknowledged it');
    expect((await t.app.request(`${path}x`)).status).toBe(404);
    expect((await t.app.request(`${path}x`, { method: 'POST' })).status).toBe(404);
  });

  it('goes to the one who was first; the other is told so', async () => {
    const alertId = await t.signal({ title: 'checkout is down' });
    await t.advance(300);
    await press(bob);
    const { path } = await press(ann);
    expect(await (await t.app.request(path)).text()).toContain('Bob acknowledged it');
    expect(await onlyPage(alertId)).toMatchObject({ acknowledgedBy: bob.id });
    const { status } = await t.call('POST', `/api/v1/pages/${(await onlyPage(alertId)).id}/acknowledge`, {});
    expect(status).toBe(409);
  });

  it('stops when the alert recovers, and everybody paged is told', async () => {
    const alertId = await t.signal({ title: 'checkout is down' });
    await t.signal({ title: 'checkout is down', status: 'resolved' });
    await t.advance(600);
    expect(ann.read()).toEqual([DOWN, 'Recovered: checkout is down']);
    expect(bob.read()).toEqual([]);
    expect(await onlyPage(alertId)).toMatchObject({ state: 'stopped', stopReason: 'recovered' });
  });

  it('tells the acknowledger of the recovery too', async () => {
    await t.signal({ title: 'checkout is down' });
    await press(ann);
    await t.signal({ title: 'checkout is down', status: 'resolved' });
    expect(ann.read()).toEqual([DOWN, 'Ann is on it: checkout is down', 'Recovered: checkout is down']);
  });

  it('that was acknowledged ends with its alert, and keeps who acknowledged it', async () => {
    const alertId = await t.signal({ title: 'checkout is down' });
    await t.ask('POST', `/alerts/${alertId}/acknowledge`);
    await t.ask('POST', `/alerts/${alertId}/close`);
    await t.settle();
    expect(await onlyPage(alertId)).toMatchObject({
      state: 'stopped',
      stopReason: 'closed',
      acknowledgedBy: olive.id,
      nextStepAt: null,
    });
    expect(ann.read().at(-1)).toBe('Closed: checkout is down');
  });

  it('stops when the alert is acknowledged anywhere else', async () => {
    const alertId = await t.signal({ title: 'checkout is down' });
    await t.ask('POST', `/alerts/${alertId}/acknowledge`);
    await t.advance(600);
    expect(await onlyPage(alertId)).toMatchObject({ state: 'acknowledged', acknowledgedBy: olive.id });
    expect(ann.read()).toEqual([DOWN, 'Olive Owner is on it: checkout is down']);
    expect(bob.read()).toEqual([]);
  });

  it('is not made for a warning', async () => {
    const alertId = await t.signal({ title: 'disk is filling', severity: 'warning' });
    expect((await pagesOf(alertId)).items).toEqual([]);
  });

  it('keeps the policy that it began with', async () => {
    const alertId = await t.signal({ title: 'checkout is down' });
    await t.escalateTo([{ userIds: [olive.id], delaySeconds: 60 }]);
    await t.advance(300);
    expect(bob.read()).toEqual([DOWN]);
    expect(olive.read()).toEqual([]);
    expect(await onlyPage(alertId)).toMatchObject({ policyVersion: 2 });
  });

  it('can be pushed on to the next step by hand', async () => {
    const alertId = await t.signal({ title: 'checkout is down' });
    await t.ask('POST', `/pages/${(await onlyPage(alertId)).id}/escalate`);
    await t.settle();
    expect(bob.read()).toEqual([DOWN]);
  });

  it('passes over people who cannot be reached, without waiting', async () => {
    await t.ask('POST', `/users/${ann.id}/deactivate`);
    await t.signal({ title: 'checkout is down' });
    expect(bob.read()).toEqual([DOWN]);
  });

  it('falls back to the owner when nobody in the policy can be reached', async () => {
    for (const { id } of [ann, bob]) await t.ask('POST', `/users/${id}/deactivate`);
    await t.signal({ title: 'checkout is down' });
    expect(olive.read()).toEqual([DOWN]);
  });
});

describe('a message of a page that fails', () => {
  it('gives way to the person’s next method at once, and to the next step when all have failed', async () => {
    const hook = await t.equip(ann, 'Ann second');
    const rules = await t.ask<{ items: { id: string; contactMethodId: string; urgency: string }[] }>(
      'GET',
      `/notification-rules?userId=${ann.id}`,
    );
    const rule = rules.items.find(
      ({ contactMethodId, urgency }) => contactMethodId === hook.contactMethodId && urgency === 'high',
    );
    await ann.ask('PATCH', `/notification-rules/${rule?.id}`, { delaySeconds: 600 });

    await t.signal({ title: 'search is slow', severity: 'error' });
    expect([ann.read().length, hook.read().length, bob.read().length]).toEqual([1, 0, 0]);

    t.ntfy.setMood({ kind: 'status', status: 403 });
    const alertId = await t.signal({ title: 'checkout is down' });
    const page = await onlyPage(alertId);
    expect(page.notices.map(({ userId, state, step }) => [userId, state, step])).toEqual([
      [ann.id, 'failed', 1],
      [ann.id, 'failed', 1],
      [bob.id, 'failed', 2],
    ]);
    expect(page).toMatchObject({ state: 'open', cycle: 1, step: 2 });
    t.ntfy.setMood({ kind: 'well' });
    await t.advance(600);
    expect(ann.read().at(-1)).toBe('[PAGE] again (2): checkout is down');
  });

  it('is tried again by the same method while the page is open, and not after', async () => {
    t.ntfy.setMood({ kind: 'status', status: 503 });
    const alertId = await t.signal({ title: 'checkout is down' });
    await t.advance(10);
    await t.ask('POST', `/alerts/${alertId}/acknowledge`);
    t.ntfy.setMood({ kind: 'well' });
    await t.advance(120);
    expect(ann.read()).toEqual([]);
    expect((await onlyPage(alertId)).notices).toMatchObject([
      { state: 'dropped', why: expect.stringContaining('acknowledged') },
    ]);
  });
});

describe('nobody who can be reached', () => {
  it('leaves what would have gone out in the outbox, and is made good once somebody can', async () => {
    const lonely = await createCrew();
    const alertId = await lonely.signal({ title: 'checkout is down' });
    const pages = await lonely.ask<{ items: PageView[] }>('GET', `/pages?alertId=${alertId}`);
    expect(pages.items).toMatchObject([{ reachedNobody: true, notices: [{ state: 'held', contactMethodId: null }] }]);
    expect(await lonely.ask('GET', '/deliveries?state=held')).toMatchObject({
      items: [{ purpose: 'page', subject: DOWN }],
    });
    const owner = await lonely.equip(lonely.owner, 'Olive');
    await lonely.settle();
    expect(owner.read()).toEqual([DOWN]);
    await lonely.end();
  });
});

it('shows on the phone what the sender attached as links, with their host, and loads none of it', async () => {
  const { key } = await t.ask<{ key: string }>('POST', '/alert-sources', { name: 'Pager', kind: 'pagerduty' });
  const event = {
    routing_key: key,
    event_action: 'trigger',
    payload: { summary: 'checkout is down', source: 'db1', severity: 'critical' },
    links: [
      { href: 'https://runbook.example.com/checkout', text: '<b>Runbook</b>' },
      { href: 'javascript:alert(1)', text: 'Trap' },
    ],
    images: [{ src: 'https://pictures.example.com/1.png', alt: 'Errors' }],
  };
  await t.app.request('/v2/enqueue', { method: 'POST', body: JSON.stringify(event) });
  await t.settle();
  const { pathname } = new URL(ann.phone().at(-1)?.click ?? '');
  const shown = await (await t.app.request(pathname)).text();
  expect(shown).toContain('href="https://runbook.example.com/checkout"');
  expect(shown).toContain('&lt;b&gt;Runbook&lt;/b&gt;');
  expect(shown).toContain('href="https://pictures.example.com/1.png"');
  expect(shown).toContain('pictures.example.com</span>');
  expect(shown).not.toContain('Trap');
  expect(shown).not.toContain('<img');
});
