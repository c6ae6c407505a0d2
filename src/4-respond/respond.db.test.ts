import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { IncidentView } from '#declare/contract';
import { type Crew, createCrew, type Responder } from '#test/harness/crew.ts';
import { createWebhookSink, isSignedWith, type WebhookSink } from '#test/harness/webhook-sink.ts';
import type { BoardView } from './board/contract.ts';
import type { ContactMethodView } from './contact-method/contract.ts';
import type { PagePlanView } from './escalation/contract.ts';
import type { TaskView } from './task/contract.ts';

let t: Crew;
let ann: Responder;
let hook: WebhookSink;

beforeAll(async () => {
  [t, hook] = [await createCrew(), await createWebhookSink()];
  ann = await t.hire('Ann');
});

afterAll(async () => {
  expect(t.errors).toEqual([]);
  await Promise.all([t.end(), hook.close()]);
});

const refused = async (method: string, path: string, body?: unknown) => {
  const { status, body: problem } = await t.call(method, `/api/v1${path}`, body);
  return { status, problem };
};

describe('a contact method', () => {
  type Made = ContactMethodView & { signingSecret: string };
  const codeOf = () => String(hook.received.at(-1)?.json['code']);

  it('of the owner whom the operator named is verified from the start, with immediate rules', async () => {
    const { items } = await t.ask<{ items: ContactMethodView[] }>('GET', '/contact-methods');
    expect(items).toMatchObject([
      {
        kind: 'email',
        address: 'olive@example.com',
        verifiedAt: expect.any(String),
        problem: expect.stringContaining('not configured'),
      },
    ]);
    expect(await t.ask('GET', '/notification-rules')).toMatchObject({
      items: [
        { urgency: 'high', delaySeconds: 0 },
        { urgency: 'low', delaySeconds: 0 },
      ],
    });
  });

  it('is used once its code was entered: signed, tested, and then it may be paged', async () => {
    expect(await t.ask('GET', '/session')).toMatchObject({ canBePaged: false });
    const made = await t.ask<Made>('POST', '/contact-methods', { kind: 'webhook', address: hook.url });
    expect(made).toMatchObject({ verifiedAt: null, signingSecret: expect.stringMatching(/^whs_/) });
    await t.settle();
    const [first] = hook.received;
    expect(first && isSignedWith(made.signingSecret, first)).toBe(true);
    const code = codeOf();

    const wrong = code === '000000' ? '000001' : '000000';
    expect(await refused('POST', `/contact-methods/${made.id}/verify`, { code: wrong })).toMatchObject({ status: 400 });
    expect(await t.ask('POST', `/contact-methods/${made.id}/verify`, { code })).toMatchObject({
      verifiedAt: expect.any(String),
      problem: null,
    });
    expect(await t.ask('GET', '/session')).toMatchObject({ canBePaged: true });

    expect(await t.ask('POST', `/contact-methods/${made.id}/test`)).toMatchObject({ ok: true });
    expect(hook.received.at(-1)?.json).toMatchObject({ event: 'contact-method.test' });
    const { signingSecret } = await t.ask<{ signingSecret: string }>(
      'POST',
      `/contact-methods/${made.id}/rotate-secret`,
    );
    await t.ask('POST', `/contact-methods/${made.id}/test`);
    const last = hook.received.at(-1);
    expect(last && isSignedWith(signingSecret, last) && isSignedWith(made.signingSecret, last)).toBe(true);
    t.clock.advance(86_401);
    await t.ask('POST', `/contact-methods/${made.id}/test`);
    const later = hook.received.at(-1);
    expect(later && isSignedWith(signingSecret, later)).toBe(true);
    expect(later && isSignedWith(made.signingSecret, later)).toBe(false);
    await t.ask('DELETE', `/contact-methods/${made.id}`);
  });

  it('takes six guesses, then wants a new code', async () => {
    const made = await t.ask<Made>('POST', '/contact-methods', { kind: 'webhook', address: `${hook.url}/guess` });
    await t.settle();
    const code = codeOf();
    const wrong = code === '000000' ? '000001' : '000000';
    const verify = (typed: string) => refused('POST', `/contact-methods/${made.id}/verify`, { code: typed });
    for (let tries = 0; tries < 6; tries++) expect((await verify(wrong)).status).toBe(400);
    expect((await verify(code)).status).toBe(429);
    await t.ask('POST', `/contact-methods/${made.id}/test`);
    expect((await verify(codeOf())).status).toBe(200);
    await t.ask('DELETE', `/contact-methods/${made.id}`);
  });

  it('that nobody has proved cannot be flooded, nor guessed with ever new codes', async () => {
    t.clock.advance(3_600);
    const made = await t.ask<Made>('POST', '/contact-methods', { kind: 'webhook', address: `${hook.url}/flood` });
    await t.settle();
    const statuses: number[] = [];
    for (let n = 0; n < 22; n++) statuses.push((await refused('POST', `/contact-methods/${made.id}/test`)).status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(19);
    expect(statuses.filter((status) => status === 429)).toHaveLength(3);
    await t.ask('DELETE', `/contact-methods/${made.id}`);
    const again = { kind: 'webhook', address: `${hook.url}/flood` };
    expect((await refused('POST', '/contact-methods', again)).status).toBe(429);
    t.clock.advance(3_601);
    expect((await refused('POST', '/contact-methods', again)).status).toBe(201);
    const { items } = await t.ask<{ items: ContactMethodView[] }>('GET', '/contact-methods');
    for (const { id, kind } of items) if (kind === 'webhook') await t.ask('DELETE', `/contact-methods/${id}`);
  });

  it('can be confirmed by the button behind its link, not by opening it', async () => {
    const made = await t.ask<Made>('POST', '/contact-methods', { kind: 'webhook', address: `${hook.url}/link` });
    await t.settle();
    const path = new URL(String(hook.received.at(-1)?.json['url'])).pathname;
    expect(await (await t.app.request(path)).text()).toContain('Use this for pages?');
    const state = async () =>
      (await t.ask<{ items: ContactMethodView[] }>('GET', '/contact-methods')).items.find(({ id }) => id === made.id)
        ?.verifiedAt;
    expect(await state()).toBeNull();
    expect((await t.app.request(path, { method: 'POST' })).status).toBe(303);
    expect(await state()).not.toBeNull();
    await t.ask('DELETE', `/contact-methods/${made.id}`);
  });

  it('shows neither its code nor its link in the outbox', async () => {
    const made = await t.ask<Made>('POST', '/contact-methods', { kind: 'webhook', address: `${hook.url}/masked` });
    await t.settle();
    const { items } = await t.ask<{ items: { id: string }[] }>('GET', '/deliveries?purpose=test');
    const shown = JSON.stringify(await t.ask('GET', `/deliveries/${items[0]?.id}`));
    expect(shown).not.toContain(codeOf());
    expect(shown).toContain('[secret]');
    await t.ask('DELETE', `/contact-methods/${made.id}`);
  });

  it('belongs to its person: others see it masked and cannot touch it', async () => {
    const { items } = await t.ask<{ items: ContactMethodView[] }>('GET', `/contact-methods?userId=${ann.id}`);
    expect(items.find(({ kind }) => kind === 'ntfy')?.address).toContain('…');
    expect((await refused('DELETE', `/contact-methods/${ann.contactMethodId}`)).status).toBe(404);
    expect(
      (await refused('POST', '/notification-rules', { contactMethodId: ann.contactMethodId, urgency: 'high' })).status,
    ).toBe(404);
  });

  it('is refused with the field that is wrong', async () => {
    for (const body of [
      { kind: 'email', address: 'x' },
      { kind: 'ntfy', address: 'https://ntfy.sh' },
      { kind: 'webhook', address: 'ftp://x' },
    ]) {
      expect(await refused('POST', '/contact-methods', body)).toMatchObject({
        status: 400,
        problem: { errors: [{ path: 'body.address' }] },
      });
    }
  });
});

describe('an escalation policy', () => {
  it('is written in versions; the second of two who edit is told', async () => {
    const body = { name: 'Payments', steps: [{ userIds: [ann.id], delaySeconds: 60 }], repeatCount: 0 };
    const { id, version } = await t.ask<{ id: string; version: number }>('POST', '/escalation-policies', body);
    expect(await t.ask('PUT', `/escalation-policies/${id}`, { ...body, name: 'Pay', version })).toMatchObject({
      version: 2,
      name: 'Pay',
    });
    expect((await refused('PUT', `/escalation-policies/${id}`, { ...body, version })).status).toBe(409);
    await t.ask('DELETE', `/escalation-policies/${id}`);
    expect((await refused('GET', `/escalation-policies/${id}`)).status).toBe(404);
  });

  it('names only members, and the default one stays', async () => {
    const steps = [{ userIds: ['usr_nobody'], delaySeconds: 60 }];
    expect(await refused('POST', '/escalation-policies', { name: 'X', steps })).toMatchObject({
      status: 400,
      problem: { errors: [{ path: 'body.steps.0.targets' }] },
    });
    const { items } = await t.ask<{ items: { id: string; isDefault: boolean }[] }>('GET', '/escalation-policies');
    expect(items[0]).toMatchObject({ isDefault: true });
    expect((await refused('DELETE', `/escalation-policies/${items[0]?.id}`)).status).toBe(409);
  });

  it('answers who will be paged, by what, when and why', async () => {
    await t.escalateTo([
      { userIds: [ann.id], delaySeconds: 120 },
      { userIds: [t.ownerId], delaySeconds: 120 },
    ]);
    const plan = await t.ask<PagePlanView>('GET', '/oncall?severity=SEV1&at=2026-11-25T03:00:00Z');
    expect(plan).toMatchObject({
      timing: 'now',
      startsAt: '2026-11-25T03:00:00.000Z',
      allHands: true,
      urgency: 'high',
    });
    expect(plan.steps).toMatchObject([
      {
        step: 1,
        skipped: null,
        people: [{ name: 'Ann', unreachable: null, methods: [{ kind: 'ntfy', at: '2026-11-25T03:00:00.000Z' }] }],
      },
      {
        step: 2,
        skipped: expect.any(String),
        people: [{ unreachable: expect.stringContaining('mail, which is not configured') }],
      },
    ]);
    expect(plan.findings).toContain('Only one person is asked: if they sleep through it, nobody else is called.');
    expect(await t.ask('GET', '/oncall?severity=SEV3&at=2026-11-28T03:00:00Z')).toMatchObject({
      timing: 'business-hours',
      startsAt: '2026-11-30T09:00:00.000Z',
    });
    expect(await t.ask('GET', '/oncall?severity=SEV4')).toMatchObject({ timing: 'none', steps: [] });
    expect((await refused('GET', '/oncall?serviceId=svc_nothing')).status).toBe(404);
  });

  it('says what deactivating somebody would leave', async () => {
    expect(await t.ask('GET', `/users/${ann.id}/deactivation`)).toMatchObject({
      consequences: [expect.stringContaining('Step 1')],
    });
  });
});

describe('the room of an incident', () => {
  let incident: IncidentView;
  beforeAll(async () => {
    incident = await t.ask<IncidentView>('POST', '/incidents', { title: 'Checkout fails', severity: 'SEV4' });
  });

  it('has tasks, which reach whoever gets them', async () => {
    const path = `/incidents/${incident.id}/tasks`;
    const made = await t.ask<TaskView>('POST', path, { title: 'Roll back 4.18', assigneeId: ann.id });
    await t.settle();
    expect(ann.read()).toContain('Task for you: Roll back 4.18');
    await t.ask('POST', path, { title: 'Look at the logs' });
    expect(await t.ask('PATCH', `/tasks/${made.id}`, { state: 'done' })).toMatchObject({
      state: 'done',
      settledAt: expect.any(String),
    });
    expect(await t.ask('GET', path)).toMatchObject({
      items: [
        { title: 'Look at the logs', state: 'open' },
        { title: 'Roll back 4.18', state: 'done' },
      ],
    });
    expect(await t.ask('PATCH', `/tasks/${made.id}`, { state: 'open', assigneeId: null })).toMatchObject({
      settledAt: null,
      assigneeId: null,
    });
    expect((await refused('POST', path, { title: 'x', assigneeId: 'usr_nobody' })).status).toBe(400);
  });

  it('has tasks on several pages', async () => {
    const path = `/incidents/${incident.id}/tasks`;
    const first = await t.ask<{ items: TaskView[]; nextCursor: string }>('GET', `${path}?limit=1`);
    const second = await t.ask<{ items: TaskView[]; nextCursor: null }>(
      'GET',
      `${path}?limit=1&cursor=${first.nextCursor}`,
    );
    expect(second).toMatchObject({ items: [{}], nextCursor: null });
    expect(second.items[0]?.id).not.toBe(first.items[0]?.id);
  });

  it('has a board that loses nobody’s words', async () => {
    const path = `/incidents/${incident.id}/board`;
    expect(await t.ask('GET', path)).toMatchObject({ version: 0, doing: [], know: [] });
    const empty = { doing: [], know: [], dontKnow: [], next: [] };
    expect(await t.ask('PUT', path, { ...empty, know: ['It began at 14:02'], version: 0 })).toMatchObject({
      version: 1,
    });
    expect((await refused('PUT', path, { ...empty, version: 0 })).status).toBe(409);
    const lines = [
      { field: 'doing', text: 'rolling back' },
      { field: 'dontKnow', text: 'why' },
      { field: 'next', text: 'update at 14:30' },
    ];
    const answers = await Promise.all(lines.map((line) => t.ask<BoardView>('POST', `${path}/lines`, line)));
    expect(answers.map(({ version }) => version).toSorted()).toEqual([2, 3, 4]);
    expect(await t.ask('GET', path)).toMatchObject({
      doing: [{ userId: t.ownerId, text: 'rolling back' }],
      know: ['It began at 14:02'],
      dontKnow: ['why'],
      next: ['update at 14:30'],
      changedBy: t.ownerId,
    });
  });
});

it('a person without a contact method left cannot be paged', async () => {
  await ann.ask('DELETE', `/contact-methods/${ann.contactMethodId}`);
  const plan = await t.ask<PagePlanView>('GET', '/oncall?severity=SEV1');
  expect(plan.steps[0]).toMatchObject({ skipped: expect.any(String) });
  expect(plan.findings[0]).toContain('Nobody can be reached');
});
