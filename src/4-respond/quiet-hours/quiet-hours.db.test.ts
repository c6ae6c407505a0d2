import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Crew, createCrew, hireAnnAndBob, type Responder } from '#test/harness/crew.ts';
import type { CoverageReportView } from '../coverage/contract.ts';
import type { PagePlanView } from '../escalation/contract.ts';
import type { PageEntryView } from '../journal/contract.ts';
import type { PageView } from '../page/contract.ts';
import type { QuietHoursView } from './contract.ts';

let t: Crew;
let ann: Responder;
let bob: Responder;

beforeEach(async () => {
  t = await createCrew();
  [ann, bob] = await hireAnnAndBob(t);
  const { version } = await t.ask<{ version: number }>('GET', '/routes');
  const warnings = { field: 'severity', op: 'is', values: ['warning'] };
  await t.ask('PUT', '/routes', {
    version,
    routes: [{ name: 'Warnings', match: [warnings], outcome: { urgency: 'low' } }],
    catchAll: { policyId: null, clockSeconds: 86_400 },
  });
});

afterEach(async () => {
  expect(t.errors).toEqual([]);
  await t.end();
});

/** `HH:MM` so many minutes from now, by the clock of UTC. */
const wall = (minutes: number) => new Date(t.clock.now().getTime() + minutes * 60_000).toISOString().slice(11, 16);
/** Quiet since an hour, for so many minutes more. */
const sleep = (who: Responder, minutes: number) =>
  who.ask<QuietHoursView>('PUT', '/quiet-hours', {
    windows: [{ days: [1, 2, 3, 4, 5, 6, 7], start: wall(-60), end: wall(minutes) }],
  });
const pages = async () => (await t.ask<{ items: PageView[] }>('GET', '/pages')).items;
const journal = async (pageId: string) =>
  (await t.ask<{ items: PageEntryView[] }>('GET', `/page-journal?pageId=${pageId}&limit=200`)).items.toReversed();
const warn = () => t.signal({ title: 'Disk is filling', severity: 'warning' });

describe('a page of low urgency', () => {
  it('waits for the end of its person’s quiet hours while others are asked, and is sent once', async () => {
    const hours = await sleep(ann, 10);
    expect(hours.quietUntil).not.toBeNull();
    await warn();
    expect(ann.read()).toEqual([]);
    const [page] = await pages();
    expect(page?.notices).toMatchObject([{ userId: ann.id, state: 'planned', at: hours.quietUntil }]);
    expect(page).toMatchObject({ reachedNobody: false, urgency: 'low' });
    const entries = await journal(page?.id ?? '');
    expect(entries.find(({ kind }) => kind === 'planned')).toMatchObject({
      userId: ann.id,
      dueAt: hours.quietUntil,
      text: 'Waits until their quiet hours end, since the page is of low urgency.',
    });
    await t.advance(301);
    expect(bob.read()).toHaveLength(1);
    expect(ann.read()).toEqual([]);
    await t.advance(600);
    expect(ann.read()).toHaveLength(1);
  });

  it('is not sent any more when it was over by then', async () => {
    await sleep(ann, 10);
    await warn();
    await t.advance(301);
    await bob.ask('POST', `/pages/${(await pages())[0]?.id}/acknowledge`);
    await t.advance(600);
    expect(ann.read()).toEqual([]);
    const entries = await journal((await pages())[0]?.id ?? '');
    expect(entries.filter(({ userId, kind }) => userId === ann.id && kind === 'cancelled')).toHaveLength(1);
  });

  it('does not go through its policy while everybody sleeps', async () => {
    await sleep(ann, 10);
    await sleep(bob, 20);
    await warn();
    await t.advance(480);
    const [asleep] = await pages();
    expect(asleep).toMatchObject({ step: 1, notices: [{ userId: ann.id, state: 'planned' }] });
    await t.advance(150);
    expect(ann.read()).toHaveLength(1);
    expect((await pages())[0]?.step).toBe(1);
    await t.advance(330);
    expect((await pages())[0]?.step).toBe(2);
    expect(bob.read()).toEqual([]);
    await t.advance(300);
    expect(bob.read()).toHaveLength(1);
    const said = (await journal(asleep?.id ?? '')).find(({ kind }) => kind === 'step')?.text;
    expect(said).toContain('Everybody whom it can ask has quiet hours, so its wait counts from their end.');
  });

  it('follows when the quiet hours change', async () => {
    await sleep(ann, 10);
    await warn();
    await ann.ask('PUT', '/quiet-hours', { windows: [] });
    await t.advance(1);
    expect(ann.read()).toHaveLength(1);
  });

  it('waits no longer when it gets graver', async () => {
    await sleep(ann, 10);
    const alertId = await warn();
    await t.ask('POST', '/incidents', { title: 'Disk is full', severity: 'SEV1', alertIds: [alertId] });
    await t.settle();
    expect(ann.read()).toHaveLength(1);
    await t.advance(600);
    expect(ann.phone().filter(({ title }) => title.includes('filling'))).toEqual([]);
  });
});

it('defers nothing of high urgency', async () => {
  await sleep(ann, 10);
  await t.signal({ title: 'Site is down', severity: 'critical' });
  expect(ann.read()).toHaveLength(1);
});

it('is said by the plan and by the proof of coverage', async () => {
  await sleep(ann, 10);
  const { quietUntil } = await sleep(bob, 20);
  const plan = await t.ask<PagePlanView>('GET', '/oncall?urgency=low');
  expect(plan.urgency).toBe('low');
  expect(plan.steps.map(({ people }) => people[0]?.methods[0]?.at)).toEqual(
    plan.steps.map(({ people }) => people[0]?.quietUntil),
  );
  expect(plan.steps[1]).toMatchObject({ people: [{ userId: bob.id, quietUntil }] });
  const high = await t.ask<PagePlanView>('GET', '/oncall?severity=SEV1');
  expect(high.steps[0]?.people[0]?.quietUntil).toBeNull();
  const report = await t.ask<CoverageReportView>('POST', '/coverage/prove');
  const quiet = report.findings.filter(({ kind }) => kind === 'quiet');
  expect(quiet).toHaveLength(1);
  expect(quiet[0]?.text).toMatch(
    /^Everybody whom it asks has quiet hours at once: a page of low urgency would wait until .+ and then reach Ann\.$/,
  );
  await bob.ask('PUT', '/quiet-hours', { windows: [] });
  const after = await t.ask<CoverageReportView>('POST', '/coverage/prove');
  expect(after.findings.filter(({ kind }) => kind === 'quiet')).toEqual([]);
});

it.each([
  [[{ days: [1], start: '09:00', end: '09:00' }], 'body.windows.0.end'],
  [[{ days: [1, 2, 3, 4, 5, 6, 7], start: '00:00', end: '24:00' }], 'body.windows'],
  [[{ days: [], start: '22:00', end: '07:00' }], 'body.windows.0.days'],
])('refuses %j', async (windows, path) => {
  const { status, body } = await t.call('PUT', '/api/v1/quiet-hours', { windows });
  expect(status).toBe(400);
  expect(JSON.stringify(body)).toContain(path);
});
