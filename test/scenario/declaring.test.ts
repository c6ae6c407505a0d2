import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Responder } from '#test/harness/crew.ts';
import { beginStory, type Story, type Watched } from '#test/harness/story.ts';

let t: Story;
let ann: Responder;
let bob: Responder;
let shop: Watched;

beforeEach(async () => {
  t = await beginStory({ start: '2026-11-25T10:00:00Z' });
  [ann, bob] = [await t.meet('Ann'), await t.meet('Bob')];
  await t.escalateTo([
    { userIds: [ann.id], delaySeconds: 900 },
    { userIds: [bob.id], delaySeconds: 900 },
  ]);
  shop = await t.watch('shop');
});
afterEach(() => t.end());

async function breakShop() {
  shop.answers('down');
  await t.pass({ minutes: 1 });
  t.phones.expect(['10:01:00 Ann ntfy [PAGE] shop is down']);
  return (await t.alertOf(shop)).id;
}
const commanderOf = async (id: string) => (await t.incident(id)).roles['incident-commander'];
const quiet = { customerFacing: false };

describe('declaring from an alert', () => {
  it('pages nobody whom the alert has paged; the page goes on as the incident’s', async () => {
    const alertId = await breakShop();
    const { id } = await t.declare({ severity: 'SEV2', alertIds: [alertId], ...quiet });
    t.phones.expect([]);
    expect(await t.effect(id, 'page')).toMatchObject({
      state: 'done',
      detail: 'Ann had been paged for the alert; nobody is paged twice.',
    });
    await t.pass({ minutes: 5 });
    t.phones.expect(['10:06:00 Bob ntfy [SEV2] shop is down']);
    await t.press('Bob');
    expect(await commanderOf(id)).toBe(bob.id);
    t.phones.expect(['10:06:00 Ann ntfy Bob is on it: shop is down', '10:06:00 Bob ntfy Bob is on it: shop is down']);
  });

  it('as SEV1 calls everybody whom no linked alert has reached, and them alone', async () => {
    const alertId = await breakShop();
    await t.declare({ title: 'Shop is gone', severity: 'SEV1', alertIds: [alertId], ...quiet });
    t.phones.expect(['10:01:00 Bob ntfy [SEV1] Shop is gone', '10:01:00 Olive mail [SEV1] Shop is gone']);
    await t.press('Olive');
    t.phones.expect(
      ['Ann ntfy', 'Bob ntfy', 'Olive mail'].map(
        (who) => `10:01:00 ${who} Olive Owner is on it: ${who === 'Ann ntfy' ? 'shop is down' : 'Shop is gone'}`,
      ),
    );
    await t.pass({ minutes: 16 });
  });

  it('carries an acknowledgement over: nobody is paged, and whoever gave it commands', async () => {
    const alertId = await breakShop();
    await t.press('Ann');
    t.phones.expect(['10:01:00 Ann ntfy Ann is on it: shop is down']);
    const { id } = await t.declare({ severity: 'SEV2', alertIds: [alertId], ...quiet });
    expect(await commanderOf(id)).toBe(ann.id);
    expect(await t.timeline(id)).toEqual(
      expect.arrayContaining(['Ann acknowledged the page.', 'Incident commander: Ann']),
    );
    await t.pass({ minutes: 16 });
    expect(await t.promises(id, 'role-vacancy')).toMatchObject([{ state: 'kept' }]);
  });
});

describe('an alert that is added later', () => {
  it('brings its page along: one acknowledgement is enough for all of the incident', async () => {
    const { id } = await t.declare({ severity: 'SEV2', ...quiet });
    t.phones.expect(['10:00:00 Ann ntfy [SEV2] Checkout fails']);
    const alertId = await breakShop();
    await t.ask('POST', `/incidents/${id}/alerts`, { alertIds: [alertId] });
    expect(await t.timeline(id)).toContain('Ann was paged for the alert.');
    await t.press('Ann');
    expect((await t.pages(id)).map(({ state }) => state)).toEqual(['acknowledged', 'acknowledged']);
    t.phones.expect(['10:01:00 Ann ntfy Ann is on it: Checkout fails', '10:01:00 Ann ntfy Ann is on it: shop is down']);
    await t.pass({ minutes: 16 });
  });
});

describe('command', () => {
  it('goes to who acknowledges first, and stays there when another one acknowledges a later page', async () => {
    const { id } = await t.declare({ severity: 'SEV2', ...quiet });
    t.phones.expect(['10:00:00 Ann ntfy [SEV2] Checkout fails']);
    await t.press('Ann');
    expect(await commanderOf(id)).toBe(ann.id);
    t.phones.expect(['10:00:00 Ann ntfy Ann is on it: Checkout fails']);
    await t.ask('POST', `/incidents/${id}/severity`, { severity: 'SEV1', reason: 'everybody' });
    await t.settle();
    await t.press('Bob');
    expect(await commanderOf(id)).toBe(ann.id);
    t.phones.expect([
      '10:00:00 Bob ntfy [SEV1] Checkout fails',
      '10:00:00 Olive mail [SEV1] Checkout fails',
      '10:00:00 Bob ntfy Bob is on it: Checkout fails',
      '10:00:00 Olive mail Bob is on it: Checkout fails',
    ]);
  });

  it('that is vacant for five minutes reaches the backup, once', async () => {
    const { id } = await t.declare({ severity: 'SEV2', ...quiet });
    await t.press('Ann');
    t.phones.forget();
    await t.pass({ minutes: 10 });
    await t.ask('DELETE', `/incidents/${id}/roles/incident-commander`);
    await t.pass({ seconds: 295 });
    t.phones.expect([]);
    await t.pass({ seconds: 5 });
    t.phones.expect(['10:15:00 Bob ntfy [SEV2] INC-1 has no incident commander: Checkout fails']);
    await t.press('Bob');
    expect(await commanderOf(id)).toBe(bob.id);
    t.phones.expect(['10:15:00 Bob ntfy Bob is on it: INC-1 has no incident commander: Checkout fails']);
    await t.pass({ minutes: 16 });
    expect(await t.promises(id, 'role-vacancy')).toMatchObject([{ state: 'kept' }, { state: 'broken' }]);
  });

  it('that somebody takes by hand calls the backup off', async () => {
    const { id } = await t.declare({ severity: 'SEV2', ...quiet });
    await t.press('Ann');
    await t.ask('DELETE', `/incidents/${id}/roles/incident-commander`);
    t.phones.forget();
    await t.pass({ minutes: 4 });
    await t.ask('PUT', `/incidents/${id}/roles/incident-commander`, { userId: ann.id });
    await t.pass({ minutes: 16 });
  });
});

describe('a severity that nobody has chosen', () => {
  const asked = 'How bad is it? INC-1 Checkout fails';

  it('is asked again after five minutes, of whoever leads, once', async () => {
    const { id } = await t.declare(quiet);
    t.phones.expect(['10:00:00 Ann ntfy [SEV3] Checkout fails']);
    await t.press('Ann');
    t.phones.expect(['10:00:00 Ann ntfy Ann is on it: Checkout fails']);
    await t.pass({ seconds: 295 });
    t.phones.expect([]);
    await t.pass({ seconds: 5 });
    t.phones.expect([`10:05:00 Ann ntfy ${asked}`]);
    await t.pass({ minutes: 20 });
    expect(await t.promises(id, 'severity')).toMatchObject([{ state: 'broken' }]);
    expect(await t.timeline(id)).toContain('Nobody has confirmed the severity.');
    t.phones.expect([]);
  });

  it('is asked of those who were paged while nobody leads, and not when it is confirmed', async () => {
    const first = await t.declare(quiet);
    t.phones.expect(['10:00:00 Ann ntfy [SEV3] Checkout fails']);
    await t.pass({ minutes: 4 });
    const second = await t.declare({ title: 'Search fails', ...quiet });
    await t.ask('POST', `/incidents/${second.id}/severity`, { severity: 'SEV3', reason: 'A workaround exists.' });
    expect(await t.promises(second.id, 'severity')).toMatchObject([{ state: 'kept' }]);
    t.phones.forget();
    await t.pass({ minutes: 1, seconds: 1 });
    expect(t.phones.last('Ann').subject).toBe(asked);
    await t.ask('POST', `/incidents/${first.id}/severity`, { severity: 'SEV2', reason: 'Many are affected.' });
    expect(await t.promises(first.id, 'severity')).toMatchObject([{ state: 'kept' }]);
    t.phones.forget();
  });
});
