import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { IncidentView } from '#declare/contract';
import type { Insights } from '#learn/contract';
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
    { userIds: [ann.id], delaySeconds: 3_600 },
    { userIds: [bob.id], delaySeconds: 3_600 },
  ]);
  shop = await t.watch('shop');
  shop.answers('down');
  await t.pass({ minutes: 1 });
  t.phones.expect(['10:01:00 Ann ntfy [PAGE] shop is down']);
});
afterEach(() => t.end());

const incidents = async () => (await t.ask<{ items: IncidentView[] }>('GET', '/incidents')).items;
const dismiss = async () => t.ask('POST', `/alerts/${(await t.alertOf(shop)).id}/dismiss`, { reason: 'planned work' });

describe('a critical alert that nobody declares', () => {
  it('asks after five minutes, is a suspected incident after fifteen, and asks its owner whether it is one', async () => {
    await t.pass({ seconds: 295 });
    t.phones.expect([]);
    await t.pass({ seconds: 5 });
    t.phones.expect(['10:06:00 Ann ntfy Is this an incident? shop is down']);
    await t.pass({ minutes: 10 });
    t.phones.expect(['10:16:00 Ann ntfy Suspected incident INC-1: shop is down']);
    const [suspected] = await incidents();
    expect(suspected).toMatchObject({ state: 'suspected', automatic: true, severityConfirmed: false });
    expect(suspected?.detectedAt).toBe('2026-11-25T10:01:00.000Z');
    expect(await t.read()).not.toContain('shop is down');
    expect(await t.promises(suspected?.id ?? '', 'first-update')).toEqual([]);
    await t.pass({ minutes: 15 });
    expect(await incidents()).toHaveLength(1);
  });

  it('does so too when somebody has acknowledged it: that person is asked', async () => {
    await t.press('Ann');
    t.phones.expect(['10:01:00 Ann ntfy Ann is on it: shop is down']);
    await t.pass({ minutes: 16 });
    t.phones.expect([
      '10:06:00 Ann ntfy Is this an incident? shop is down',
      '10:16:00 Ann ntfy Suspected incident INC-1: shop is down',
    ]);
    expect((await incidents())[0]?.roles).toMatchObject({ 'incident-commander': ann.id });
  });

  it('and that is accepted starts what declaring starts, with the clock from detection', async () => {
    await t.pass({ minutes: 16 });
    t.phones.forget();
    const [suspected] = await incidents();
    const id = suspected?.id ?? '';
    await t.ask('POST', `/incidents/${id}/accept`, { severity: 'SEV2', customerFacing: true });
    await t.settle();
    expect(await t.promises(id, 'first-update')).toMatchObject([
      { state: 'pending', dueAt: '2026-11-25T10:31:00.000Z' },
    ]);
    // The prompt of the fifth minute and the warning of the tenth have passed: the graver one is told, once.
    t.phones.expect([
      '10:17:00 Bob ntfy The first public update is due in 14 m: INC-1 shop is down',
      '10:17:00 Olive mail The first public update is due in 14 m: INC-1 shop is down',
    ]);
  });

  it('and that was no incident is declined with one act, and asks nobody again', async () => {
    await t.pass({ minutes: 16 });
    t.phones.forget();
    await t.ask('POST', `/incidents/${(await incidents())[0]?.id}/decline`);
    await t.settle();
    t.phones.expect(['10:17:00 Ann ntfy False alarm: shop is down']);
    await t.pass({ minutes: 15 });
    expect(await t.ask<Insights>('GET', '/insights')).toMatchObject({ incidents: 0, falseAlarms: 1 });
  });
});

describe('dismissing', () => {
  it('stops the paging and the asking', async () => {
    await t.pass({ minutes: 4 });
    await dismiss();
    await t.settle();
    t.phones.expect(['10:05:00 Ann ntfy False alarm: shop is down']);
    await t.pass({ minutes: 15 });
    expect(await incidents()).toEqual([]);
  });

  it('holds until the source has recovered; the next fault pages again', async () => {
    await dismiss();
    t.phones.forget();
    await t.settle();
    t.phones.forget();
    shop.answers('up');
    await t.pass({ minutes: 2 });
    t.phones.expect([]);
    shop.answers('down');
    await t.pass({ minutes: 1 });
    t.phones.expect(['10:04:00 Ann ntfy [PAGE] shop is down']);
  });
});
