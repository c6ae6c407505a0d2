import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Crew, createCrew, type Responder } from '#test/harness/crew.ts';
import { createSlackServer, type SlackServer } from '#test/harness/slack.ts';
import { waitFor } from '#test/harness/wait-for.ts';
import type { ChatGroupView } from './contract.ts';

let t: Crew;
let slack: SlackServer;
let ann: Responder;
let bob: Responder;
let scheduleId: string;

const members = () => slack.groups.get('SONCALL');
const calls = () => slack.attempts.filter(({ path }) => path.includes('usergroups.users.update')).length;
const read = async () =>
  (await t.ask<{ group: ChatGroupView | null }>('GET', `/schedules/${scheduleId}/chat-group`)).group;
const follow = async (groupId: string | null = 'SONCALL') => {
  await t.ask('PUT', `/schedules/${scheduleId}/chat-group`, { groupId });
  await t.settle();
};
const connect = async () => {
  const { botToken, signingSecret } = slack;
  await t.ask('PUT', '/chat-settings', { kind: 'slack', botToken, signingSecret });
  await t.settle();
};
const addSlack = async (who: Responder, address: string) => {
  const { id } = await who.ask<{ id: string }>('POST', '/contact-methods', { kind: 'slack', address });
  await t.settle();
  const code = /Code: (\d{6})/.exec(slack.messages.at(-1)?.words ?? '')?.[1];
  await who.ask('POST', `/contact-methods/${id}/verify`, { code });
  await t.settle();
  return id;
};
const override = async (kind: string, userId: string, startsAt: string, endsAt: string) => {
  const made = await t.ask<{ id: string }>('POST', `/schedules/${scheduleId}/overrides`, {
    kind,
    userId,
    startsAt,
    endsAt,
  });
  await t.settle();
  return made.id;
};

const layer = () => ({
  name: 'Days',
  beginsAt: '2026-11-25T09:00',
  rotation: { kind: 'daily' },
  turns: [{ userIds: [ann.id] }, { userIds: [bob.id] }],
});

// Ann has Wednesday from nine, Bob Thursday, and so on.
beforeEach(async () => {
  slack = await createSlackServer({
    'ann@example.com': 'UANN123',
    'bob@example.com': 'UBOB123',
    'owner@x.com': 'UOWN',
  });
  t = await createCrew({ start: '2026-11-25T09:00:00Z', timeZone: 'UTC', env: { ALLCLEAR_SLACK_URL: slack.url } });
  [ann, bob] = [await t.hire('Ann'), await t.hire('Bob')];
  const made = await t.ask<{ id: string }>('POST', '/schedules', {
    name: 'Primary',
    timeZone: 'UTC',
    layers: [layer()],
  });
  scheduleId = made.id;
});
afterEach(async () => {
  expect(t.errors).toEqual([]);
  await t.end();
  await slack.close();
});

describe('a Slack user group that follows a schedule', () => {
  it('has whoever is on call in it, from the moment it is named and at every change of shift', async () => {
    await connect();
    await addSlack(ann, 'UANN123');
    await addSlack(bob, 'bob@example.com');
    await follow();
    expect(members()).toEqual(['UANN123']);
    expect(await read()).toMatchObject({
      handle: 'oncall',
      userIds: [ann.id],
      setAt: '2026-11-25T09:00:00.000Z',
      missingUserIds: [],
      kept: null,
      problem: null,
    });
    t.clock.set('2026-11-26T08:59:00Z');
    await t.settle();
    expect(members()).toEqual(['UANN123']);
    await t.advance(60);
    expect(members()).toEqual(['UBOB123']);
    t.clock.set('2026-11-27T09:00:00Z');
    await t.settle();
    expect(members()).toEqual(['UANN123']);
  });

  it('follows overrides, absences and edits at once, all at a time, and asks Slack only when somebody else is on call', async () => {
    await connect();
    await addSlack(ann, 'UANN123');
    await addSlack(bob, 'UBOB123');
    await follow();
    const added = await override('add', bob.id, '2026-11-25T09:00:00Z', '2026-11-25T12:00:00Z');
    expect(members()).toEqual(['UANN123', 'UBOB123']);
    await t.ask('DELETE', `/schedule-overrides/${added}`);
    await t.settle();
    expect(members()).toEqual(['UANN123']);
    const before = calls();
    await override('add', bob.id, '2026-11-25T20:00:00Z', '2026-11-25T21:00:00Z');
    expect(calls()).toBe(before);
    await override('replace', bob.id, '2026-11-25T09:00:00Z', '2026-11-25T10:00:00Z');
    expect(members()).toEqual(['UBOB123']);
    await t.advance(3_600);
    expect(members()).toEqual(['UANN123']);
    await ann.ask('POST', '/absences', { startsAt: '2026-11-25T10:00:00Z', endsAt: '2026-11-25T11:00:00Z' });
    await t.settle();
    // Nobody is on call: Slack takes no empty group.
    expect(members()).toEqual(['UANN123']);
    expect((await read())?.kept).toContain('Nobody is on call');
    await t.advance(3_600);
    expect(await read()).toMatchObject({ kept: null, userIds: [ann.id] });
  });

  it('names whoever has no Slack, keeps the last when nobody has, and follows once somebody has', async () => {
    await connect();
    await follow();
    expect(members()).toEqual(['USOMEBODY']);
    expect(await read()).toMatchObject({
      setAt: null,
      missingUserIds: [ann.id],
      kept: expect.stringContaining('Nobody on call has a verified Slack'),
    });
    const methodId = await addSlack(ann, 'UANN123');
    expect(members()).toEqual(['UANN123']);
    await override('add', bob.id, '2026-11-25T09:00:00Z', '2026-11-25T12:00:00Z');
    expect(await read()).toMatchObject({ userIds: [ann.id], missingUserIds: [bob.id], kept: null });
    await ann.ask('DELETE', `/contact-methods/${methodId}`);
    await t.settle();
    expect(members()).toEqual(['UANN123']);
    expect(await read()).toMatchObject({ missingUserIds: [ann.id, bob.id] });
  });

  it.each([
    ['missing_scope', 'missing_scope: the Slack app lacks usergroups:write'],
    ['permission_denied', 'permission_denied: Slack lets only some people change user groups'],
    ['no_such_subteam', 'no_such_subteam: Slack has no such user group'],
    ['something_new', 'Slack answered: something_new'],
  ])('says what Slack refuses (%s), tries again, and is right once it is mended', async (error, why) => {
    await connect();
    await addSlack(ann, 'UANN123');
    slack.refuseGroups(error);
    await follow();
    expect(await read()).toMatchObject({
      problem: expect.stringContaining(why),
      nextTryAt: '2026-11-25T09:15:00.000Z',
      setAt: null,
    });
    expect(calls()).toBe(1);
    const now = await t.ask<{ group: ChatGroupView }>('POST', `/schedules/${scheduleId}/chat-group/set`);
    expect(now.group.problem).toContain(why);
    slack.refuseGroups(null);
    await t.advance(901);
    expect(members()).toEqual(['UANN123']);
    expect(await read()).toMatchObject({ problem: null, nextTryAt: null, userIds: [ann.id] });
  });

  it('waits while Slack fails, as long as it asks for, and gives the newest answer in the end', async () => {
    await connect();
    await addSlack(ann, 'UANN123');
    await addSlack(bob, 'UBOB123');
    slack.setMood({ kind: 'status', status: 429, headers: { 'retry-after': '30' } });
    await follow();
    expect(await read()).toMatchObject({ problem: expect.any(String), nextTryAt: '2026-11-25T09:00:30.000Z' });
    await override('replace', bob.id, '2026-11-25T09:00:00Z', '2026-11-25T12:00:00Z');
    slack.setMood({ kind: 'hang-up' });
    await t.advance(35);
    slack.setMood({ kind: 'well' });
    await t.advance(60);
    expect(members()).toEqual(['UBOB123']);
    expect(await read()).toMatchObject({ problem: null, userIds: [bob.id] });
  });

  it('lets no older answer win: what changes while Slack is being told is told after it', async () => {
    await connect();
    await addSlack(ann, 'UANN123');
    await addSlack(bob, 'UBOB123');
    await follow();
    const before = calls();
    slack.setMood({ kind: 'slow', ms: 500 });
    const slow = t.ask('POST', `/schedules/${scheduleId}/chat-group/set`);
    await waitFor('Slack to be told', async () => calls() > before);
    slack.setMood({ kind: 'well' });
    await override('replace', bob.id, '2026-11-25T09:00:00Z', '2026-11-25T12:00:00Z');
    // Whoever tells Slack still has the group.
    expect(calls()).toBe(before + 1);
    await slow;
    await t.settle();
    expect(members()).toEqual(['UBOB123']);
  });

  it('is said not to be connected while Slack is not, and follows as soon as it is', async () => {
    await connect();
    await addSlack(ann, 'UANN123');
    await t.ask('DELETE', '/chat-settings/slack');
    await follow();
    expect((await read())?.problem).toContain('Slack is not connected');
    await connect();
    expect(members()).toEqual(['UANN123']);
  });

  it('follows one schedule, is put right after it was changed by hand, and is left alone when it follows none', async () => {
    await connect();
    await addSlack(ann, 'UANN123');
    await follow();
    const { id } = await t.ask<{ id: string }>('POST', '/schedules', {
      name: 'Other',
      timeZone: 'UTC',
      layers: [layer()],
    });
    const taken = await t.call('PUT', `/api/v1/schedules/${id}/chat-group`, { groupId: 'SONCALL' });
    expect([taken.status, JSON.stringify(taken.body)]).toEqual([409, expect.stringContaining('“Primary” already')]);
    (slack.groups as Map<string, readonly string[]>).set('SONCALL', ['USTRANGER']);
    t.clock.set('2026-11-25T15:00:01Z');
    await t.settle();
    expect(members()).toEqual(['UANN123']);
    await follow(null);
    expect(await read()).toBeNull();
    const before = calls();
    t.clock.set('2026-11-26T10:00:00Z');
    await t.settle();
    expect(calls()).toBe(before);
    for (const groupId of ['oncall', '@oncall', 's0615', 'S<script>'])
      expect((await t.call('PUT', `/api/v1/schedules/${id}/chat-group`, { groupId })).status).toBe(400);
    expect((await t.call('POST', `/api/v1/schedules/${id}/chat-group/set`)).status).toBe(404);
  });

  it('is forgotten with its schedule', async () => {
    await connect();
    await addSlack(ann, 'UANN123');
    await follow();
    await t.ask('DELETE', `/schedules/${scheduleId}`);
    await t.settle();
    const { rows } = await t.database.pool.query('select 1 from chat_group');
    expect(rows).toEqual([]);
    expect(members()).toEqual(['UANN123']);
  });
});
