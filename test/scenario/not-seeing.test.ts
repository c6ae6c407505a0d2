import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Monitor, Uptime } from '#monitor/contract';
import { beginStory, type Story, type Watched } from '#test/harness/story.ts';

let t: Story;
let shop: Watched;

beforeEach(async () => {
  t = await beginStory({ start: '2026-11-25T10:00:00Z' });
  const ann = await t.meet('Ann');
  await t.escalateTo([{ userIds: [ann.id], delaySeconds: 3_600 }]);
  shop = await t.watch('shop');
  await t.pass({ minutes: 10 });
});
afterEach(() => t.end());

const state = async () => (await t.ask<Monitor>('GET', `/monitors/${shop.id}`)).state;
const uptime = () => t.ask<Uptime>('GET', `/monitors/${shop.id}/uptime?window=1h`);

describe('a fault of our own', () => {
  it('is unknown: it pages nobody, says so in public, and does not count in uptime', async () => {
    shop.answers('unknown');
    await t.pass({ minutes: 20 });
    expect(await state()).toBe('unknown');
    expect(await uptime()).toMatchObject({ uptimePercent: 100, downSeconds: 0, unknownSeconds: 1_170 });
    expect(await t.read()).toContain('Unknown since 10:10 UTC');
    shop.answers('up');
    await t.pass({ minutes: 1 });
    expect(await state()).toBe('up');
  });

  it('that nobody looks at all is unknown too', async () => {
    shop.unwatched();
    await t.pass({ minutes: 5 });
    expect(await state()).toBe('unknown');
    const { uptimePercent, downSeconds } = await uptime();
    expect([uptimePercent, downSeconds]).toEqual([100, 0]);
  });

  it('during an outage neither ends it nor pages again', async () => {
    shop.answers('down');
    await t.pass({ minutes: 1 });
    t.phones.expect(['10:11:00 Ann ntfy [PAGE] shop is down']);
    await t.ask('POST', `/alerts/${(await t.alertOf(shop)).id}/dismiss`);
    t.phones.forget();
    await t.settle();
    t.phones.forget();
    shop.answers('unknown');
    await t.pass({ minutes: 10 });
    shop.answers('down');
    await t.pass({ minutes: 5 });
    t.phones.expect([]);
    expect(await state()).toBe('down');
    const { downSeconds, unknownSeconds } = await uptime();
    expect(downSeconds + unknownSeconds).toBe(15.5 * 60);
    expect(unknownSeconds).toBeGreaterThan(9 * 60);
  });

  it('does not make a failure of two half ones: the failures around it still count as in a row', async () => {
    shop.answers('down');
    await t.pass({ seconds: 30 });
    shop.answers('unknown');
    await t.pass({ seconds: 30 });
    t.phones.expect([]);
    shop.answers('up');
    await t.pass({ minutes: 5 });
    t.phones.expect([]);
    expect(await state()).toBe('up');
    expect((await uptime()).downSeconds).toBe(0);
  });
});
