import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Responder } from '#test/harness/crew.ts';
import { beginStory, type Story } from '#test/harness/story.ts';

let t: Story;
let ann: Responder;
let bob: Responder;

beforeEach(async () => {
  t = await beginStory({ start: '2026-11-25T10:00:00Z' });
  [ann, bob] = [await t.meet('Ann'), await t.meet('Bob')];
  await t.escalateTo([
    { userIds: [ann.id], delaySeconds: 900 },
    { userIds: [bob.id], delaySeconds: 900 },
  ]);
});
afterEach(() => t.end());

async function turn(id: string, severity: string) {
  await t.ask('POST', `/incidents/${id}/severity`, { severity, reason: 'seen more of it' });
  await t.settle();
}

describe('raising the severity', () => {
  it('does what the higher level asks for beyond the lower one, each person once', async () => {
    const { id } = await t.declare({ severity: 'SEV4' });
    t.phones.expect([]);
    expect(await t.effect(id, 'page')).toMatchObject({ state: 'skipped' });
    await t.pass({ minutes: 10 });
    await turn(id, 'SEV2');
    t.phones.expect(['10:10:00 Ann ntfy [SEV2] Checkout fails']);
    await turn(id, 'SEV1');
    t.phones.expect(['10:10:00 Bob ntfy [SEV1] Checkout fails', '10:10:00 Olive mail [SEV1] Checkout fails']);
    expect(await t.timeline(id)).toContain('Severity changed from SEV2 to SEV1: seen more of it');
    await t.press('Ann');
    t.phones.forget();
    await t.pass({ minutes: 16 });
  });

  it('starts the clock of the higher level from detection, and tells at once what is past', async () => {
    const { id } = await t.declare({ severity: 'SEV4', customerFacing: true });
    await t.pass({ minutes: 12 });
    t.phones.expect([]);
    await turn(id, 'SEV1');
    expect(await t.promises(id, 'first-update')).toMatchObject([
      { state: 'pending', dueAt: '2026-11-25T10:15:00.000Z' },
    ]);
    t.phones.expect([
      ...['Ann ntfy', 'Bob ntfy', 'Olive mail'].map((who) => `10:12:00 ${who} [SEV1] Checkout fails`),
      ...['Bob ntfy', 'Olive mail'].map(
        (who) => `10:12:00 ${who} The first public update is due in 3 m: INC-1 Checkout fails`,
      ),
    ]);
  });
});

describe('lowering the severity', () => {
  it('calls nobody back, tells nobody, and gives the public clock more time', async () => {
    const { id } = await t.declare({ severity: 'SEV1', customerFacing: true });
    t.phones.expect(['Ann ntfy', 'Bob ntfy', 'Olive mail'].map((who) => `10:00:00 ${who} [SEV1] Checkout fails`));
    const before = await t.pages(id);
    await t.pass({ minutes: 1 });
    await turn(id, 'SEV3');
    expect((await t.pages(id)).map(({ state }) => state)).toEqual(before.map(() => 'open'));
    expect((await t.promises(id, 'first-update')).map(({ state, dueAt }) => [state, dueAt.slice(11, 16)])).toEqual([
      ['waived', '10:15'],
      ['pending', '10:30'],
    ]);
    await t.press('Ann');
    t.phones.expect(
      ['Ann ntfy', 'Bob ntfy', 'Olive mail'].map((who) => `10:01:00 ${who} Ann is on it: Checkout fails`),
    );
  });

  it('keeps a promise that the public has read', async () => {
    const { id } = await t.declare({ severity: 'SEV1', customerFacing: true });
    await t.press('Ann');
    t.phones.forget();
    await t.update(id, { status: 'investigating', body: 'Nobody can pay.' });
    await turn(id, 'SEV3');
    expect(await t.promises(id, 'next-update')).toMatchObject([
      { state: 'pending', dueAt: '2026-11-25T10:15:00.000Z' },
    ]);
    await t.update(id, { status: 'identified', body: 'Some cannot pay.' });
    expect(await t.promises(id, 'next-update')).toMatchObject([
      { state: 'kept' },
      { state: 'pending', dueAt: '2026-11-25T10:30:00.000Z' },
    ]);
  });
});
