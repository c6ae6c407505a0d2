import { afterEach, describe, expect, it } from 'vitest';
import type { Responder } from '#test/harness/crew.ts';
import { beginStory, type Story } from '#test/harness/story.ts';

let t: Story;
let ann: Responder;

async function begin(start: string, timeZone: string) {
  t = await beginStory({ start, timeZone });
  ann = await t.meet('Ann');
  const bob = await t.meet('Bob');
  await t.escalateTo([
    { userIds: [ann.id], delaySeconds: 900 },
    { userIds: [bob.id], delaySeconds: 900 },
  ]);
}
afterEach(() => t.end());

/** Nine o'clock of the next working day, across the night in which the clocks change. */
const NIGHTS = [
  { zone: 'UTC', night: '2026-11-25T22:00:00Z', opens: '2026-11-26T09:00:00.000Z', shown: 'Thu 26 Nov 09:00' },
  {
    zone: 'Europe/Berlin',
    night: '2026-10-24T20:00:00Z',
    opens: '2026-10-26T08:00:00.000Z',
    shown: 'Mon 26 Oct 09:00',
  },
  {
    zone: 'Australia/Sydney',
    night: '2026-10-02T10:00:00Z',
    opens: '2026-10-04T22:00:00.000Z',
    shown: 'Mon 5 Oct 09:00',
  },
] as const;

describe('a SEV3 outside business hours', () => {
  it.each(NIGHTS)(
    'in $zone is held until $shown there, says so, and then goes out',
    async ({ zone, night, opens, shown }) => {
      await begin(night, zone);
      const { id } = await t.declare({ severity: 'SEV3', customerFacing: true });
      expect(await t.pages(id)).toMatchObject([{ state: 'held', urgency: 'low', startsAt: opens }]);
      expect(await t.effect(id, 'page')).toMatchObject({ state: 'pending', detail: expect.stringContaining(shown) });
      const openMs = Date.parse(opens);
      const at = (seconds: number) => new Date(openMs + seconds * 1_000).toISOString();
      const stamp = (seconds: number) => at(seconds).slice(5, 19).replace('T', ' ');
      await t.pass({ minutes: 30 });
      await t.skipTo(at(-5));
      t.phones.expect([]);
      await t.pass({ seconds: 5 });
      t.phones.expect([`${stamp(0)} Ann ntfy [SEV3] Checkout fails`]);
      expect(await t.promises(id, 'first-update')).toMatchObject([{ state: 'pending', dueAt: at(1_800) }]);
      await t.press('Ann');
      t.phones.expect([`${stamp(0)} Ann ntfy Ann is on it: Checkout fails`]);
      await t.pass({ minutes: 5 });
      t.phones.expect([`${stamp(300)} Ann ntfy The first public update is due in 25 m: INC-1 Checkout fails`]);
    },
  );

  it('goes out at once, and loud, when it is raised to SEV2', async () => {
    await begin('2026-11-25T22:00:00Z', 'UTC');
    const { id } = await t.declare({ severity: 'SEV3', customerFacing: false });
    t.phones.expect([]);
    await t.ask('POST', `/incidents/${id}/severity`, { severity: 'SEV2', reason: 'worse than it looked' });
    await t.settle();
    t.phones.expect(['22:00:00 Ann ntfy [SEV2] Checkout fails']);
    expect(await t.pages(id)).toMatchObject([{ state: 'open', urgency: 'high' }]);
  });

  it('is never sent when it is over by the morning', async () => {
    await begin('2026-11-25T22:00:00Z', 'UTC');
    const { id } = await t.declare({ severity: 'SEV3', customerFacing: false });
    await t.ask('POST', `/incidents/${id}/resolve`);
    await t.skipTo('2026-11-26T09:00:01Z');
    await t.pass({ minutes: 20 });
    t.phones.expect([]);
  });
});
