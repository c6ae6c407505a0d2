import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestSystem, type TestSystem } from '#test/harness/system.ts';
import type { AlertView } from './contract.ts';
import type { AlertEntryView } from '../journal/contract.ts';

type PageView = { readonly state: string };

let t: TestSystem;
let intakePath: string;
let keys = 0;

beforeAll(async () => {
  t = await createTestSystem();
  const { body } = await t.call('POST', '/api/v1/alert-sources', { name: 'Prometheus' });
  intakePath = `/intake/${(body as { key: string }).key}`;
});
afterAll(() => t.close());
beforeEach(() => expect(t.errors).toEqual([]));

const open = async (signal: object = {}): Promise<string> => {
  const body = JSON.stringify({ title: 'Queue is long', dedupKey: `acts-${keys++}`, severity: 'error', ...signal });
  const response = await t.app.request(intakePath, { method: 'POST', body });
  await t.settle();
  return ((await response.json()) as { alertId: string }).alertId;
};
const act = async (id: string, name: string, body: object = {}) => {
  const answer = await t.call('POST', `/api/v1/alerts/${id}/${name}`, body);
  await t.settle();
  return answer;
};
const read = async (id: string) => (await t.call('GET', `/api/v1/alerts/${id}`)).body as AlertView;
const pagesOf = async (id: string) =>
  ((await t.call('GET', `/api/v1/pages?alertId=${id}`)).body as { items: PageView[] }).items;
const journal = async (id: string) => {
  const { body } = await t.call('GET', `/api/v1/alerts/${id}/journal`);
  return (body as { items: AlertEntryView[] }).items.toReversed().map(({ kind, text }) => `${kind}: ${text}`);
};
const inMinutes = (minutes: number) => new Date(t.clock.now().getTime() + minutes * 60_000).toISOString();

describe('an acknowledgement', () => {
  it('of a warning is over when it gets graver, since it was another question', async () => {
    for (const severity of ['error', 'critical']) {
      const id = await open({ severity: 'warning', dedupKey: `outgrown-${severity}` });
      await act(id, 'acknowledge');
      await open({ severity, dedupKey: `outgrown-${severity}`, title: 'Disk is 95 % full' });
      expect(await read(id)).toMatchObject({ state: 'open', severity, acknowledgedBy: null });
      expect(await pagesOf(id)).toMatchObject([{ state: 'open' }]);
      expect(await journal(id)).toContain(
        'returned: It got graver than it was when somebody answered it, so it is open and pages again.',
      );
    }
  });

  it('that its sender made of a warning is over as well', async () => {
    const { body } = await t.call('POST', '/api/v1/alert-sources', { name: 'PagerDuty', kind: 'pagerduty' });
    const event = async (action: string, severity: string) => {
      const payload = { summary: 'Disk', source: 'web-7', severity };
      const answer = await t.app.request('/v2/enqueue', {
        method: 'POST',
        body: JSON.stringify({
          routing_key: (body as { key: string }).key,
          event_action: action,
          dedup_key: 'disk',
          payload,
        }),
      });
      expect(answer.status).toBe(202);
      await t.settle();
    };
    await event('trigger', 'warning');
    await event('acknowledge', 'warning');
    const { items } = (await t.call('GET', '/api/v1/alerts?state=acknowledged')).body as { items: AlertView[] };
    const id = items.find(({ title }) => title === 'Disk')?.id ?? '';
    await event('trigger', 'error');
    expect(await read(id)).toMatchObject({ state: 'open', severity: 'error' });
    expect(await pagesOf(id)).toMatchObject([{ state: 'open' }]);
  });

  it('of what paged at once holds when it gets graver: somebody is on it', async () => {
    const id = await open({ dedupKey: 'held' });
    await act(id, 'acknowledge');
    await open({ severity: 'critical', dedupKey: 'held' });
    expect(await read(id)).toMatchObject({ state: 'acknowledged', severity: 'critical' });
    expect(await pagesOf(id)).toMatchObject([{ state: 'acknowledged' }]);
  });
});

describe('a snooze', () => {
  it('stops paging until its time, and then pages from the beginning', async () => {
    const id = await open();
    expect(await pagesOf(id)).toMatchObject([{ state: 'open' }]);
    expect((await act(id, 'snooze', { until: inMinutes(30) })).status).toBe(200);
    expect(await read(id)).toMatchObject({ state: 'acknowledged', snoozedUntil: inMinutes(30) });
    expect(await pagesOf(id)).toMatchObject([{ state: 'acknowledged' }]);
    await t.advance(31 * 60);
    expect(await read(id)).toMatchObject({ state: 'open', snoozedUntil: null, acknowledgedBy: null });
    expect((await pagesOf(id)).map(({ state }) => state)).toEqual(['open', 'stopped']);
    expect(await journal(id)).toEqual([
      'snoozed: Snoozed it for 30 m.',
      'returned: The snooze is over: it is open and pages again.',
    ]);
  });

  it('ends when a graver signal comes, and when somebody takes it back', async () => {
    const id = await open({ severity: 'warning', dedupKey: 'graver' });
    await act(id, 'snooze', { until: inMinutes(60) });
    await open({ severity: 'critical', dedupKey: 'graver' });
    expect(await read(id)).toMatchObject({ state: 'open', severity: 'critical', snoozedUntil: null });
    expect(await pagesOf(id)).toMatchObject([{ state: 'open' }]);
    await act(id, 'snooze', { until: inMinutes(60) });
    await act(id, 'unacknowledge');
    expect(await read(id)).toMatchObject({ state: 'open', snoozedUntil: null });
  });

  it('is refused for the past, for more than 30 days, and for a closed alert', async () => {
    const id = await open();
    expect((await act(id, 'snooze', { until: inMinutes(-1) })).status).toBe(400);
    expect((await act(id, 'snooze', { until: inMinutes(31 * 1_440) })).status).toBe(400);
    await act(id, 'close');
    expect((await act(id, 'snooze', { until: inMinutes(5) })).status).toBe(409);
  });
});

describe('reassigning', () => {
  it('pages whoever it was given to first, and keeps the rest of the steps', async () => {
    const id = await open();
    await act(id, 'acknowledge');
    expect((await act(id, 'reassign', { userId: t.ownerId })).status).toBe(200);
    expect(await read(id)).toMatchObject({ state: 'open', assigneeId: t.ownerId });
    expect(await pagesOf(id)).toMatchObject([
      { state: 'open' },
      { state: 'stopped', stopReason: 'it was given to somebody else' },
    ]);
    expect((await journal(id)).at(-1)).toContain('reassigned: Gave it to ');
  });

  it('pages quietly for what would have paged nobody', async () => {
    const id = await open({ severity: 'warning' });
    await act(id, 'reassign', { userId: t.ownerId });
    expect(await pagesOf(id)).toMatchObject([{ urgency: 'low' }]);
  });

  it('takes one of a person and a policy, and only those that there are', async () => {
    const id = await open();
    expect((await act(id, 'reassign', {})).status).toBe(400);
    expect((await act(id, 'reassign', { userId: 'usr_nobody' })).status).toBe(404);
    expect((await act(id, 'reassign', { policyId: 'epo_none' })).status).toBe(404);
    const { body } = await t.call('GET', '/api/v1/escalation-policies');
    const [policy] = (body as { items: { id: string; name: string }[] }).items;
    expect((await act(id, 'reassign', { policyId: policy?.id })).body).toMatchObject({ policyId: policy?.id });
    expect((await journal(id)).at(-1)).toBe(`reassigned: Gave it to the escalation policy “${policy?.name}”.`);
  });
});

describe('escalating', () => {
  it('pages for an alert that paged nobody', async () => {
    const id = await open({ severity: 'warning' });
    expect(await pagesOf(id)).toEqual([]);
    expect((await act(id, 'escalate')).status).toBe(200);
    expect(await pagesOf(id)).toMatchObject([{ state: 'open', urgency: 'high' }]);
  });

  it('says when everybody has been asked, and leaves no word of it', async () => {
    const id = await open();
    await act(id, 'acknowledge');
    const refused = await act(id, 'escalate');
    expect(refused.status).toBe(409);
    expect(JSON.stringify(refused.body)).toContain('Everybody in the escalation policy has been asked');
    expect(await journal(id)).toEqual(['acknowledged: Acknowledged it.']);
  });
});

describe('many at once', () => {
  it('have an outcome each: what one refuses undoes nothing of the others', async () => {
    const [first, second, closed] = [await open(), await open(), await open()];
    await act(closed, 'close');
    const { status, body } = await t.call('POST', '/api/v1/alerts/bulk', {
      alertIds: [first, closed, 'alt_none', second],
      do: { act: 'snooze', until: inMinutes(10) },
    });
    expect(status).toBe(200);
    expect((body as { items: unknown[] }).items).toMatchObject([
      { alertId: first, ok: true, state: 'acknowledged' },
      { alertId: closed, ok: false, code: 'conflict', message: 'This alert is closed already (by-hand).' },
      { alertId: 'alt_none', ok: false, code: 'not_found' },
      { alertId: second, ok: true },
    ]);
    expect(await read(second)).toMatchObject({ state: 'acknowledged', snoozedUntil: inMinutes(10) });
  });

  it('take notes, which stand in the journal under the name of their author', async () => {
    const id = await open();
    await t.call('POST', '/api/v1/alerts/bulk', { alertIds: [id], do: { act: 'note', body: 'Same as last week.' } });
    const { body } = await t.call('GET', `/api/v1/alerts/${id}/journal`);
    expect(body).toMatchObject({ items: [{ kind: 'note', text: 'Same as last week.', actorUserId: t.ownerId }] });
  });
});

describe('auto-close', () => {
  it('closes what its sender says nothing more of, and leaves what repeats', async () => {
    const [quiet, busy] = [await open({ dedupKey: 'quiet' }), await open({ dedupKey: 'busy' })];
    expect((await t.call('PATCH', '/api/v1/alert-settings', { autoCloseSeconds: 3_600 })).status).toBe(200);
    await t.advance(50 * 60);
    await open({ dedupKey: 'busy' });
    await t.advance(11 * 60);
    expect(await read(quiet)).toMatchObject({ state: 'closed', closeReason: 'quiet' });
    expect(await read(busy)).toMatchObject({ state: 'open' });
    expect(await pagesOf(quiet)).toMatchObject([{ state: 'stopped' }]);
    await t.call('PATCH', '/api/v1/alert-settings', { autoCloseSeconds: null });
  });
});
