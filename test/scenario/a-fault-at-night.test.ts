import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Responder } from '#test/harness/crew.ts';
import { beginStory, type Story, type Watched } from '#test/harness/story.ts';

let t: Story;
let ann: Responder;
let bob: Responder;
let shop: Watched;

beforeEach(async () => {
  t = await beginStory({ start: '2026-11-25T03:00:00Z' });
  [ann, bob] = [await t.meet('Ann'), await t.meet('Bob')];
  await t.add(ann, 'mail', 120);
  await t.add(bob, 'mail');
  await t.escalateTo(
    [
      { userIds: [ann.id], delaySeconds: 240 },
      { userIds: [bob.id], delaySeconds: 240 },
    ],
    1,
  );
  shop = await t.watch('shop');
});
afterEach(() => t.end());

describe('a fault at three in the morning', () => {
  it('pages nobody for one failed check, and somebody by the second', async () => {
    shop.answers('down');
    await t.pass({ seconds: 30 });
    t.phones.expect([]);
    shop.answers('up');
    await t.pass({ minutes: 2 });
    shop.answers('down');
    await t.pass({ minutes: 1 });
    t.phones.expect(['03:03:30 Ann ntfy [PAGE] shop is down']);
    expect(t.phones.last('Ann').text).toContain('Expected status 200–399, got 503');
    expect(await t.alertOf(shop)).toMatchObject({
      state: 'open',
      beganAt: '2026-11-25T03:03:00.000Z',
      firstSeenAt: '2026-11-25T03:03:30.000Z',
    });
  });

  it('goes on by personal rules, steps and repeats until a mail’s button is pressed; then everybody paged is told', async () => {
    shop.answers('down');
    await t.pass({ seconds: 60 });
    t.phones.expect(['03:01:00 Ann ntfy [PAGE] shop is down']);
    await t.pass({ minutes: 2 });
    t.phones.expect(['03:03:00 Ann mail [PAGE] shop is down']);
    await t.pass({ minutes: 4 });
    t.phones.expect([
      '03:05:00 Bob mail [PAGE] shop is down',
      '03:05:00 Bob ntfy [PAGE] shop is down',
      '03:06:00 Ann ntfy Is this an incident? shop is down',
    ]);
    await t.pass({ minutes: 4 });
    t.phones.expect([
      '03:09:00 Ann ntfy [PAGE] again (2): shop is down',
      '03:11:00 Ann mail [PAGE] again (2): shop is down',
    ]);
    expect(t.phones.last('Ann', 'mail').text).toContain('If nobody acknowledges by 03:13');
    await t.press('Ann', 'mail');
    t.phones.expect([
      '03:11:00 Ann mail Ann is on it: shop is down',
      '03:11:00 Ann ntfy Ann is on it: shop is down',
      '03:11:00 Bob mail Ann is on it: shop is down',
      '03:11:00 Bob ntfy Ann is on it: shop is down',
    ]);
    expect(await t.alertOf(shop)).toMatchObject({ state: 'acknowledged', acknowledgedBy: ann.id });
    shop.answers('up');
    await t.pass({ minutes: 10 });
    t.phones.expect([
      '03:12:00 Ann mail Recovered: shop is down',
      '03:12:00 Ann ntfy Recovered: shop is down',
      '03:12:00 Bob mail Recovered: shop is down',
      '03:12:00 Bob ntfy Recovered: shop is down',
    ]);
    expect(await t.alertOf(shop)).toMatchObject({ state: 'closed', closeReason: 'recovered' });
  });
});
