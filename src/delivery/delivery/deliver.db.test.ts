import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createNtfyServer, type NtfyServer } from '#test/harness/ntfy.ts';
import { createSmtpSink, type SmtpSink } from '#test/harness/smtp.ts';
import { createTestSystem, type TestSystem } from '#test/harness/system.ts';
import { createWebhookSink, isSignedWith, type WebhookSink } from '#test/harness/webhook-sink.ts';
import { attemptDelivery } from './attempt-delivery.ts';
import { leaseDelivery } from './lease-delivery.ts';
import { type NewDelivery, queueDelivery } from './queue-delivery.ts';
import { readDeliveryStatuses } from './read-deliveries.ts';
import { sweepDeliveries } from './sweep-deliveries.ts';

let t: TestSystem;
let smtp: SmtpSink;
let ntfy: NtfyServer;
let hook: WebhookSink;

beforeAll(async () => {
  smtp = await createSmtpSink();
  t = await createTestSystem({ env: { ALLCLEAR_SMTP_URL: smtp.url, ALLCLEAR_MAIL_FROM: 'Ops <ops@acme.test>' } });
});

afterAll(async () => {
  await Promise.all([t.close(), smtp.close()]);
});

beforeEach(async () => {
  [ntfy, hook] = await Promise.all([createNtfyServer(), createWebhookSink()]);
});

afterEach(async () => {
  smtp.refuseWith(null);
  await Promise.all([ntfy.close(), hook.close()]);
});

const message = { subject: 'checkout is down', text: 'expected 200, got 503', urgency: 'high' } as const;
let count = 0;

function webhook(more: Partial<NewDelivery> = {}): NewDelivery {
  return { kind: 'webhook', address: hook.url, purpose: 'notice', uniqueKey: `k${++count}`, message, ...more };
}

const queue = (wanted: NewDelivery) => t.act((ctx) => queueDelivery(ctx, wanted));

async function statusOf(id: string) {
  const status = (await readDeliveryStatuses(t.system.read(t.owner), [id])).get(id);
  if (!status) throw new Error(`no delivery ${id}`);
  return status;
}

const endLease = (id: string) =>
  sql`update delivery set lease_until = clock_timestamp() - interval '1 second' where id = ${id}`.execute(
    t.system.database,
  );

describe('a message', () => {
  it('goes out by mail, webhook and ntfy', async () => {
    const ids = [
      await queue({ kind: 'email', address: 'ann@example.com', purpose: 'notice', uniqueKey: 'a', message }),
      await queue(webhook({ credentials: ['s1', 's2'] })),
      await queue({ kind: 'ntfy', address: ntfy.topicUrl('ann'), purpose: 'notice', uniqueKey: 'c', message }),
    ];
    await t.settle();
    for (const id of ids) expect(await statusOf(id)).toMatchObject({ state: 'sent', attempts: 1, why: null });
    expect(smtp.mails).toMatchObject([
      { to: 'ann@example.com', subject: 'checkout is down', from: '"Ops" <ops@acme.test>' },
    ]);
    expect(smtp.mails[0]?.headers.get('auto-submitted')).toBe('auto-generated');
    expect(ntfy.messages).toMatchObject([{ topic: 'ann', title: 'checkout is down', priority: 5 }]);
    const [received] = hook.received;
    expect(received?.json).toMatchObject({ subject: 'checkout is down', deliveryId: ids[1], urgency: 'high' });
    expect(received && isSignedWith('s1', received) && isSignedWith('s2', received)).toBe(true);
    expect(received && isSignedWith('s3', received)).toBe(false);
  });

  it('goes out once for one key, however often it is queued or its job runs', async () => {
    const first = await queue(webhook({ uniqueKey: 'same' }));
    expect(await queue(webhook({ uniqueKey: 'same' }))).toBe(first);
    await t.settle();
    await attemptDelivery(t.system, { workspaceId: t.workspaceId, deliveryId: first });
    expect(hook.attempts).toHaveLength(1);
  });

  it('does not exist when its transaction rolls back', async () => {
    const failing = t.act(async (ctx) => {
      await queueDelivery(ctx, webhook());
      throw new Error('rolled back');
    });
    await expect(failing).rejects.toThrow('rolled back');
    await t.settle();
    expect(hook.attempts).toHaveLength(0);
  });

  it('is sent by one of two handlers that run at once', async () => {
    const id = await queue(webhook());
    const ref = { workspaceId: t.workspaceId, deliveryId: id };
    await Promise.all([attemptDelivery(t.system, ref), attemptDelivery(t.system, ref), attemptDelivery(t.system, ref)]);
    expect(hook.attempts).toHaveLength(1);
  });

  it('is tried until the receiver is well again, and none is lost', async () => {
    hook.setMood({ kind: 'status', status: 503 });
    const ids = await Promise.all(Array.from({ length: 20 }, () => queue(webhook({ purpose: 'page' }))));
    await t.advance(15);
    expect(hook.received).toHaveLength(0);
    expect(await statusOf(ids[0] ?? '')).toMatchObject({
      state: 'queued',
      why: expect.stringContaining('answered 503'),
    });
    hook.setMood({ kind: 'well' });
    await t.advance(20);
    expect(new Set(hook.received.map(({ json }) => json['deliveryId']))).toEqual(new Set(ids));
  });

  it('fails for good on a refusal that will not change', async () => {
    hook.setMood({ kind: 'status', status: 404 });
    smtp.refuseWith(550);
    const gone = await queue(webhook());
    const unknown = await queue({
      kind: 'email',
      address: 'x@example.com',
      purpose: 'notice',
      uniqueKey: 'u',
      message,
    });
    await t.settle();
    expect(await statusOf(gone)).toMatchObject({ state: 'failed', attempts: 1 });
    expect(await statusOf(unknown)).toMatchObject({
      state: 'failed',
      why: expect.stringContaining('refused the address'),
    });
  });

  it('never reaches a private address that is not allowed, and says how to allow it', async () => {
    const id = await queue(webhook({ address: 'http://10.1.2.3/hook' }));
    await t.settle();
    expect(await statusOf(id)).toMatchObject({ state: 'failed', why: expect.stringContaining('10.0.0.0/8') });
  });

  it('is not sent after its time', async () => {
    const id = await queue(webhook({ notAfter: new Date(t.clock.now().getTime() + 3_000) }));
    t.clock.advance(5);
    await t.settle();
    expect(await statusOf(id)).toMatchObject({ state: 'dropped' });
    expect(hook.attempts).toHaveLength(0);
  });
});

describe('a sender that dies between lease and send', () => {
  it('leaves a message that is sent again when the lease ends, and not before', async () => {
    const id = await queue(webhook());
    const ref = { workspaceId: t.workspaceId, deliveryId: id };
    await t.act((ctx) => leaseDelivery(ctx, id));
    await attemptDelivery(t.system, ref);
    expect(hook.attempts).toHaveLength(0);
    expect(await statusOf(id)).toMatchObject({ state: 'sending', attempts: 1 });
    await endLease(id);
    await attemptDelivery(t.system, ref);
    expect(hook.received).toHaveLength(1);
    expect(await statusOf(id)).toMatchObject({ state: 'sent', attempts: 2 });
  });

  it('makes a job that meets the living lease come back when it ends', async () => {
    const id = await queue(webhook());
    await t.act((ctx) => leaseDelivery(ctx, id));
    const before = t.jobs.waiting().length;
    await attemptDelivery(t.system, { workspaceId: t.workspaceId, deliveryId: id });
    const added = t.jobs.waiting().slice(before);
    expect(added).toHaveLength(1);
    expect(added[0]?.data).toMatchObject({ deliveryId: id });
    expect(Math.abs((added[0]?.at.getTime() ?? 0) - t.clock.now().getTime() - 20_000)).toBeLessThan(3_000);
  });

  it('cannot overwrite the outcome of whoever took over', async () => {
    const id = await queue(webhook());
    hook.setMood({ kind: 'slow', ms: 300 });
    const slow = attemptDelivery(t.system, { workspaceId: t.workspaceId, deliveryId: id });
    while (hook.attempts.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    await endLease(id);
    hook.setMood({ kind: 'status', status: 404 });
    await attemptDelivery(t.system, { workspaceId: t.workspaceId, deliveryId: id });
    await slow;
    expect(await statusOf(id)).toMatchObject({ state: 'failed', attempts: 2 });
  });

  it('is found by the sweep when its job is lost too', async () => {
    const id = await queue(webhook());
    t.clock.advance(20);
    const before = t.jobs.waiting().length;
    await sweepDeliveries.run(t.system, t.clock.now());
    expect(t.jobs.waiting().slice(before)).toMatchObject([{ data: { deliveryId: id } }]);
    await sweepDeliveries.run(t.system, t.clock.now());
    expect(t.jobs.waiting()).toHaveLength(before + 1);
    await t.jobs.drain(t.system);
    expect(await statusOf(id)).toMatchObject({ state: 'sent' });
  });
});
