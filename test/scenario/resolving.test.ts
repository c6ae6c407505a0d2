import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Responder } from '#test/harness/crew.ts';
import { beginStory, type Story, type Watched } from '#test/harness/story.ts';

let t: Story;
let ann: Responder;
let shop: Watched;
let id: string;
const PUBLIC = 'Reader mail [Acme status]';

/** The shop went down at 10:00:30; Ann, who was paged, acknowledged and commands; the public was told at 10:01. */
beforeEach(async () => {
  t = await beginStory({ start: '2026-11-25T10:00:00Z' });
  ann = await t.meet('Ann');
  await t.escalateTo([{ userIds: [ann.id], delaySeconds: 300 }], 1);
  shop = await t.watch('shop');
  await t.subscribe('Reader');
  shop.answers('down');
  await t.pass({ minutes: 1 });
  await t.press('Ann');
  const { id: alertId } = await t.alertOf(shop);
  ({ id } = await t.declare({ severity: 'SEV2', alertIds: [alertId] }));
  const components = [{ id: shop.componentId, status: 'major_outage' }];
  await t.update(id, { status: 'investigating', body: 'Nobody can pay.', components });
  t.phones.forget();
});
afterEach(() => t.end());

const act = async (verb: string, body?: object) => {
  await t.ask('POST', `/incidents/${id}/${verb}`, body);
  await t.settle();
};
const refusal = async (verb: string, body?: object) => {
  const { status, body: answer } = await t.call('POST', `/api/v1/incidents/${id}/${verb}`, body ?? {});
  return { status, detail: (answer as { detail: string }).detail };
};
async function recover() {
  shop.answers('up');
  await t.pass({ minutes: 1 });
  t.phones.expect(['10:02:00 Ann ntfy Recovered: shop is down']);
}

describe('recovery', () => {
  it('proposes to resolve and decides nothing', async () => {
    await recover();
    expect(await t.incident(id)).toMatchObject({ state: 'active', recoveryProposedAt: '2026-11-25T10:02:00.000Z' });
    expect(await t.component(shop.componentId)).toBe('major_outage');
  });
});

describe('mitigating', () => {
  it('says at once in public that service is restored and watched, and promises the next word', async () => {
    await recover();
    await act('mitigate');
    t.phones.expect([`10:02:00 ${PUBLIC} Monitoring: Checkout fails`, '10:02:00 Ann ntfy Mitigated: shop is down']);
    expect(t.phones.last('Reader').text).toContain('Service of shop is restored. We are watching that it stays so.');
    expect(await t.promises(id, 'next-update')).toMatchObject([
      { state: 'kept' },
      { state: 'pending', dueAt: '2026-11-25T10:32:00.000Z' },
    ]);
  });

  it('that did not hold is a relapse: the same incident, a new stretch of impact, and clocks that run', async () => {
    await recover();
    await act('mitigate');
    t.phones.forget();
    shop.answers('down');
    await t.pass({ minutes: 1 });
    t.phones.expect(['10:03:00 Ann ntfy [SEV2] shop is down']);
    const alert = await t.alertOf(shop);
    expect(alert).toMatchObject({ incidentId: id, state: 'open' });
    expect(await t.pages(id)).toMatchObject([{ state: 'open' }, { state: 'acknowledged' }]);
    await act('reopen', { reason: 'it fails again' });
    const { impact, state } = await t.incident(id);
    expect(state).toBe('active');
    expect(impact.map(({ startedAt, endedAt }) => [startedAt.slice(11, 19), endedAt?.slice(11, 19) ?? null])).toEqual([
      ['10:00:30', '10:02:00'],
      ['10:03:00', null],
    ]);
    expect((await t.promises(id, 'next-update')).at(-1)).toMatchObject({ state: 'pending' });
  });
});

describe('resolving', () => {
  it('is refused while the shop is down, names what is impaired, and changes nothing', async () => {
    const { status, detail } = await refusal('resolve');
    expect(status).toBe(409);
    expect(detail).toContain('The alert "shop is down" is still open');
    expect(detail).toContain('shop is still down');
    expect(await t.incident(id)).toMatchObject({ state: 'active', resolvedAt: null });
    expect(await t.component(shop.componentId)).toBe('major_outage');
    await act('resolve', { confirmImpaired: true });
    expect((await t.timeline(id)).join()).toContain('although The alert "shop is down" is still open');
    t.phones.expect([`10:01:00 ${PUBLIC} Resolved: Checkout fails`, '10:01:00 Ann ntfy Resolved: shop is down']);
  });

  it('posts the last word and turns the components green in the same act, or does neither', async () => {
    await recover();
    await t.database.pool.query(`
      create function refuse() returns trigger language plpgsql as $$ begin raise exception 'no'; end $$;
      create trigger refuse before update on component for each row execute function refuse()`);
    expect((await t.call('POST', `/api/v1/incidents/${id}/resolve`, {})).status).toBe(500);
    t.errors.length = 0;
    expect(await t.incident(id)).toMatchObject({ state: 'active' });
    expect(await t.read('/api/v2/incidents/unresolved.json')).toContain('Checkout fails');
    await t.settle();
    t.phones.expect([]);
    await t.database.pool.query('drop trigger refuse on component');
    await act('resolve');
    t.phones.expect([`10:02:00 ${PUBLIC} Resolved: Checkout fails`, '10:02:00 Ann ntfy Resolved: shop is down']);
    expect(await t.component(shop.componentId)).toBe('operational');
    expect(await t.incident(id)).toMatchObject({ state: 'resolved', resolvedAt: '2026-11-25T10:02:00.000Z' });
    expect(await t.promises(id, 'next-update')).toMatchObject([{ state: 'kept' }]);
    expect(await t.promises(id, 'postmortem')).toMatchObject([{ state: 'pending' }]);
    await t.pass({ minutes: 35 });
  });
});

describe('reopening', () => {
  it.each(['resolved', 'closed'])(
    'what was %s keeps the incident, has new clocks, and pages who is on call',
    async (was) => {
      await recover();
      await act('resolve');
      await act('stand-down', { postmortemOwnerId: ann.id });
      if (was === 'closed') await act('close');
      t.phones.forget();
      await t.pass({ minutes: 30 });
      await act('reopen', { reason: 'it is back' });
      t.phones.expect(['10:32:00 Ann ntfy [SEV2] Checkout fails']);
      const incident = await t.incident(id);
      expect(incident).toMatchObject({ reference: 'INC-1', state: 'active', reopenedCount: 1, resolvedAt: null });
      expect(incident.impact.at(-1)).toEqual({ startedAt: '2026-11-25T10:32:00.000Z', endedAt: null });
      expect((await t.promises(id, 'next-update')).at(-1)).toMatchObject({
        state: 'pending',
        dueAt: '2026-11-25T11:02:00.000Z',
      });
      expect((await t.promises(id, 'role-vacancy')).at(-1)).toMatchObject({ state: 'pending' });
    },
  );
});
