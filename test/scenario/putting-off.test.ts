import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Responder } from '#test/harness/crew.ts';
import { beginStory, type Story, type Watched } from '#test/harness/story.ts';

let t: Story;
let bob: Responder;
let shop: Watched;

beforeEach(async () => {
  t = await beginStory({ start: '2026-11-25T10:00:00Z' });
  const ann = await t.meet('Ann');
  bob = await t.meet('Bob');
  await t.escalateTo([
    { userIds: [ann.id], delaySeconds: 300 },
    { userIds: [bob.id], delaySeconds: 300 },
  ]);
  shop = await t.watch('shop');
  shop.answers('degraded');
  await t.pass({ minutes: 1 });
});
afterEach(() => t.end());

const act = async (name: string, body: object = {}) => {
  const { id } = await t.alertOf(shop);
  await t.ask('POST', `/alerts/${id}/${name}`, body);
  await t.settle();
  t.phones.collect();
};

describe('an alert that pages nobody by itself', () => {
  it('goes to whoever it is given to, then to the steps of the policy', async () => {
    await act('reassign', { userId: bob.id });
    t.phones.expect(['10:01:00 Bob ntfy [PAGE] shop is degraded']);
    expect(t.phones.last('Bob').text).toContain('given to Bob, then');
    await t.pass({ minutes: 5 });
    t.phones.expect(['10:06:00 Ann ntfy [PAGE] shop is degraded']);
    await t.press('Ann');
    t.phones.expect([
      '10:06:00 Ann ntfy Ann is on it: shop is degraded',
      '10:06:00 Bob ntfy Ann is on it: shop is degraded',
    ]);
  });
});

describe('somebody who has acknowledged', () => {
  it('can have the next ones asked as well', async () => {
    await act('escalate');
    t.phones.expect(['10:01:00 Ann ntfy [PAGE] shop is degraded']);
    await t.press('Ann');
    t.phones.expect(['10:01:00 Ann ntfy Ann is on it: shop is degraded']);
    await act('escalate');
    t.phones.expect(['10:01:00 Bob ntfy [PAGE] shop is degraded']);
    await t.press('Bob');
    t.phones.expect(['10:01:00 Bob ntfy Bob is on it: shop is degraded']);
  });

  it('is left alone until a snooze is over that lasts longer than its clock, and is asked again then', async () => {
    await act('snooze', { until: '2026-11-25T13:00:00Z' });
    await t.pass({ minutes: 178 });
    t.phones.expect([]);
    await t.pass({ minutes: 2 });
    t.phones.expect(['13:00:00 Ann ntfy [PAGE] shop is degraded']);
  });

  it('is left alone until the snooze is over, and is asked again then', async () => {
    await act('escalate');
    t.phones.expect(['10:01:00 Ann ntfy [PAGE] shop is degraded']);
    await act('snooze', { until: '2026-11-25T11:00:00Z' });
    t.phones.expect(['10:01:00 Ann ntfy Olive Owner is on it: shop is degraded']);
    await t.pass({ minutes: 58 });
    t.phones.expect([]);
    await t.pass({ minutes: 2 });
    t.phones.expect(['11:00:00 Ann ntfy [PAGE] shop is degraded']);
  });
});
