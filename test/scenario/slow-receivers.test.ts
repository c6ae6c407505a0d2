import { createServer, type Server } from 'node:net';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listDeliveries } from '#delivery/contract';
import { listResults, postMonitor } from '#monitor/contract';
import type { PageEntryView } from '#respond/contract';
import { type Instance, startInstance } from '#test/harness/instance.ts';
import { createMonitorTarget, type MonitorTarget } from '#test/harness/monitor-target.ts';
import { createNtfyServer, type NtfyServer } from '#test/harness/ntfy.ts';
import { freePort } from '#test/harness/server-process.ts';
import { createSmtpSink, type SmtpSink } from '#test/harness/smtp.ts';
import { waitFor } from '#test/harness/wait-for.ts';
import { createWebhookSink, type WebhookSink } from '#test/harness/webhook-sink.ts';

type Method = { id: string; kind: string };
type Rule = { id: string; contactMethodId: string };
const SLOW_MS = 15_000;

let instance: Instance;
let ntfy: NtfyServer;
let hook: WebhookSink;
let smtpPort: number;
let smtp: SmtpSink;

/** The owner is told by mail and by webhook at once, and by ntfy only after ten minutes. */
beforeAll(async () => {
  [ntfy, hook, smtpPort] = [await createNtfyServer(), await createWebhookSink(), await freePort()];
  instance = await startInstance({ ALLCLEAR_SMTP_URL: `smtp://127.0.0.1:${smtpPort}` });
  const phone = await instance.ask<Method>('POST', '/contact-methods', {
    kind: 'ntfy',
    address: ntfy.topicUrl('olive'),
  });
  const code = await waitFor('the code', () => /Code: (\d{6})/.exec(ntfy.messages[0]?.message ?? '')?.[1]);
  await instance.ask('POST', `/contact-methods/${phone.id}/verify`, { code });
  const rules = await instance.ask<{ items: Rule[] }>('GET', '/notification-rules');
  for (const { id } of rules.items.filter(({ contactMethodId }) => contactMethodId === phone.id))
    await instance.ask('PATCH', `/notification-rules/${id}`, { delaySeconds: 600 });
});
afterAll(async () => {
  await instance.end();
  await Promise.all([ntfy.close(), hook.close(), smtp?.close()]);
});

const onPhone = (title: string) => ntfy.messages.find((message) => message.title === `[PAGE] ${title}`);
const mailsAbout = (title: string) => smtp.mails.filter(({ subject }) => subject.includes(title));
const mailOf = async (title: string) =>
  (await instance.client.call(listDeliveries, { query: { limit: 200 } })).items.find(
    ({ kind, subject }) => kind === 'email' && subject.includes(title),
  );

describe('a mail server that is away when a page goes out', () => {
  it('makes the next method ring at once', async () => {
    for (const title of ['lasting fault', 'short fault']) {
      const sentAt = Date.now();
      expect(await instance.signal(title)).toBe(202);
      const rung = await waitFor(`${title} by ntfy`, () => onPhone(title), 10_000);
      expect(rung.atMs - sentAt).toBeLessThan(5_000);
    }
    expect(await mailOf('lasting fault')).toMatchObject({ state: 'queued', why: expect.stringContaining('127.0.0.1') });
  });

  it('delivers what is still current when it is back, and nothing that is over', async () => {
    const answered = await fetch(onPhone('short fault')?.click ?? '', {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'act=acknowledge',
    });
    expect(answered.ok).toBe(true);
    smtp = await createSmtpSink({ port: smtpPort });
    await waitFor('the mail about what is still down', () => mailsAbout('lasting fault')[0], 30_000);
    const dropped = await waitFor(
      'the page that is over to be dropped',
      async () => (await mailOf('short fault'))?.state === 'dropped' && mailOf('short fault'),
      30_000,
    );
    expect(dropped?.why).toContain('acknowledged');
    expect(mailsAbout('short fault').filter(({ subject }) => subject.startsWith('[PAGE]'))).toEqual([]);
    expect(mailsAbout('lasting fault')).toHaveLength(1);
  });
});

describe('a target that hangs, and a webhook that takes fifteen seconds', () => {
  let hanging: Server;
  let target: MonitorTarget;

  beforeAll(async () => {
    hanging = createServer(() => undefined).listen(0, '127.0.0.1');
    await once(hanging, 'listening');
    target = await createMonitorTarget();
  });
  afterAll(async () => {
    await target.close();
    hanging.close();
  });

  it('delay no other check, no other message, and lose nothing', async () => {
    const address = `${hook.url}/olive`;
    const slow = await instance.ask<Method>('POST', '/contact-methods', { kind: 'webhook', address });
    const code = await waitFor('the code', () => /Code: (\d{6})/.exec(hook.received[0]?.body ?? '')?.[1]);
    await instance.ask('POST', `/contact-methods/${slow.id}/verify`, { code });
    const { port } = hanging.address() as AddressInfo;
    const watch = (url: string) =>
      instance.client.call(postMonitor, {
        body: { url, intervalSeconds: 1, timeoutSeconds: 5, confirm: { failures: 20, recoveries: 1 } },
      });
    await Promise.all([1, 2, 3].map((n) => watch(`http://127.0.0.1:${port}/hangs/${n}`)));
    const well = await watch(target.url);

    // Each alert pages for itself here, however many there are.
    await instance.ask('PATCH', '/alert-settings', { stormPerMinute: null, pagesPerPerson: null });
    hook.setMood({ kind: 'slow', ms: SLOW_MS });
    const sentAt = Date.now();
    for (let i = 0; i < 40; i++) expect(await instance.signal(`storm ${i}`)).toBe(202);
    await waitFor('a mail for each', () => mailsAbout('storm').length >= 40, 15_000);
    const lastMailMs = Math.max(...mailsAbout('storm').map(({ atMs }) => atMs)) - sentAt;
    expect(lastMailMs, 'mails wait for no webhook').toBeLessThan(SLOW_MS);
    hook.setMood({ kind: 'well' });
    await waitFor('each webhook to be taken', async () => (await hooksAbout('storm')).every(sent), 4 * SLOW_MS);
    expect(await hooksAbout('storm')).toHaveLength(40);

    const { items } = await instance.client.call(listResults, { params: { id: well.id }, query: { limit: 200 } });
    expect(items.length).toBeGreaterThan(10);
    const late = items.map(({ dueAt, startedAt }) => Date.parse(startedAt) - Date.parse(dueAt));
    expect(Math.max(...late), 'no check of the well target was late').toBeLessThan(1_000);
    // The oldest one was at the moment of adding, before the grid.
    const gaps = items.slice(1, -1).map(({ dueAt }, i) => Date.parse(items[i]?.dueAt ?? '') - Date.parse(dueAt));
    expect(new Set(gaps), 'none was left out').toEqual(new Set([1_000]));
  }, 120_000);

  const sent = ({ state }: { state: string }) => state === 'sent';
  const hooksAbout = async (what: string) =>
    (await instance.client.call(listDeliveries, { query: { limit: 200 } })).items.filter(
      ({ kind, subject }) => kind === 'webhook' && subject.startsWith(`[PAGE] ${what}`),
    );
});

describe('a webhook that takes a page and says nothing for fifteen seconds', () => {
  it('makes the next method ring after five, is waited for all the same, and is not asked twice', async () => {
    const { items: methods } = await instance.ask<{ items: Method[] }>('GET', '/contact-methods');
    const { items: rules } = await instance.ask<{ items: Rule[] }>('GET', '/notification-rules');
    const slow = methods.find(({ kind }) => kind === 'webhook');
    for (const { id, contactMethodId } of rules)
      await instance.ask('PATCH', `/notification-rules/${id}`, {
        delaySeconds: contactMethodId === slow?.id ? 0 : 600,
      });
    const title = 'nobody answers';
    hook.setMood({ kind: 'slow', ms: SLOW_MS - 2_000 });
    const before = hook.attempts.length;
    expect(await instance.signal(title)).toBe(202);
    const handed = await waitFor('the webhook to be asked', () => hook.attempts[before], 10_000);
    const rung = await waitFor('the phone', () => onPhone(title), 12_000);
    const waitedMs = rung.atMs - handed.atMs;
    expect(waitedMs).toBeGreaterThan(4_500);
    expect(waitedMs, 'not only after the whole time that a try may take').toBeLessThan(SLOW_MS - 3_000);
    const about = async () =>
      (await instance.client.call(listDeliveries, { query: { limit: 200 } })).items.find(
        ({ kind, subject }) => kind === 'webhook' && subject.includes(title),
      );
    const delivery = await waitFor(
      'the webhook to be taken',
      async () => {
        const found = await about();
        return found?.state === 'sent' && found;
      },
      2 * SLOW_MS,
    );
    expect(delivery).toMatchObject({ attempts: 1 });
    const { items: entries } = await instance.ask<{ items: PageEntryView[] }>(
      'GET',
      `/page-journal?pageId=${delivery.pageId}`,
    );
    const told = entries.toReversed().map(({ kind, channel }) => `${kind} ${channel}`);
    const since = told.slice(told.indexOf('slow webhook'));
    expect(since.toSorted()).toEqual(['handed-over email', 'handed-over ntfy', 'handed-over webhook', 'slow webhook']);
    expect(since.at(-1)).toBe('handed-over webhook');
    hook.setMood({ kind: 'well' });
  }, 60_000);
});
