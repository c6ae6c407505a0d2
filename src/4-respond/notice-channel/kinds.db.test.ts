import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Crew, createCrew, hireAnnAndBob, type Responder } from '#test/harness/crew.ts';
import { createDiscordServer, type DiscordServer } from '#test/harness/discord.ts';
import { createMattermostServer, type MattermostServer } from '#test/harness/mattermost.ts';
import { createTeamsServer, type TeamsServer } from '#test/harness/teams.ts';
import { createTelegramServer, type TelegramServer } from '#test/harness/telegram.ts';
import type { PageView } from '../page/contract.ts';
import type { NoticeChannelView } from './contract.ts';

const ROOM = '4xp9fdt77pncbef59f4k1qe83o';
const PLACE = '114648356341135365';
const ANN = '80351110224678912';
const GROUP = '-1001234567890';

let t: Crew;
let ann: Responder;
let bob: Responder;
let mattermost: MattermostServer;
let discord: DiscordServer;
let telegram: TelegramServer;
let teams: TeamsServer;

beforeEach(async () => {
  mattermost = await createMattermostServer({ ann: 'ann@example.com', bob: 'bob@example.com' }, [ROOM]);
  discord = await createDiscordServer([ANN], [PLACE]);
  telegram = await createTelegramServer();
  telegram.join(GROUP);
  teams = await createTeamsServer();
  t = await createCrew({
    env: {
      ALLCLEAR_DISCORD_URL: discord.url,
      ALLCLEAR_TELEGRAM_URL: telegram.url,
      ALLCLEAR_PUBLIC_URL: 'https://allclear.example.com',
    },
  });
  [ann, bob] = await hireAnnAndBob(t);
});

afterEach(async () => {
  await t.end();
  for (const server of [mattermost, discord, telegram, teams]) await server.close();
});

type Kind = 'mattermost' | 'discord' | 'telegram' | 'teams';
const addressOf = (kind: Kind) => ({ mattermost: ROOM, discord: PLACE, telegram: GROUP, teams: teams.url })[kind];
const tokensOf = (kind: Kind) =>
  ({
    mattermost: { url: mattermost.url, botToken: mattermost.botToken },
    discord: { botToken: discord.botToken, publicKey: discord.publicKey },
    telegram: { botToken: telegram.botToken },
    teams: null,
  })[kind];
const connect = async (kind: Kind) => {
  const tokens = tokensOf(kind);
  if (tokens !== null) await t.ask('PUT', '/chat-settings', { kind, ...tokens });
};
const add = async (kind: Kind, rest: object = {}) => {
  await connect(kind);
  return t.ask<NoticeChannelView>('POST', '/notice-channels', {
    name: 'Operations',
    kind,
    address: addressOf(kind),
    ...rest,
  });
};
/** The words of what a place shows, in the order in which it came. */
const heard = (kind: Kind): string[] =>
  ({
    mattermost: () => mattermost.messages.map(({ words }) => words),
    discord: () => discord.messages.map(({ words }) => words),
    telegram: () => telegram.messages.map(({ text }) => text),
    teams: () => teams.messages.map(({ words }) => words),
  })[kind]();
const firstLines = (kind: Kind) => heard(kind).map((words) => words.split('\n')[0]);
const problemOf = async ({ id }: NoticeChannelView) =>
  (await t.ask<{ items: NoticeChannelView[] }>('GET', '/notice-channels')).items.find((one) => one.id === id)?.problem;
const KINDS = ['mattermost', 'discord', 'telegram', 'teams'] as const;

describe.each(KINDS)('a channel in %s', (kind) => {
  it('hears what begins, who is on it and what is over, as it was written', async () => {
    const channel = await add(kind);
    expect(channel.address).toBe(addressOf(kind));
    expect(await t.ask('POST', `/notice-channels/${channel.id}/test`)).toMatchObject({ ok: true });
    const alertId = await t.signal({ title: 'Shop <b>&' });
    await ann.ask('POST', `/alerts/${alertId}/acknowledge`);
    await t.settle();
    await t.signal({ title: 'Shop <b>&', status: 'resolved' });
    const plain = (line: string | undefined) => line?.replaceAll(/[\\​]/g, '');
    expect(firstLines(kind).map(plain)).toEqual([
      'Test: Operations hears of alerts',
      'Down: Shop <b>&',
      'Acknowledged: Shop <b>&',
      'Recovered: Shop <b>&',
    ]);
    expect(heard(kind)[2]).toContain('Ann is on it.');
  });

  it('is left alone for as long as it asks, and hears it then', async () => {
    await add(kind);
    const again = throttle(kind, 40);
    await t.signal({ title: 'Shop' });
    await t.advance(30);
    again();
    expect(heard(kind)).toEqual([]);
    await t.advance(20);
    expect(firstLines(kind)).toEqual(['Down: Shop']);
  });

  it('is tried again when its server is away', async () => {
    await add(kind);
    const server = { mattermost, discord, telegram, teams }[kind];
    server.setMood({ kind: 'status', status: 503 });
    await t.signal({ title: 'Shop' });
    server.setMood({ kind: 'well' });
    await t.advance(5);
    expect(firstLines(kind)).toEqual(['Down: Shop']);
  });

  it('that is gone is told to whoever looks at the channels, until something arrives again', async () => {
    const channel = await add(kind);
    expect(await problemOf(channel)).toBeNull();
    lose(kind);
    await t.signal({ title: 'Shop' });
    const why = {
      mattermost: 'This channel is archived in Mattermost.',
      discord: 'Discord has no such channel (any more).',
      telegram: 'The bot was blocked or thrown out, or its chat was deleted in Telegram.',
      teams: 'The workflow exists no more in Teams.',
    }[kind];
    expect(await problemOf(channel)).toBe(`The last message did not arrive: ${why}`);
    expect(await t.ask('POST', `/notice-channels/${channel.id}/test`)).toMatchObject({ ok: false, message: why });
  });
});

/** The next requests are told to wait; answers with the way to stop that. */
function throttle(kind: Kind, seconds: number): () => void {
  if (kind === 'discord' || kind === 'telegram') {
    const server = kind === 'discord' ? discord : telegram;
    server.throttle(seconds);
    return () => server.throttle(0);
  }
  const server = kind === 'teams' ? teams : mattermost;
  server.setMood({ kind: 'status', status: 429, headers: { 'retry-after': String(seconds) } });
  return () => server.setMood({ kind: 'well' });
}

function lose(kind: Kind): void {
  switch (kind) {
    case 'mattermost':
      return mattermost.archive(ROOM);
    case 'discord':
      return discord.deleteChannel(PLACE);
    case 'telegram':
      return telegram.block(GROUP);
    case 'teams':
      return teams.remove();
  }
}

it.each(['mattermost', 'discord', 'telegram'] as const)(
  'a %s whose token was taken away says who has to act',
  async (kind) => {
    const channel = await add(kind);
    ({ mattermost, discord, telegram })[kind].revoke();
    await t.signal({ title: 'Shop' });
    expect(await problemOf(channel)).toMatch(/^The last message did not arrive: The (bot|access) token is not valid/);
  },
);

it('a group in Telegram that became a supergroup says by which id it is known now', async () => {
  const channel = await add('telegram');
  telegram.upgrade(GROUP, '-1009876543210');
  await t.signal({ title: 'Shop' });
  expect(await problemOf(channel)).toContain('Its id is -1009876543210 now');
});

it.each([
  ['mattermost', 'q'.repeat(26), 'The bot is not in this channel of Mattermost: add it there first.'],
  ['discord', '9'.repeat(18), 'The bot may not write in this channel: give it View Channel and Send Messages there.'],
  ['telegram', '-1000000000000', 'Telegram knows no such chat, or the bot is not in it: add it there first.'],
] as const)('a place in %s where the bot is not is told at the first test', async (kind, address, message) => {
  const { id } = await add(kind, { address });
  expect(await t.ask('POST', `/notice-channels/${id}/test`)).toMatchObject({ ok: false, message });
});

describe('a button in a channel', () => {
  const step = async (kind: Kind) => {
    const { id } = await add(kind, { onlyPages: true });
    await t.escalateTo([
      { targets: [{ kind: 'channel', noticeChannelId: id }], delaySeconds: 300 },
      { userIds: [bob.id], delaySeconds: 300 },
    ]);
  };
  const verify = async (method: { id: string }, words: string | undefined) =>
    ann.ask('POST', `/contact-methods/${method.id}/verify`, { code: /Code: (\d{6})/.exec(words ?? '')?.[1] });
  const method = async (body: object) => {
    const made = await ann.ask<{ id: string; startUrl: string | null }>('POST', '/contact-methods', body);
    await t.settle();
    return made;
  };
  const page = async () => {
    const alertId = await t.signal({ title: 'Shop' });
    return async () => (await t.ask<{ items: PageView[] }>('GET', `/pages?alertId=${alertId}`)).items[0];
  };

  it.each(['ann', 'ann@example.com'])(
    'of Mattermost acknowledges for whoever is known there as %s',
    async (address) => {
      await step('mattermost');
      await verify(await method({ kind: 'mattermost', address }), mattermost.messages.at(-1)?.words);
      const now = await page();
      const message = mattermost.messages.at(-1);
      if (!message) throw new Error('no message in Mattermost');
      const press = async (by: string) => {
        const { path, body } = mattermost.press(message, 'Acknowledge', by);
        const answer = (await (await t.app.request(path, { method: 'POST', body })).json()) as {
          ephemeral_text: string;
        };
        await t.settle();
        return answer.ephemeral_text;
      };
      expect(await press('bob')).toContain('does not know who you are here');
      expect(await now()).toMatchObject({ state: 'open' });
      expect(await press('ann')).toBe('You acknowledged: Shop');
      expect(await now()).toMatchObject({ acknowledgedBy: ann.id, acknowledgedChannel: 'mattermost' });
      expect(message).toMatchObject({ buttons: [], words: expect.stringContaining('Ann acknowledged at') });
    },
  );

  it('of Discord acknowledges for whoever pressed it there, and says to them alone what came of it', async () => {
    await step('discord');
    await verify(await method({ kind: 'discord', address: ANN }), discord.messages.at(-1)?.words);
    const now = await page();
    const message = discord.messages.at(-1);
    if (!message) throw new Error('no message in Discord');
    const press = async (by: string) => {
      const request = discord.press(message, 'Acknowledge', t.clock.now(), by);
      const response = await t.app.request(`/hooks/discord/${t.workspaceId}`, { method: 'POST', ...request });
      await t.settle();
      return (await response.json()) as { data: { content: string; flags: number } };
    };
    expect((await press('80351110224678999')).data).toMatchObject({
      content: expect.stringContaining('does not know who you are here'),
      flags: 64,
    });
    expect((await press(ANN)).data).toMatchObject({ content: 'You acknowledged: Shop' });
    expect(await now()).toMatchObject({ acknowledgedBy: ann.id, acknowledgedChannel: 'discord' });
  });

  it('of Telegram acknowledges for whoever pressed it in the group', async () => {
    await step('telegram');
    const { startUrl } = await method({ kind: 'telegram' });
    const send = async ({ path, body, headers }: ReturnType<TelegramServer['press']>) => {
      const response = await t.app.request(path, { method: 'POST', body, headers });
      await t.settle();
      return (await response.json()) as { text: string };
    };
    await send(telegram.start('7001', startUrl ?? ''));
    const now = await page();
    const message = telegram.messages.at(-1);
    if (!message) throw new Error('no message in Telegram');
    expect((await send(telegram.press(message, 'Acknowledge', '7002'))).text).toContain('does not know who you are');
    expect(await now()).toMatchObject({ state: 'open' });
    expect((await send(telegram.press(message, 'Acknowledge', '7001'))).text).toBe('You acknowledged: Shop');
    expect(await now()).toMatchObject({ acknowledgedBy: ann.id, acknowledgedChannel: 'telegram' });
  });

  it('of Teams only opens the page, where whoever is signed in answers', async () => {
    await step('teams');
    const now = await page();
    expect(teams.messages.at(-1)?.buttons).toEqual({
      Open: `https://allclear.example.com/pages/${(await now())?.id}`,
    });
  });
});
