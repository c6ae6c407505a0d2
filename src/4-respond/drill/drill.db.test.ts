import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Crew, createCrew, type Responder } from '#test/harness/crew.ts';
import type { DrilledPersonView, DrillPlanView, DrillView } from './contract.ts';

let t: Crew;
let ann: Responder;
let bob: Responder;

// A Wednesday at nine, within business hours.
beforeEach(async () => {
  t = await createCrew({ start: '2026-11-25T09:00:00Z', timeZone: 'UTC' });
  [ann, bob] = [await t.hire('Ann'), await t.hire('Bob')];
  await t.escalateTo([
    { userIds: [ann.id], delaySeconds: 300 },
    { userIds: [bob.id], delaySeconds: 300 },
  ]);
});
afterEach(async () => {
  expect(t.errors).toEqual([]);
  await t.end();
});

const drillOf = (...people: Responder[]) =>
  t.ask<DrillView>('POST', '/drills', { of: { kind: 'people', userIds: people.map(({ id }) => id) } });
const read = (drill: DrillView) => t.ask<DrillView>('GET', `/drills/${drill.id}`);
const press = (responder: Responder) => {
  const url =
    responder
      .phone()
      .flatMap(({ actions = [] }) => actions)
      .findLast(({ action }) => action === 'http')?.url ?? '';
  return t.app.request(new URL(url).pathname, { method: 'POST' });
};
const statusOf = async (method: string, path: string, body?: unknown) =>
  (await t.call(method, `/api/v1${path}`, body)).status;
const wordsOf = async (drill: DrillView) =>
  (await read(drill)).people.map(({ userName, state, text }) => `${userName}, ${state}: ${text}`);
const findings = async () => {
  const { findings: all } = await t.ask<{ findings: { kind: string; text: string }[] }>('POST', '/coverage/prove');
  return all.filter(({ text }) => text.includes('drill')).map(({ text }) => text);
};

describe('a drill', () => {
  it('is a real page that says that it is one, and is measured up to the acknowledgement', async () => {
    const drill = await drillOf(ann, bob);
    expect(drill).toMatchObject({ title: 'Ann, Bob', people: [{ state: 'running' }, { state: 'running' }] });
    await t.settle();
    expect(ann.read()).toEqual(['Drill: test page from Olive Owner, acknowledge to finish']);
    expect(ann.phone()[0]?.message).toContain('nothing is broken');
    expect(ann.phone()[0]?.priority).toBe(5);
    await t.advance(20);
    await press(ann);
    await t.settle();
    expect(await wordsOf(drill)).toEqual([
      'Ann, answered: ntfy at once, acknowledged after 20 s by its link or button',
      'Bob, running: ntfy at once, not acknowledged yet',
    ]);
    // Nobody hears news of a drill that was answered.
    expect([ann.read().length, bob.read().length]).toEqual([1, 1]);
  });

  it('asks nobody else, ends by itself, and what was missed is a finding until a later one is answered', async () => {
    const drill = await drillOf(bob);
    await t.settle();
    t.clock.set('2026-11-25T09:14:55Z');
    await t.settle();
    expect(await wordsOf(drill)).toEqual(['Bob, running: ntfy at once, not acknowledged yet']);
    await t.advance(10);
    expect(await wordsOf(drill)).toEqual(['Bob, missed: ntfy at once, did not acknowledge']);
    expect(ann.read()).toEqual([]);
    expect(bob.read()).toEqual([
      'Drill: test page from Olive Owner, acknowledge to finish',
      'Drill over: you did not acknowledge it',
    ]);
    expect(await findings()).toEqual([
      'Bob did not acknowledge the drill of 25 Nov, so a page in step 2 may not reach them in time.',
    ]);
    expect((await press(bob)).status).toBe(303);
    expect(await wordsOf(drill)).toEqual(['Bob, missed: ntfy at once, did not acknowledge']);
    await drillOf(bob);
    await t.settle();
    expect(await findings()).toHaveLength(1);
    await press(bob);
    expect(await findings()).toEqual([]);
  });

  it('owes no promise, opens no alert and no incident, and nobody can lead it or hand it on', async () => {
    const drill = await drillOf(ann);
    const pageId = drill.people[0]?.pageId ?? '';
    expect(await t.ask('GET', '/promises')).toMatchObject({ items: [] });
    expect(await t.ask('GET', `/pages/${pageId}`)).toMatchObject({ drill: true, cause: 'drill', incidentId: null });
    expect(await t.ask('GET', '/pages?drills=false')).toMatchObject({ items: [] });
    expect(await statusOf('POST', `/pages/${pageId}/escalate`)).toBe(409);
    expect(await statusOf('POST', `/pages/${pageId}/withdraw`)).toBe(409);
    // Somebody else's acknowledgement would measure nothing.
    expect(await statusOf('POST', `/pages/${pageId}/acknowledge`)).toBe(409);
    await ann.ask('POST', `/pages/${pageId}/acknowledge`, { takeCommand: true });
    expect(await t.ask('GET', '/incidents')).toMatchObject({ items: [] });
    expect(await t.ask('GET', `/pages/${pageId}`)).toMatchObject({ state: 'stopped', stopReason: 'acknowledged' });
  });

  it('runs once at a time for a person, and not too often', async () => {
    await drillOf(ann);
    await expect(drillOf(ann)).rejects.toThrow('Another drill of theirs is running');
    const both = await drillOf(ann, bob);
    expect(both.people.map(({ state }) => state)).toEqual(['left-out', 'running']);
    await t.settle();
    await press(ann);
    for (let count = 1; count < 6; count++) {
      await drillOf(ann);
      await t.settle();
      await press(ann);
    }
    await expect(drillOf(ann)).rejects.toThrow('6 drills within the last hour');
    t.clock.set('2026-11-25T10:05:00Z');
    expect((await drillOf(ann)).people).toMatchObject([{ state: 'running' }]);
  });

  it('says at once whom nothing can be sent to, and pages nobody instead of them', async () => {
    const methods = await bob.ask<{ items: { id: string }[] }>('GET', '/contact-methods');
    for (const { id } of methods.items) await bob.ask('DELETE', `/contact-methods/${id}`);
    const drill = await drillOf(ann, bob);
    expect((await wordsOf(drill)).at(-1)).toBe('Bob, unreachable: nothing could be sent: Bob has no contact method');
    await expect(bob.ask('POST', '/drills/mine')).rejects.toThrow('Mend that first');
    const { items } = await t.ask<{ items: DrilledPersonView[] }>('GET', '/drilled-people');
    expect(items.map(({ userName, last }) => [userName, last?.state ?? 'never'])).toEqual([
      ['Ann', 'running'],
      ['Bob', 'unreachable'],
      ['Olive Owner', 'never'],
    ]);
  });

  it('ends when somebody ends it or its person leaves, and says nothing about them', async () => {
    const drill = await drillOf(ann, bob);
    await t.ask('POST', `/users/${bob.id}/deactivate`);
    expect((await read(drill)).people.at(-1)).toMatchObject({ state: 'ended', why: 'whom it was for left' });
    await t.ask('POST', `/drills/${drill.id}/end`);
    expect(await wordsOf(drill)).toMatchObject([
      'Ann, ended: ended: Olive Owner ended it',
      expect.stringContaining('left'),
    ]);
    expect(await statusOf('POST', `/drills/${drill.id}/end`)).toBe(409);
    expect(await findings()).toEqual([]);
  });
});

describe('who may drill', () => {
  it('is everybody themself, and admins others', async () => {
    const mine = await ann.ask<DrillView>('POST', '/drills/mine');
    await t.settle();
    expect(ann.read()).toEqual(['Drill: your own test page, acknowledge to finish']);
    const others = { of: { kind: 'people', userIds: [bob.id] } };
    await expect(ann.ask('POST', '/drills', others)).rejects.toThrow('403');
    const theirs = await drillOf(bob);
    await expect(ann.ask('POST', `/drills/${theirs.id}/end`)).rejects.toThrow('403');
    await ann.ask('POST', `/drills/${mine.id}/end`);
    expect((await read(mine)).people).toMatchObject([{ state: 'ended', why: 'Ann ended it' }]);
  });

  it('names people, a schedule, a policy, or everybody on call', async () => {
    const layers = [
      { name: 'Days', beginsAt: '2026-11-25T00:00', rotation: { kind: 'daily' }, turns: [{ userIds: [bob.id] }] },
    ];
    const schedule = await t.ask<{ id: string }>('POST', '/schedules', { name: 'Primary', timeZone: 'UTC', layers });
    const bySchedule = await t.ask<DrillView>('POST', '/drills', { of: { kind: 'schedule', scheduleId: schedule.id } });
    expect(bySchedule).toMatchObject({ title: 'On call by “Primary”', people: [{ userId: bob.id }] });
    await t.ask('POST', `/drills/${bySchedule.id}/end`);
    const { items } = await t.ask<{ items: { id: string }[] }>('GET', '/escalation-policies');
    const byPolicy = await t.ask<DrillView>('POST', '/drills', { of: { kind: 'policy', policyId: items[0]?.id } });
    expect(byPolicy.people.map(({ userName }) => userName)).toEqual(['Ann', 'Bob']);
    await t.ask('POST', `/drills/${byPolicy.id}/end`);
    const all = await t.ask<DrillView>('POST', '/drills', { of: { kind: 'on-call' } });
    expect(all.people.map(({ userName }) => userName)).toEqual(['Ann', 'Bob']);
    expect(await statusOf('POST', '/drills', { of: { kind: 'schedule', scheduleId: 'sch_nothing' } })).toBe(404);
    expect(await statusOf('POST', '/drills', { of: { kind: 'people', userIds: ['usr_nobody'] } })).toBe(400);
    expect(await t.ask('GET', '/drills')).toMatchObject({ items: [{ id: all.id }, { id: byPolicy.id }, {}] });
  });
});

describe('a planned drill', () => {
  const plan = (change: Partial<DrillPlanView> = {}) => ({
    plan: { every: 'week', weekday: 3, atTime: '10:30', ...change },
  });

  it('pages everybody on call at its time, spares whoever sleeps, and comes again', async () => {
    await bob.ask('PATCH', '/profile', { timeZone: 'America/Los_Angeles' });
    await t.escalateTo([{ userIds: [ann.id, bob.id], delaySeconds: 300 }]);
    expect(await t.ask('PUT', '/drill-plan', plan())).toMatchObject({ plan: { nextAt: '2026-11-25T10:30:00.000Z' } });
    t.clock.set('2026-11-25T10:29:50Z');
    await t.settle();
    expect(await t.ask('GET', '/drills')).toMatchObject({ items: [] });
    await t.advance(10);
    const { items } = await t.ask<{ items: DrillView[] }>('GET', '/drills');
    expect(items).toMatchObject([{ title: 'Everybody on call', askedBy: null }]);
    expect(items[0]?.people.map(({ userName, state, why }) => [userName, state, why])).toEqual([
      ['Ann', 'running', null],
      ['Bob', 'left-out', 'It is night for them.'],
    ]);
    expect(ann.read()).toEqual(['Drill: weekly test page, acknowledge to finish']);
    expect(await t.ask('GET', '/drill-plan')).toMatchObject({ plan: { nextAt: '2026-12-02T10:30:00.000Z' } });
  });

  it('is not made up for after an outage, and never outside business hours', async () => {
    await t.ask('PUT', '/drill-plan', plan());
    t.clock.set('2026-11-25T12:00:00Z');
    await t.settle();
    expect(await t.ask('GET', '/drills')).toMatchObject({ items: [] });
    expect(await t.ask('GET', '/drill-plan')).toMatchObject({ plan: { nextAt: '2026-12-02T10:30:00.000Z' } });
    expect(await statusOf('PUT', '/drill-plan', plan({ atTime: '03:00' }))).toBe(400);
    expect(await statusOf('PUT', '/drill-plan', plan({ weekday: 7 }))).toBe(400);
    expect(await statusOf('PUT', '/drill-plan', plan({ atTime: '25:00' }))).toBe(400);
    expect(await t.ask('PUT', '/drill-plan', { plan: null })).toEqual({ plan: null });
  });
});
