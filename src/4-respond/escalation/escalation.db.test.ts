import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Crew, createCrew, type Responder } from '#test/harness/crew.ts';
import type { PageView } from '../page/contract.ts';
import type { PagePlanView } from './contract.ts';

let t: Crew;
let olive: Responder;
let ann: Responder;
let bob: Responder;

beforeEach(async () => {
  t = await createCrew();
  olive = await t.equip(t.owner, 'Olive');
  [ann, bob] = [await t.hire('Ann'), await t.hire('Bob')];
});

afterEach(async () => {
  expect(t.errors).toEqual([]);
  await t.end();
});

const user = ({ id }: Responder) => ({ kind: 'user', userId: id });
const pagesOf = async (alertId: string) =>
  (await t.ask<{ items: PageView[] }>('GET', `/pages?alertId=${alertId}`)).items;
const page = async (alertId: string) => {
  const [newest] = await pagesOf(alertId);
  if (!newest) throw new Error('no page');
  return newest;
};
const paged = (who: Responder) => who.read().filter((title) => /^\[(PAGE|SEV\d)\]/.test(title)).length;

describe('a team', () => {
  it('is asked as it is when the step begins, and is not removed while a policy asks it', async () => {
    const team = await t.ask<{ id: string }>('POST', '/teams', { name: 'Payments', userIds: [ann.id] });
    await t.escalateTo([{ targets: [{ kind: 'team', teamId: team.id }], delaySeconds: 300 }], 1);
    await t.signal({ title: 'checkout is down' });
    expect([paged(ann), paged(bob)]).toEqual([1, 0]);
    await t.ask('PUT', `/teams/${team.id}`, { name: 'Payments', userIds: [ann.id, bob.id] });
    await t.advance(300);
    expect([paged(ann), paged(bob)]).toEqual([2, 1]);
    const plan = await t.ask<PagePlanView>('GET', '/oncall?severity=SEV1');
    expect(plan.steps[0]?.people.map(({ because }) => because)).toEqual([
      'in the team “Payments”',
      'in the team “Payments”',
    ]);
    expect(await t.call('DELETE', `/api/v1/teams/${team.id}`)).toMatchObject({
      status: 409,
      body: { detail: expect.stringContaining('the escalation policy “Default”') },
    });
  });

  it('that is empty is passed over at once, and the plan says so', async () => {
    const team = await t.ask<{ id: string }>('POST', '/teams', { name: 'Ghosts', userIds: [] });
    await t.escalateTo([
      { targets: [{ kind: 'team', teamId: team.id }], delaySeconds: 300 },
      { userIds: [bob.id], delaySeconds: 300 },
    ]);
    await t.signal({ title: 'checkout is down' });
    expect(paged(bob)).toBe(1);
    const plan = await t.ask<PagePlanView>('GET', '/oncall?severity=SEV1');
    expect(plan.findings).toContain('Nobody is in the team “Ghosts”.');
  });
});

describe('a step by turns', () => {
  it('asks the next person with every page, and says whose turn it is', async () => {
    await t.escalateTo([{ targets: [user(ann), user(bob)], ask: 'round-robin', delaySeconds: 300 }]);
    await t.signal({ title: 'one' });
    expect([paged(ann), paged(bob)]).toEqual([1, 0]);
    const plan = await t.ask<PagePlanView>('GET', '/oncall?severity=SEV1');
    expect(plan.steps[0]).toMatchObject({ byTurns: true, people: [{ userId: bob.id }] });
    await t.signal({ title: 'two' });
    expect([paged(ann), paged(bob)]).toEqual([1, 1]);
    await t.signal({ title: 'three' });
    expect([paged(ann), paged(bob)]).toEqual([2, 1]);
  });

  it('gives no turn to two pages that begin at once', async () => {
    await t.escalateTo([{ targets: [user(ann), user(bob)], ask: 'round-robin', delaySeconds: 300 }]);
    await Promise.all(['one', 'two', 'three', 'four'].map((title) => t.signal({ title })));
    expect([paged(ann), paged(bob)]).toEqual([2, 2]);
  });
});

describe('a policy that wants everybody', () => {
  beforeEach(() =>
    t.escalateTo([{ targets: [user(ann), user(bob)], delaySeconds: 300 }], 1, { acknowledgement: 'all' }),
  );

  it('keeps asking whoever has not acknowledged, and nobody else', async () => {
    const alertId = await t.signal({ title: 'checkout is down' });
    const { id } = await page(alertId);
    await ann.ask('POST', `/pages/${id}/acknowledge`);
    await ann.ask('POST', `/pages/${id}/acknowledge`);
    await t.settle();
    expect(await page(alertId)).toMatchObject({ state: 'open', answers: [{ userId: ann.id }] });
    await t.advance(300);
    expect([paged(ann), paged(bob)]).toEqual([1, 2]);
    await bob.ask('POST', `/pages/${id}/acknowledge`);
    await t.advance(3_600);
    expect(await page(alertId)).toMatchObject({ state: 'acknowledged', acknowledgedBy: bob.id });
    expect([paged(ann), paged(bob)]).toEqual([1, 2]);
  });

  it('does not wait for somebody who has left', async () => {
    const alertId = await t.signal({ title: 'checkout is down' });
    await t.ask('POST', `/users/${bob.id}/deactivate`);
    await ann.ask('POST', `/pages/${(await page(alertId)).id}/acknowledge`);
    expect(await page(alertId)).toMatchObject({ state: 'acknowledged', acknowledgedBy: ann.id });
  });
});

describe('an acknowledgement that runs out', () => {
  beforeEach(() => t.escalateTo([{ userIds: [ann.id], delaySeconds: 300 }], 0, { acknowledgeTimeoutSeconds: 1_800 }));

  it('begins paging again with a page of its own', async () => {
    const alertId = await t.signal({ title: 'checkout is down' });
    await ann.ask('POST', `/pages/${(await page(alertId)).id}/acknowledge`);
    await t.advance(1_790);
    expect(paged(ann)).toBe(1);
    await t.advance(15);
    expect(paged(ann)).toBe(2);
    expect(await pagesOf(alertId)).toMatchObject([
      { state: 'open' },
      { state: 'stopped', stopReason: 'the acknowledgement ran out', acknowledgedBy: ann.id },
    ]);
  });

  it('is renewed by acknowledging again', async () => {
    const alertId = await t.signal({ title: 'checkout is down' });
    const { id } = await page(alertId);
    await ann.ask('POST', `/pages/${id}/acknowledge`);
    await t.advance(1_200);
    await ann.ask('POST', `/pages/${id}/acknowledge`);
    await t.advance(1_200);
    expect(paged(ann)).toBe(1);
    await t.advance(610);
    expect(paged(ann)).toBe(2);
  });

  it('asks nobody once the trouble is over', async () => {
    const alertId = await t.signal({ title: 'checkout is down' });
    await ann.ask('POST', `/pages/${(await page(alertId)).id}/acknowledge`);
    await t.ask('POST', `/alerts/${alertId}/close`);
    await t.advance(3_600);
    expect(paged(ann)).toBe(1);
  });
});

it('a policy that names what is not there, or leaves out some pages, is refused by field', async () => {
  const refused = async (step: object) => {
    const body = { name: 'Odd', steps: [{ delaySeconds: 300, ...step }] };
    return (await t.call('POST', '/api/v1/escalation-policies', body)).body;
  };
  expect(await refused({ targets: [{ kind: 'team', teamId: 'team_none' }] })).toMatchObject({
    errors: [{ path: 'body.steps.0.targets', message: 'there is no team team_none' }],
  });
  expect(await refused({ targets: [{ kind: 'schedule', scheduleId: 'sch_none' }] })).toMatchObject({
    errors: [{ path: 'body.steps.0.targets', message: 'there is no on-call schedule sch_none' }],
  });
  expect(await refused({ userIds: [ann.id], onlyUrgency: 'high' })).toMatchObject({
    errors: [{ path: 'body.steps', message: expect.stringContaining('low urgency') }],
  });
});

describe('a page by hand', () => {
  it('asks whom it names in the words of whoever asks, and can be withdrawn', async () => {
    const made = await ann.ask<PageView>('POST', '/pages', {
      title: 'Please look at the ledger',
      note: 'Balances drift since noon.',
      targets: [user(bob)],
    });
    await t.settle();
    expect(made).toMatchObject({ cause: 'by-hand', askedBy: ann.id, state: 'open' });
    expect(bob.read()).toEqual(['[PAGE] Please look at the ledger']);
    expect(bob.phone()[0]?.message).toContain('Ann asks: Balances drift since noon.');
    expect(bob.phone()[0]?.message).toContain('Why you: Ann asks for you by hand.');
    await t.advance(300);
    expect(bob.read()).toHaveLength(2);
    await ann.ask('POST', `/pages/${made.id}/withdraw`);
    await t.advance(900);
    expect(bob.read().slice(2)).toEqual(['Withdrawn: Please look at the ledger']);
    expect((await t.call('POST', `/api/v1/pages/${made.id}/withdraw`)).status).toBe(409);
    expect(olive.read()).toEqual([]);
  });

  it('that is answered ends when somebody says that it is done', async () => {
    const { id } = await ann.ask<PageView>('POST', '/pages', { title: 'Look', targets: [user(bob)] });
    await t.settle();
    await bob.ask('POST', `/pages/${id}/acknowledge`);
    expect(await ann.ask('POST', `/pages/${id}/withdraw`)).toMatchObject({
      state: 'stopped',
      stopReason: 'done',
      acknowledgedBy: bob.id,
    });
    await t.settle();
    expect(bob.read().at(-1)).toBe('Done: Look');
  });

  it('names somebody who is there', async () => {
    const answer = await t.call('POST', '/api/v1/pages', { title: 'x', targets: [{ kind: 'user', userId: 'usr_no' }] });
    expect(answer).toMatchObject({ status: 400, body: { errors: [{ path: 'body.targets' }] } });
  });
});

describe('a schedule', () => {
  const schedule = async (...people: Responder[]) =>
    t.ask<{ id: string }>('POST', '/schedules', {
      name: 'Primary',
      timeZone: 'UTC',
      layers: [
        {
          name: 'Days',
          beginsAt: '2020-01-06T00:00',
          rotation: { kind: 'daily', every: 1 },
          turns: people.map(({ id }) => ({ userIds: [id] })),
        },
      ],
    });

  it('is asked for who is on call when the step begins, for who is next, and is not removed meanwhile', async () => {
    const { id } = await schedule(ann, bob);
    const target = (who: string) => ({ kind: 'schedule', scheduleId: id, who });
    await t.escalateTo([
      { targets: [target('current')], delaySeconds: 300 },
      { targets: [target('next')], delaySeconds: 300 },
    ]);
    const plan = await t.ask<PagePlanView>('GET', '/oncall?severity=SEV1');
    const order = plan.steps.map(({ people: [first] }) => first?.userId);
    expect(order.toSorted()).toEqual([ann.id, bob.id].toSorted());
    const others = [ann, bob].find(({ id: one }) => one !== order[0]);
    expect(plan.steps[0]?.people[0]?.because).toMatch(
      new RegExp(`^on call by “Primary” until .*, then ${others?.name}$`),
    );
    await t.signal({ title: 'checkout is down' });
    const [first, second] = order[0] === ann.id ? [ann, bob] : [bob, ann];
    expect([paged(first), paged(second)]).toEqual([1, 0]);
    await t.advance(300);
    expect([paged(first), paged(second)]).toEqual([1, 1]);
    expect(await t.call('DELETE', `/api/v1/schedules/${id}`)).toMatchObject({
      status: 409,
      body: { detail: expect.stringContaining('the escalation policy “Default”') },
    });
  });

  it('with nobody on call is passed over at once, and the plan says until when', async () => {
    const { id } = await t.ask<{ id: string }>('POST', '/schedules', {
      name: 'Nights',
      timeZone: 'UTC',
      layers: [
        { name: 'A', beginsAt: '2020-01-06T00:00', rotation: { kind: 'daily', every: 1 }, turns: [{ userIds: [] }] },
      ],
    });
    await t.escalateTo([
      { targets: [{ kind: 'schedule', scheduleId: id }], delaySeconds: 300 },
      { userIds: [bob.id], delaySeconds: 300 },
    ]);
    await t.signal({ title: 'checkout is down' });
    expect(paged(bob)).toBe(1);
    const plan = await t.ask<PagePlanView>('GET', '/oncall?severity=SEV1');
    expect(plan.findings).toContain('Nobody is on call by “Nights”.');
  });
});
