import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Insights } from '#learn/contract';
import type { Responder } from '#test/harness/crew.ts';
import { beginStory, type Story } from '#test/harness/story.ts';
import { waitFor } from '#test/harness/wait-for.ts';

let t: Story;
let ann: Responder;
let id: string;
let postmortemId: string;
const NAME = 'INC-1 Checkout fails';

/** A SEV2 that was resolved on Monday 23 November at 10:00; Ann owns its postmortem. */
beforeEach(async () => {
  t = await beginStory({ start: '2026-11-23T10:00:00Z' });
  ann = await t.meet('Ann');
  await t.escalateTo([{ userIds: [ann.id], delaySeconds: 300 }]);
  ({ id } = await t.declare({ severity: 'SEV2', customerFacing: true }));
  await t.press('Ann');
  await t.ask('POST', `/incidents/${id}/resolve`, { body: 'Everybody can pay again.' });
  await t.ask('POST', `/incidents/${id}/stand-down`, { postmortemOwnerId: ann.id });
  await t.settle();
  ({ id: postmortemId } = await t.ask<{ id: string }>('GET', `/incidents/${id}/postmortem`));
  t.phones.forget();
});
afterEach(() => t.end());

/** The instants around which something may happen, a moment before and at each. */
async function visit(...instants: readonly string[]) {
  for (const instant of instants) {
    await t.skipTo(new Date(Date.parse(instant) - 5_000).toISOString());
    await t.pass({ seconds: 5 });
  }
}

async function publish() {
  const { version } = await t.ask<{ version: number }>('GET', `/postmortems/${postmortemId}`);
  await t.ask('PATCH', `/postmortems/${postmortemId}`, {
    version,
    sections: {
      summary: 'Payments stood still.',
      'root-cause': 'A release ran out of connections.',
      impact: 'All of it.',
    },
  });
  await t.ask('POST', `/postmortems/${postmortemId}/review`);
  await t.ask('POST', `/postmortems/${postmortemId}/approve`);
  await t.ask('POST', `/postmortems/${postmortemId}/publish`, { publicBody: 'Payments stood still for a while.' });
}

describe('the promise of a postmortem', () => {
  it('is due seven days after the end; its owner is reminded three days and one day before, and when it is overdue', async () => {
    expect(await t.promises(id, 'postmortem')).toMatchObject([
      { state: 'pending', dueAt: '2026-11-30T10:00:00.000Z', ownerUserId: ann.id },
    ]);
    await visit('2026-11-27T10:00:00Z', '2026-11-28T12:00:00Z', '2026-11-29T10:00:00Z', '2026-11-30T10:00:00Z');
    await visit('2026-12-02T10:00:00Z');
    t.phones.expect([
      `11-27 10:00:00 Ann ntfy The postmortem is due in 3 d 00 h: ${NAME}`,
      `11-29 10:00:00 Ann ntfy The postmortem is due in 1 d 00 h: ${NAME}`,
      `11-30 10:00:00 Ann ntfy OVERDUE: The postmortem is overdue: ${NAME}`,
    ]);
    expect(await t.promises(id, 'postmortem')).toMatchObject([{ state: 'broken' }]);
    await publish();
    expect((await t.ask<Insights>('GET', '/insights')).postmortems).toEqual({ due: 1, onTime: 0, late: 1 });
  });

  it('is kept by publishing it, and then reminds nobody', async () => {
    await visit('2026-11-27T10:00:00Z');
    t.phones.expect([`11-27 10:00:00 Ann ntfy The postmortem is due in 3 d 00 h: ${NAME}`]);
    await publish();
    expect(await t.promises(id, 'postmortem')).toMatchObject([
      { state: 'kept', settledAt: '2026-11-27T10:00:00.000Z' },
    ]);
    await visit('2026-11-29T10:00:00Z', '2026-11-30T10:00:00Z', '2026-11-30T10:01:00Z');
    expect((await t.ask<Insights>('GET', '/insights')).postmortems).toEqual({ due: 1, onTime: 1, late: 0 });
    const copy = 'Payments stood still for a while.';
    await waitFor('the public copy', async () => (await t.read(`/postmortems/${id}`)).includes(copy));
  });
});

describe('an action item', () => {
  const raise = () =>
    t.ask<{ id: string }>('POST', `/incidents/${id}/action-items`, {
      title: 'Add a canary region to deploys',
      doneWhen: 'a failing canary stops the deploy',
      ownerId: ann.id,
      dueOn: '2026-11-26',
    });

  it('reminds its owner until the end of its day, and is overdue after that', async () => {
    await raise();
    await t.pass({ minutes: 1 });
    await visit('2026-11-24T00:00:00Z', '2026-11-26T00:00:00Z', '2026-11-26T23:00:00Z', '2026-11-27T00:00:00Z');
    t.phones.expect([
      `11-24 00:00:00 Ann ntfy An action item is due in 3 d 00 h: ${NAME}`,
      `11-26 00:00:00 Ann ntfy An action item is due in 1 d 00 h: ${NAME}`,
      `11-27 00:00:00 Ann ntfy OVERDUE: An action item is overdue: ${NAME}`,
    ]);
    expect(await t.ask('GET', '/action-items?overdue=true')).toMatchObject({ items: [{ state: 'open' }] });
  });

  it('that is done reminds nobody', async () => {
    const { id: itemId } = await raise();
    await t.ask('POST', `/action-items/${itemId}/done`);
    await visit('2026-11-24T00:00:00Z', '2026-11-26T00:00:00Z', '2026-11-27T00:00:00Z');
    t.phones.expect([]);
    expect(await t.promises(id, 'action-item')).toMatchObject([{ state: 'kept' }]);
  });
});
