import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Crew, createCrew, type Responder } from '#test/harness/crew.ts';
import {
  createDiscordServer,
  DISCORD_ROLE,
  DISCORD_SERVER,
  DISCORD_STRANGER,
  type DiscordServer,
} from '#test/harness/discord.ts';
import { createMattermostServer, type MattermostServer } from '#test/harness/mattermost.ts';
import type { ChatGroupView } from './contract.ts';

const ANN = '80351110224678912';
const BOB = '80351110224678999';
const ROLE = `${DISCORD_SERVER}/${DISCORD_ROLE}`;

let t: Crew;
let mattermost: MattermostServer;
let discord: DiscordServer;
let ann: Responder;
let bob: Responder;
let scheduleId: string;

const read = async () =>
  (await t.ask<{ group: ChatGroupView | null }>('GET', `/schedules/${scheduleId}/chat-group`)).group;
const follow = async (kind: string, groupId: string | null) => {
  await t.ask('PUT', `/schedules/${scheduleId}/chat-group`, { kind, groupId });
  await t.settle();
};
const override = async (kind: string, userId: string, startsAt: string, endsAt: string) => {
  await t.ask('POST', `/schedules/${scheduleId}/overrides`, { kind, userId, startsAt, endsAt });
  await t.settle();
};
const layer = () => ({
  name: 'Days',
  beginsAt: '2026-11-25T09:00',
  rotation: { kind: 'daily' },
  turns: [{ userIds: [ann.id] }, { userIds: [bob.id] }],
});

// Ann has Wednesday from nine, Bob Thursday, and so on.
beforeEach(async () => {
  mattermost = await createMattermostServer({ annie: 'ann@example.com', bobby: 'elsewhere@example.com' });
  discord = await createDiscordServer([ANN, BOB]);
  t = await createCrew({ start: '2026-11-25T09:00:00Z', timeZone: 'UTC', env: { ALLCLEAR_DISCORD_URL: discord.url } });
  [ann, bob] = [await t.hire('Ann'), await t.hire('Bob')];
  const made = { name: 'Primary', timeZone: 'UTC', layers: [layer()] };
  scheduleId = (await t.ask<{ id: string }>('POST', '/schedules', made)).id;
});
afterEach(async () => {
  expect(t.errors).toEqual([]);
  await t.end();
  await mattermost.close();
  await discord.close();
});

/** What came by a chat last has the code of a contact method. */
const verify = async (who: Responder, kind: string, address: string, words: () => string | undefined) => {
  const { id } = await who.ask<{ id: string }>('POST', '/contact-methods', { kind, address });
  await t.settle();
  await who.ask('POST', `/contact-methods/${id}/verify`, { code: /Code: (\d{6})/.exec(words() ?? '')?.[1] });
  await t.settle();
};

describe('a custom group of Mattermost that follows a schedule', () => {
  const members = () => [...(mattermost.groups.get('oncall') ?? [])].toSorted();
  const changes = () => mattermost.attempts.filter(({ path, method }) => path.includes('/members') && method !== 'GET');
  const connect = async () => {
    await t.ask('PUT', '/chat-settings', { kind: 'mattermost', url: mattermost.url, botToken: mattermost.botToken });
    await t.settle();
  };

  it('has whoever is on call in it and nobody else, by contact method or mail address, at every change', async () => {
    await connect();
    await follow('mattermost', '@oncall');
    expect(members()).toEqual(['annie']);
    expect(await read()).toMatchObject({ kind: 'mattermost', handle: 'oncall', userIds: [ann.id], problem: null });
    // Bob's mail address is another one there.
    t.clock.set('2026-11-26T09:00:00Z');
    await t.settle();
    expect(members()).toEqual([]);
    expect(await read()).toMatchObject({ userIds: [], missingUserIds: [bob.id], kept: null });
    await verify(bob, 'mattermost', 'bobby', () => mattermost.messages.at(-1)?.words);
    expect(members()).toEqual(['bobby']);
    await override('add', ann.id, '2026-11-26T09:00:00Z', '2026-11-26T12:00:00Z');
    expect(members()).toEqual(['annie', 'bobby']);
    await t.advance(3 * 3_600);
    expect(members()).toEqual(['bobby']);
  });

  it('is empty while nobody is on call', async () => {
    await connect();
    await follow('mattermost', 'oncall');
    await ann.ask('POST', '/absences', { startsAt: '2026-11-25T09:00:00Z', endsAt: '2026-11-25T12:00:00Z' });
    await t.settle();
    expect(members()).toEqual([]);
    expect(await read()).toMatchObject({ userIds: [], missingUserIds: [], kept: null, problem: null });
  });

  it('changes nothing that is right, and puts right within six hours what was changed by hand', async () => {
    await connect();
    await follow('mattermost', 'oncall');
    const before = changes().length;
    await t.ask('POST', `/schedules/${scheduleId}/chat-group/set`);
    expect(changes()).toHaveLength(before);
    mattermost.groups.get('oncall')?.add('stranger');
    t.clock.set('2026-11-25T15:00:01Z');
    await t.settle();
    expect(members()).toEqual(['annie']);
  });

  it.each([
    ['api.custom_groups.license_error', 400, 'only with its Professional or Enterprise licence'],
    ['api.custom_groups.feature_disabled', 400, 'custom groups are switched off'],
    ['api.context.permissions.app_error', 403, 'the bot may not change the members of this group'],
  ])('says what Mattermost refuses (%s), and is right once it is mended', async (error, status, why) => {
    await connect();
    mattermost.refuseGroups(error, status);
    await follow('mattermost', 'oncall');
    expect(await read()).toMatchObject({
      problem: expect.stringContaining(why),
      nextTryAt: '2026-11-25T09:15:00.000Z',
      setAt: null,
    });
    mattermost.refuseGroups(null);
    await t.advance(901);
    expect(members()).toEqual(['annie']);
    expect(await read()).toMatchObject({ problem: null, userIds: [ann.id] });
  });

  it('waits as long as Mattermost asks for', async () => {
    await connect();
    mattermost.setMood({ kind: 'status', status: 429, headers: { 'retry-after': '30' } });
    await follow('mattermost', 'oncall');
    expect(await read()).toMatchObject({ problem: expect.any(String), nextTryAt: '2026-11-25T09:00:30.000Z' });
    mattermost.setMood({ kind: 'well' });
    await t.advance(31);
    expect(members()).toEqual(['annie']);
  });

  it('says that a group is not there, or that nothing is connected, and takes no other name for it', async () => {
    await follow('mattermost', 'oncall');
    expect((await read())?.problem).toContain('Mattermost is not connected');
    await connect();
    await follow('mattermost', 'oncal');
    expect((await read())?.problem).toContain('no custom group @oncal that');
    expect(members()).toEqual(['annie']);
    for (const groupId of ['On Call', 'S0615G0KT', 'a/b', ''])
      expect(
        (await t.call('PUT', `/api/v1/schedules/${scheduleId}/chat-group`, { kind: 'mattermost', groupId })).status,
      ).toBe(400);
    mattermost.revoke();
    await follow('mattermost', 'oncall');
    expect((await read())?.problem).toContain('access token is not valid');
  });
});

describe('a role in Discord that follows a schedule', () => {
  const members = () => [...(discord.roles.get(ROLE) ?? [])].toSorted();
  const connect = async () => {
    const { botToken, publicKey } = discord;
    await t.ask('PUT', '/chat-settings', { kind: 'discord', botToken, publicKey });
    await t.settle();
  };
  const ready = async () => {
    await connect();
    await verify(ann, 'discord', ANN, () => discord.messages.at(-1)?.words);
    await verify(bob, 'discord', BOB, () => discord.messages.at(-1)?.words);
  };
  const withStranger = (...ids: string[]) => [...ids, DISCORD_STRANGER].toSorted();

  it('is given to whoever is on call and taken from who was; who had it by hand keeps it', async () => {
    await ready();
    await follow('discord', ROLE);
    expect(members()).toEqual(withStranger(ANN));
    expect(await read()).toMatchObject({ kind: 'discord', handle: 'On call', userIds: [ann.id], problem: null });
    t.clock.set('2026-11-26T09:00:00Z');
    await t.settle();
    expect(members()).toEqual(withStranger(BOB));
    await override('remove', bob.id, '2026-11-26T09:00:00Z', '2026-11-26T12:00:00Z');
    expect(members()).toEqual(withStranger());
    expect(await read()).toMatchObject({ userIds: [], kept: null });
  });

  it('takes the role from everybody who may have got it, also where tries broke off halfway', async () => {
    await ready();
    await follow('discord', ROLE);
    discord.refuseRoles(50_013, 'DELETE');
    await override('replace', bob.id, '2026-11-25T09:00:00Z', '2026-11-25T12:00:00Z');
    expect(members()).toEqual(withStranger(ANN, BOB));
    expect((await read())?.problem).toContain('50013: the bot may not give this role');
    // By the time that it works again, nobody of them is on call.
    await override('remove', bob.id, '2026-11-25T09:00:00Z', '2026-11-25T12:00:00Z');
    discord.refuseRoles(null);
    await t.advance(901);
    expect(members()).toEqual(withStranger());
    expect(await read()).toMatchObject({ problem: null, userIds: [] });
  });

  it('names who is not in the server, and gives up nobody else for it', async () => {
    await ready();
    await override('add', bob.id, '2026-11-25T09:00:00Z', '2026-11-25T12:00:00Z');
    discord.leave(ANN);
    await follow('discord', ROLE);
    expect(members()).toEqual(withStranger(BOB));
    expect(await read()).toMatchObject({ userIds: [bob.id], missingUserIds: [ann.id], problem: null });
  });

  it.each([
    [`410000000000000009/${DISCORD_ROLE}`, '10004: the bot is in no server'],
    [`${DISCORD_SERVER}/420000000000000009`, '10011: this server has no role'],
  ])('says what Discord does not know (%s)', async (groupId, why) => {
    await ready();
    await follow('discord', groupId);
    expect((await read())?.problem).toContain(why);
  });

  it('waits as long as Discord asks for, and takes ids of servers and roles only', async () => {
    await ready();
    discord.throttle(12);
    await follow('discord', ROLE);
    expect(await read()).toMatchObject({ problem: 'Discord asks to wait.', nextTryAt: '2026-11-25T09:00:12.000Z' });
    discord.throttle(0);
    await t.advance(13);
    expect(members()).toEqual(withStranger(ANN));
    for (const groupId of [DISCORD_ROLE, 'oncall', `${ROLE}/1`, `${DISCORD_SERVER}/x`])
      expect(
        (await t.call('PUT', `/api/v1/schedules/${scheduleId}/chat-group`, { kind: 'discord', groupId })).status,
      ).toBe(400);
  });

  it('can be the group of one schedule at a time, and the schedule may change to another chat', async () => {
    await ready();
    await follow('discord', ROLE);
    const other = { name: 'Other', timeZone: 'UTC', layers: [layer()] };
    const { id } = await t.ask<{ id: string }>('POST', '/schedules', other);
    const taken = await t.call('PUT', `/api/v1/schedules/${id}/chat-group`, { kind: 'discord', groupId: ROLE });
    expect([taken.status, JSON.stringify(taken.body)]).toEqual([409, expect.stringContaining('“Primary” already')]);
    await follow('mattermost', 'oncall');
    expect(await read()).toMatchObject({ kind: 'mattermost', groupId: 'oncall', setAt: null });
  });
});
