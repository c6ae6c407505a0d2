import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ShadowPageView } from '#respond/contract';
import { type Crew, createCrew, hireAnnAndBob, type Responder } from '#test/harness/crew.ts';
import { waitFor } from '#test/harness/wait-for.ts';

let t: Crew;
let ann: Responder;
let bob: Responder;
beforeEach(async () => {
  t = await createCrew();
  [ann, bob] = await hireAnnAndBob(t);
  // Somebody else who would hear of whatever is told.
  await t.ask('POST', '/notice-channels', { name: 'Operations', kind: 'webhook', address: 'http://127.0.0.1:9/' });
  deliveredBefore = await deliveries();
});
afterEach(() => t.end());

let deliveredBefore = 0;
const deliveries = async () => (await t.database.pool.query('select 1 from delivery')).rowCount ?? 0;
/** Nothing has left, and nothing waits to leave: no page, no promise, no incident, no message to anybody. */
async function expectSilence() {
  expect([ann.read(), bob.read()]).toEqual([[], []]);
  expect(await deliveries()).toBe(deliveredBefore);
  for (const table of ['page', 'incident', 'promise'])
    expect((await t.database.pool.query(`select 1 from ${table}`)).rowCount).toBe(0);
  expect(t.errors).toEqual([]);
}

/** Lets time pass in minutes: nothing that a source in shadow does is due by the second. */
async function elapse(seconds: number) {
  for (let left = seconds; left > 0; left -= 60) {
    t.clock.advance(Math.min(60, left));
    await t.settle();
  }
}

type Source = { id: string; intakeUrl: string; shadow: boolean };
const makeSource = (name: string, shadow: boolean) => t.ask<Source>('POST', '/alert-sources', { name, shadow });

async function send(source: Source, signal: Record<string, unknown>): Promise<string> {
  const response = await t.app.request(new URL(source.intakeUrl).pathname, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ severity: 'critical', ...signal }),
  });
  expect(response.status).toBe(202);
  const { alertId } = (await response.json()) as { alertId: string };
  await waitFor('later stages to hear of the signal', async () => {
    const { rows } = await t.database.pool.query('select 1 from alert where announce is not null');
    return rows.length === 0;
  });
  await t.settle();
  return alertId;
}
const shadowPages = async (query = '') =>
  (await t.ask<{ items: ShadowPageView[] }>('GET', `/shadow-pages${query}`)).items;
const wouldHave = (page: ShadowPageView | undefined) =>
  page?.messages.map(({ userName, kind, at, due }) => [userName, kind, at.slice(11, 19), due]);

describe('a source in shadow', () => {
  it('pages nobody through a critical alert that nobody declares, and says whom, when and by what it would have', async () => {
    const source = await makeSource('Old pager', true);
    const start = t.clock.now().getTime();
    const alertId = await send(source, { title: 'Checkout is down', dedupKey: 'checkout' });
    await elapse(1_000);
    await expectSilence();
    const [page] = await shadowPages(`?alertId=${alertId}`);
    expect(page).toMatchObject({
      alertTitle: 'Checkout is down',
      alertSourceName: 'Old pager',
      urgency: 'high',
      why: null,
      endedAt: null,
      policyName: 'Default',
    });
    const clock = (seconds: number) => new Date(start + seconds * 1_000).toISOString().slice(11, 19);
    expect(wouldHave(page)).toEqual([
      ['Ann', 'ntfy', clock(0), true],
      ['Bob', 'ntfy', clock(300), true],
    ]);
    const alert = await t.ask<{ quiet: string; state: string; reasons: { text: string }[] }>(
      'GET',
      `/alerts/${alertId}`,
    );
    expect(alert).toMatchObject({ quiet: 'shadow', state: 'open' });
    expect(alert.reasons.at(-1)?.text).toContain('in shadow');
  });

  it('marks what would not have gone out any more, because the sender said in time that it was over', async () => {
    const source = await makeSource('Old pager', true);
    await send(source, { title: 'Disk is full', dedupKey: 'disk' });
    await elapse(120);
    await send(source, { title: 'Disk is full', dedupKey: 'disk', status: 'resolved' });
    await elapse(600);
    expect((await shadowPages()).map((page) => page.messages.map(({ userName, due }) => [userName, due]))).toEqual([
      [
        ['Ann', true],
        ['Bob', false],
      ],
    ]);
    await expectSilence();
  });

  it('keeps the plan of that instant, whatever becomes of the policy', async () => {
    const source = await makeSource('Old pager', true);
    await send(source, { title: 'Search is slow' });
    await t.escalateTo([{ userIds: [bob.id], delaySeconds: 300 }]);
    await send(source, { title: 'Search is slower' });
    const pages = await shadowPages(`?alertSourceId=${source.id}`);
    expect(pages.map((page) => page.messages[0]?.userName)).toEqual(['Bob', 'Ann']);
    await expectSilence();
  });

  it('declares nothing that a route would declare, and tells of a route that would have suppressed it', async () => {
    const source = await makeSource('Old pager', true);
    const route = (name: string, value: string, outcome: Record<string, unknown>) => ({
      name,
      match: [{ field: 'title', op: 'contains', values: [value] }],
      outcome,
    });
    const routing = await t.ask<Record<string, unknown>>('GET', '/routes');
    await t.ask('PUT', '/routes', {
      ...routing,
      routes: [
        route('Declare', 'Everything', { declare: { state: 'active', severity: 'SEV1' } }),
        route('Drop', 'Noise', { suppress: true }),
      ],
    });
    await send(source, { title: 'Everything is down' });
    await send(source, { title: 'Noise again' });
    await send(source, { title: 'A certificate ends soon', severity: 'warning' });
    await elapse(1_000);
    expect((await shadowPages()).map(({ alertTitle, declares, why }) => [alertTitle, declares, why])).toEqual([
      ['A certificate ends soon', false, 'It is not grave enough to page anybody.'],
      ['Noise again', false, 'A route suppresses it.'],
      ['Everything is down', true, null],
    ]);
    await expectSilence();
  });

  it('plans anew when an alert gets grave enough to page, and stays silent', async () => {
    const source = await makeSource('Old pager', true);
    await send(source, { title: 'Queue grows', dedupKey: 'queue', severity: 'warning' });
    await send(source, { title: 'Queue grows', dedupKey: 'queue', severity: 'critical' });
    await send(source, { title: 'Queue grows', dedupKey: 'queue', severity: 'critical' });
    expect((await shadowPages()).map(({ urgency }) => urgency)).toEqual(['high', 'none']);
    await elapse(1_000);
    await expectSilence();
  });

  it('pages for nothing that people do with its alerts but declaring', async () => {
    const source = await makeSource('Old pager', true);
    const alertId = await send(source, { title: 'Checkout is down' });
    const until = new Date(t.clock.now().getTime() + 600_000).toISOString();
    for (const [act, body] of [
      ['escalate', undefined],
      ['reassign', { userId: bob.id }],
      ['snooze', { until }],
    ] as const)
      expect(await t.call('POST', `/api/v1/alerts/${alertId}/${act}`, body)).toMatchObject({ status: 409 });
    await t.ask('POST', `/alerts/${alertId}/acknowledge`);
    await t.ask('POST', `/alerts/${alertId}/unacknowledge`);
    await elapse(1_000);
    await expectSilence();
  });

  it('does not count towards a storm of what is real, however much it sends', async () => {
    const quiet = await makeSource('Old pager', true);
    const real = await makeSource('New pager', false);
    await t.ask('PATCH', '/alert-settings', { stormPerMinute: 5 });
    for (let number = 0; number < 12; number++) await send(quiet, { title: `Host ${number} is down` });
    await expectSilence();
    await send(real, { title: 'Checkout is down' });
    expect(ann.read()).toHaveLength(1);
    expect(ann.read()[0]).toContain('Checkout is down');
  });
});

describe('going live', () => {
  it('lets the next alert page, and leaves alone what came in shadow', async () => {
    const source = await makeSource('Old pager', true);
    await send(source, { title: 'Before' });
    await t.ask('PATCH', `/alert-sources/${source.id}`, { shadow: false });
    await elapse(1_000);
    await expectSilence();
    await send(source, { title: 'After' });
    expect(ann.read()).toHaveLength(1);
    expect(ann.read()[0]).toContain('After');
    expect(await shadowPages()).toHaveLength(1);
  });

  it('and back into shadow is silent again', async () => {
    const source = await makeSource('Old pager', false);
    await t.ask('PATCH', `/alert-sources/${source.id}`, { shadow: true });
    await send(source, { title: 'Checkout is down' });
    await elapse(1_000);
    await expectSilence();
  });
});
