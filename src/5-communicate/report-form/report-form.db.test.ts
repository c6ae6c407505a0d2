import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { AlertView, SignalView } from '#detect/contract';
import { createTestSystem, type TestSystem } from '#test/harness/system.ts';
import type { ComponentView, StatusPageView } from '../contract.ts';

let t: TestSystem;
let page: StatusPageView;
let checkout: ComponentView;

beforeAll(async () => {
  t = await createTestSystem();
  for (const name of ['Checkout', 'Search']) await t.call('POST', '/api/v1/services', { name });
  page = ((await t.call('GET', '/api/v1/status-pages')).body as { items: StatusPageView[] }).items[0] as StatusPageView;
  const { items } = (await t.call('GET', '/api/v1/components')).body as { items: ComponentView[] };
  checkout = items.find(({ name }) => name === 'Checkout') as ComponentView;
});
afterAll(() => t.close());
beforeEach(() => expect(t.errors).toEqual([]));

const change = async (body: object) => await t.call('PATCH', `/api/v1/status-pages/${page.id}`, body);
async function show(): Promise<{ status: number; text: string; stamp: string }> {
  const response = await t.app.request('/s/public/report');
  const text = await response.text();
  return { status: response.status, text, stamp: /name="stamp" value="([^"]+)"/.exec(text)?.[1] ?? '' };
}
async function post(fields: Record<string, string>, from?: string): Promise<{ status: number; text: string }> {
  const response = await t.app.request('/s/public/report', {
    method: 'POST',
    body: new URLSearchParams(fields),
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      ...(from === undefined ? {} : { 'x-client-ip': from }),
    },
  });
  return { status: response.status, text: await response.text() };
}
/** As a visitor does: looks at the form, writes, and sends it. */
async function report(fields: Record<string, string>, from?: string) {
  const { stamp } = await show();
  t.clock.advance(10);
  return await post({ stamp, ...fields }, from);
}
async function reports(): Promise<AlertView[]> {
  await t.settle();
  const { items } = (await t.call('GET', '/api/v1/alerts?limit=200')).body as { items: AlertView[] };
  return items.filter(({ alertSourceName }) => alertSourceName?.startsWith('Reports on'));
}

it('is off at first, and its address is not found', async () => {
  expect(page.takesReports).toBe(false);
  expect((await show()).status).toBe(404);
  expect((await post({ words: 'Nothing works' })).status).toBe(404);
  expect(await (await t.app.request('/s/public')).text()).not.toContain('Report a problem');
});

describe('when it is switched on', () => {
  beforeAll(async () => void expect((await change({ takesReports: true })).body).toMatchObject({ takesReports: true }));

  it('stands on the page, and asks what, about what, and how to ask back', async () => {
    expect(await (await t.app.request('/s/public')).text()).toContain('href="/s/public/report"');
    const { status, text } = await show();
    expect(status).toBe(200);
    for (const part of ['name="words"', `value="${checkout.id}"`, 'name="email"']) expect(text).toContain(part);
  });

  it('makes one alert of many reports about a component, a warning with everybody’s words', async () => {
    const sent = await report({
      words: 'I cannot pay.\nThe button spins.',
      component: checkout.id,
      email: 'ann@example.com',
    });
    expect(sent).toMatchObject({ status: 200, text: expect.stringContaining('Thank you') as string });
    await report({ words: 'Payment fails', component: checkout.id });
    const [alert, ...others] = await reports();
    expect(others).toEqual([]);
    expect(alert).toMatchObject({
      title: 'Checkout: I cannot pay.',
      severity: 'warning',
      count: 2,
      serviceId: checkout.serviceId,
      evidence: { source: 'ann@example.com', details: 'I cannot pay.\nThe button spins.\n\nAbout: Checkout' },
    });
    const { items } = (await t.call('GET', `/api/v1/alerts/${alert?.id}/signals`)).body as { items: SignalView[] };
    expect(items.map(({ title, source }) => [title, source])).toEqual([
      ['Checkout: Payment fails', 'a visitor'],
      ['Checkout: I cannot pay.', 'ann@example.com'],
    ]);
    const received = `/api/v1/alert-sources/${alert?.alertSourceId}/received`;
    expect((await t.call('GET', received)).body).toMatchObject({
      items: [
        { format: 'form', outcome: 'joined', payload: 'Payment fails\n\nAbout: Checkout', alertIds: [alert?.id] },
        { format: 'form', outcome: 'opened', payload: expect.stringContaining('From: ann@example.com') as string },
      ],
    });
    const pages = (await t.call('GET', '/api/v1/status-pages')).body as { items: { reportSourceId: string | null }[] };
    expect(pages.items.map(({ reportSourceId }) => reportSourceId)).toContain(alert?.alertSourceId);
  });

  it('keeps what is about something else apart, and takes a component that is none for none', async () => {
    const before = (await reports()).length;
    await report({ words: 'All is slow', component: 'cmp_nobodyhasthisone' });
    await report({ words: 'Really slow' });
    const after = await reports();
    expect(after).toHaveLength(before + 1);
    expect(after[0]).toMatchObject({ title: 'All is slow', count: 2, serviceId: null });
  });

  it.each([
    [{ words: ' ' }, 'Say in a few words'],
    [{ words: 'x'.repeat(2_001) }, 'fewer'],
    [{ words: 'Broken', email: 'nowhere' }, 'email address'],
  ])('says what is wrong with %j, and keeps what was typed', async (fields, why) => {
    const before = await reports();
    const answer = await report(fields);
    expect(answer.status).toBe(400);
    expect(answer.text).toContain(why);
    expect(answer.text).toContain(fields.words.trim());
    expect(await reports()).toEqual(before);
  });

  it('takes nothing from machines: too quick, a forged time, the field that nobody sees', async () => {
    const before = await reports();
    const { stamp } = await show();
    expect(await post({ stamp, words: 'Buy this' })).toMatchObject({ status: 400 });
    expect(await post({ words: 'Buy this' })).toMatchObject({ status: 400 });
    expect(await post({ stamp: `1.${'0'.repeat(64)}`, words: 'Buy this' })).toMatchObject({ status: 400 });
    const lured = await report({ words: 'Buy this', website: 'https://example.com' });
    expect(lured).toMatchObject({ status: 200, text: expect.stringContaining('Thank you') as string });
    expect(await reports()).toEqual(before);
  });

  it('limits what comes from one place, and no other', async () => {
    for (let i = 0; i < 10; i++) expect((await report({ words: 'Again' }, '192.0.2.7')).status).toBe(200);
    expect((await report({ words: 'Again' }, '192.0.2.7')).status).toBe(429);
    expect((await report({ words: 'Again' }, '192.0.2.8')).status).toBe(200);
  });

  it('refuses a body that is too large, and survives anything else', async () => {
    expect((await report({ words: 'x'.repeat(20_000) })).status).toBe(413);
    const { stamp } = await show();
    t.clock.advance(10);
    expect((await post({ stamp, words: 'a\u0000b\ud800 <script>alert(1)</script>' })).status).toBe(200);
    const raw = await t.app.request('/s/public/report', { method: 'POST', body: '{"words":' });
    expect(raw.status).toBe(400);
  });

  it('escapes what it shows again', async () => {
    const { text } = await report({ words: '</textarea><script>alert(1)</script>', email: '"><b>' });
    expect(text).not.toContain('<script>alert');
    expect(text).toContain('&lt;script&gt;');
  });

  it('is a source among the alert sources, named after the page, that only the page removes', async () => {
    await change({ name: 'Acme status' });
    const { items } = (await t.call('GET', '/api/v1/alert-sources')).body as { items: { id: string; name: string }[] };
    expect(items).toMatchObject([{ name: 'Reports on Acme status', kind: 'form' }]);
    expect((await t.call('DELETE', `/api/v1/alert-sources/${items[0]?.id}`)).status).toBe(409);
    expect((await t.call('POST', '/api/v1/alert-sources', { name: 'x', kind: 'form' })).status).toBe(400);
  });

  it('closes again', async () => {
    const { stamp } = await show();
    t.clock.advance(10);
    expect((await change({ takesReports: false })).body).toMatchObject({ takesReports: false });
    expect((await post({ stamp, words: 'Too late' })).status).toBe(404);
    expect((await t.call('GET', '/api/v1/alert-sources')).body).toMatchObject({ items: [] });
  });
});
