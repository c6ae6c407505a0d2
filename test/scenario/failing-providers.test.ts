import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PageView } from '#respond/contract';
import { type Crew, createCrew, type Responder } from '#test/harness/crew.ts';
import type { Mood } from '#test/harness/sink-server.ts';
import { createSmtpSink, type SmtpSink } from '#test/harness/smtp.ts';
import { createWebhookSink, type WebhookSink } from '#test/harness/webhook-sink.ts';

type Primary = 'ntfy' | 'webhook' | 'email';
type Rule = { readonly id: string; readonly contactMethodId: string };
type Method = { readonly id: string; readonly kind: Primary };

const LATER_SECONDS = 600;
const TITLE = '[PAGE] checkout is down';

let t: Crew;
let ann: Responder;
let bob: Responder;
let smtp: SmtpSink;
let hook: WebhookSink;

beforeEach(async () => {
  [smtp, hook] = [await createSmtpSink(), await createWebhookSink()];
  const env = { ALLCLEAR_SMTP_URL: smtp.url, ALLCLEAR_MAIL_FROM: 'Allclear <allclear@example.com>' };
  t = await createCrew({ env });
  [ann, bob] = [await t.hire('Ann'), await t.hire('Bob')];
  await t.escalateTo([
    { userIds: [ann.id], delaySeconds: 1_800 },
    { userIds: [bob.id], delaySeconds: 1_800 },
  ]);
  const address = `${hook.url}/ann`;
  await prove(
    await ann.ask<Method>('POST', '/contact-methods', { kind: 'webhook', address }),
    () => hook.received[0]?.body,
  );
  const { items } = await ann.ask<{ items: Method[] }>('GET', '/contact-methods');
  const mail = items.find(({ kind }) => kind === 'email');
  await ann.ask('POST', `/contact-methods/${mail?.id}/test`);
  await prove(mail, () => smtp.mails.at(-1)?.text);
});

afterEach(async () => {
  await t.end();
  await Promise.all([smtp.close(), hook.close()]);
});

async function prove(method: Method | undefined, shown: () => string | undefined) {
  await t.settle();
  const code = /\b(\d{6})\b/.exec(shown() ?? '')?.[1];
  await ann.ask('POST', `/contact-methods/${method?.id}/verify`, { code });
}

/** Ann is asked by one method at once, by the others only much later. */
async function first(primary: Primary) {
  const methods = await ann.ask<{ items: Method[] }>('GET', '/contact-methods');
  const id = methods.items.find(({ kind }) => kind === primary)?.id;
  const { items } = await ann.ask<{ items: Rule[] }>('GET', '/notification-rules');
  for (const rule of items)
    await ann.ask('PATCH', `/notification-rules/${rule.id}`, {
      delaySeconds: rule.contactMethodId === id ? 0 : LATER_SECONDS,
    });
}

const rung = (): Record<Primary, number> => ({
  ntfy: ann.read().filter((title) => title === TITLE).length,
  webhook: hook.received.filter(({ json }) => json['subject'] === TITLE).length,
  email: smtp.to('ann@example.com').filter(({ subject }) => subject === TITLE).length,
});
const pageOf = async (alertId: string) =>
  (await t.ask<{ items: PageView[] }>('GET', `/pages?alertId=${alertId}`)).items[0];
const stateOf = async (alertId: string, primary: Primary) =>
  (await pageOf(alertId))?.notices.find(({ kind, userId }) => kind === primary && userId === ann.id);

const FAULTS: readonly { name: string; mood: Mood; lasts: boolean }[] = [
  { name: 'hangs up', mood: { kind: 'hang-up' }, lasts: false },
  { name: 'answers 429', mood: { kind: 'status', status: 429, headers: { 'retry-after': '30' } }, lasts: false },
  { name: 'answers 500', mood: { kind: 'status', status: 500 }, lasts: false },
  { name: 'answers 403', mood: { kind: 'status', status: 403 }, lasts: true },
];

describe.each(['ntfy', 'webhook'] as const)('a person who is asked by %s first, which', (primary) => {
  it.each(FAULTS)('$name: is asked by the next methods at once, and by that one when it works again', async (fault) => {
    await first(primary);
    const receiver = primary === 'ntfy' ? t.ntfy : hook;
    receiver.setMood(fault.mood);
    const alertId = await t.signal({ title: 'checkout is down' });
    expect(rung()).toEqual({ ntfy: 1, webhook: 1, email: 1, [primary]: 0 });
    expect(await stateOf(alertId, primary)).toMatchObject({
      state: fault.lasts ? 'failed' : 'queued',
      why: expect.stringMatching(/./) as string,
    });
    receiver.setMood({ kind: 'well' });
    await t.advance(60);
    expect(rung()).toEqual({ ntfy: 1, webhook: 1, email: 1, [primary]: fault.lasts ? 0 : 1 });
    expect(bob.read(), 'nobody else is woken while she was reached').toEqual([]);
  });
});

describe('a person who is asked by mail first', () => {
  it.each([
    { name: 'puts it off (451)', code: 451, lasts: false },
    { name: 'refuses it (550)', code: 550, lasts: true },
  ])('whose server $name: is asked by the next methods at once', async ({ code, lasts }) => {
    await first('email');
    smtp.refuseWith(code);
    const alertId = await t.signal({ title: 'checkout is down' });
    expect(rung()).toEqual({ ntfy: 1, webhook: 1, email: 0 });
    expect(await stateOf(alertId, 'email')).toMatchObject({ state: lasts ? 'failed' : 'queued' });
    smtp.refuseWith(null);
    await t.advance(60);
    expect(rung()).toEqual({ ntfy: 1, webhook: 1, email: lasts ? 0 : 1 });
  });

  it('whose server is gone: is asked by the next methods at once', async () => {
    await first('email');
    await smtp.close();
    await t.signal({ title: 'checkout is down' });
    expect(rung()).toEqual({ ntfy: 1, webhook: 1, email: 0 });
  });
});
