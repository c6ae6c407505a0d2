import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Insights } from '#learn/contract';
import type { Responder } from '#test/harness/crew.ts';
import { beginStory, type Story } from '#test/harness/story.ts';

let t: Story;
let ann: Responder;
let bob: Responder;
let incidentId: string;
const NAME = 'INC-1 Checkout fails';

/** A fault detected at 10:01, declared at 10:04 as SEV2: Ann communicates, Bob commands, Cem is backup, Sue repairs. */
beforeEach(async () => {
  t = await beginStory({ start: '2026-11-25T10:00:00Z' });
  ann = await t.meet('Ann');
  bob = await t.meet('Bob');
  const [cem, sue] = [await t.meet('Cem'), await t.meet('Sue')];
  await t.escalateTo([
    { userIds: [bob.id], delaySeconds: 600 },
    { userIds: [cem.id], delaySeconds: 600 },
  ]);
  const shop = await t.watch('shop');
  shop.answers('down');
  await t.pass({ minutes: 1 });
  await t.press('Bob');
  await t.pass({ minutes: 3 });
  t.phones.expect(['10:01:00 Bob ntfy [PAGE] shop is down', '10:01:00 Bob ntfy Bob is on it: shop is down']);
  const { id: alertId } = await t.alertOf(shop);
  ({ id: incidentId } = await t.declare({ severity: 'SEV2', customerFacing: true, alertIds: [alertId] }));
  await t.ask('PUT', `/incidents/${incidentId}/roles/communications-lead`, { userId: ann.id });
  await t.ask('PUT', `/incidents/${incidentId}/roles/subject-matter-expert`, { userId: sue.id });
  await t.settle();
});
afterEach(() => t.end());

const say = (body = 'Checkouts fail.') => t.update(incidentId, { status: 'investigating', body });
const due = (state: string, dueAt: string) => expect.objectContaining({ state, dueAt: `2026-11-25T${dueAt}.000Z` });

describe('the promise of the first update of a SEV2', () => {
  it('counts from detection, not from declaration, and is shown as owed', async () => {
    expect(await t.promises(incidentId, 'first-update')).toEqual([due('pending', '10:31:00')]);
    expect(await t.effect(incidentId, 'first-update')).toMatchObject({
      state: 'pending',
      detail: expect.stringContaining('10:31'),
    });
  });

  it('reminds the communications lead, then the commander, then the backup, and never who repairs', async () => {
    await t.pass({ minutes: 2 });
    t.phones.expect([`10:06:00 Ann ntfy The first public update is due in 25 m: ${NAME}`]);
    await t.pass({ minutes: 5 });
    t.phones.expect([
      `10:11:00 Ann ntfy The first public update is due in 20 m: ${NAME}`,
      `10:11:00 Bob ntfy The first public update is due in 20 m: ${NAME}`,
    ]);
    await t.pass({ minutes: 19 });
    t.phones.expect([]);
    await t.pass({ minutes: 1 });
    t.phones.expect(
      ['Ann', 'Bob', 'Cem'].map((who) => `10:31:00 ${who} ntfy OVERDUE: The first public update is overdue: ${NAME}`),
    );
    expect(await t.promises(incidentId, 'first-update')).toEqual([due('broken', '10:31:00')]);
    expect(await t.timeline(incidentId)).toContain('The first public update was due and has not been posted.');
  });

  it('reminds the communications lead also while nobody commands, and then the backup', async () => {
    await t.ask('DELETE', `/incidents/${incidentId}/roles/incident-commander`);
    await t.pass({ minutes: 8 });
    t.phones.expect([
      `10:06:00 Ann ntfy The first public update is due in 25 m: ${NAME}`,
      '10:09:00 Cem ntfy [SEV2] INC-1 has no incident commander: Checkout fails',
      `10:11:00 Ann ntfy The first public update is due in 20 m: ${NAME}`,
      `10:11:00 Cem ntfy The first public update is due in 20 m: ${NAME}`,
    ]);
  });

  it('stays broken when it is kept late, and is counted so', async () => {
    await t.pass({ minutes: 30 });
    t.phones.forget();
    await say();
    expect(await t.promises(incidentId, 'first-update')).toMatchObject([
      { state: 'broken', settledAt: '2026-11-25T10:34:00.000Z' },
    ]);
    const { promises } = await t.ask<Insights>('GET', '/insights');
    expect(promises.find(({ kind }) => kind === 'first-update')).toMatchObject({ kept: 0, broken: 1 });
  });
});

describe('each update', () => {
  it('keeps its promise, promises the next one in public, and silence breaks that one', async () => {
    await say();
    expect(await t.promises(incidentId, 'first-update')).toMatchObject([{ state: 'kept' }]);
    expect(await t.promises(incidentId, 'next-update')).toEqual([due('pending', '10:34:00')]);
    expect(await t.read()).toMatch(/Next update by\s+(<[^>]*>)?\s*10:34 UTC/);
    await t.pass({ minutes: 20 });
    t.phones.expect([`10:19:00 Ann ntfy The next public update is due in 15 m: ${NAME}`]);
    await say('Checkouts still fail.');
    expect(await t.promises(incidentId, 'next-update')).toEqual([due('kept', '10:34:00'), due('pending', '10:54:00')]);
    await t.pass({ minutes: 30 });
    t.phones.expect([
      `10:39:00 Ann ntfy The next public update is due in 15 m: ${NAME}`,
      ...['Ann', 'Bob', 'Cem'].map((who) => `10:54:00 ${who} ntfy OVERDUE: The next public update is overdue: ${NAME}`),
    ]);
    await t.pass({ minutes: 6 });
    await t.update(incidentId, { status: 'monitoring', body: 'It works again.' });
    await t.ask('POST', `/incidents/${incidentId}/resolve`, { confirmImpaired: true });
    await t.settle();
    t.phones.expect(['11:00:00 Bob ntfy Resolved: shop is down']);
    const { cadenceKept, silence } = await t.ask<Insights>('GET', '/insights');
    expect(cadenceKept).toBe(3 / 4);
    expect(silence).toMatchObject({ longestSeconds: 36 * 60, over30m: 1, over60m: 0 });
  });

  it('may promise a time of the author’s own', async () => {
    await t.update(incidentId, { status: 'identified', body: 'A release broke it.', nextUpdateInSeconds: 3_600 });
    expect(await t.promises(incidentId, 'next-update')).toEqual([due('pending', '11:04:00')]);
    await t.pass({ minutes: 44 });
    t.phones.expect([]);
    await t.pass({ minutes: 1 });
    t.phones.expect([`10:49:00 Ann ntfy The next public update is due in 15 m: ${NAME}`]);
  });

  it('of an incident that customers do not notice is owed to nobody', async () => {
    await t.ask('PATCH', `/incidents/${incidentId}`, { customerFacing: false });
    await t.pass({ minutes: 40 });
    t.phones.expect([]);
    expect(await t.promises(incidentId, 'first-update')).toMatchObject([{ state: 'waived' }]);
  });
});
