import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Crew, createCrew } from '#test/harness/crew.ts';
import { createSlackServer, type SlackServer } from '#test/harness/slack.ts';
import { createTelegramServer, type TelegramServer } from '#test/harness/telegram.ts';
import { terminalOf } from '#test/harness/terminal.ts';
import { createTwilioServer, type TwilioServer } from '#test/harness/twilio.ts';
import { EXIT } from './io.ts';
import { runCli } from './program.ts';

let t: Crew;
let twilio: TwilioServer;
let telegram: TelegramServer;
let slack: SlackServer;
beforeAll(async () => {
  twilio = await createTwilioServer(() => '');
  telegram = await createTelegramServer();
  slack = await createSlackServer({});
  t = await createCrew({
    env: {
      ALLCLEAR_TWILIO_URL: twilio.url,
      ALLCLEAR_TELEGRAM_URL: telegram.url,
      ALLCLEAR_SLACK_URL: slack.url,
      ALLCLEAR_PUBLIC_URL: 'https://allclear.example.com',
    },
  });
});
afterAll(async () => {
  expect(t.errors).toEqual([]);
  await t.end();
  await Promise.all([twilio.close(), telegram.close(), slack.close()]);
});

const run = (...argv: readonly string[]) => terminalOf(t, runCli)('', ...argv);
const runWith = (env: Readonly<Record<string, string>>, ...argv: readonly string[]) =>
  terminalOf(t, runCli, env)('', ...argv);

it('connects a provider of SMS and calls, changes its numbers, and disconnects it', async () => {
  const [first = '', second = ''] = twilio.numbers;
  const account = ['--account', twilio.accountSid];
  expect(await run('settings', 'phone', 'twilio')).toMatchObject({ exitCode: EXIT.attention, err: '' });
  expect((await run('settings', 'phone', 'twilio', '--sms', first)).err).toContain('Say which account');
  expect((await run('settings', 'phone', 'twilio', ...account, '--sms', first)).err).toContain(
    'ALLCLEAR_TWILIO_AUTH_TOKEN',
  );
  const wrong = { ALLCLEAR_TWILIO_AUTH_TOKEN: '0'.repeat(32) };
  expect((await runWith(wrong, 'settings', 'phone', 'twilio', ...account, '--sms', first)).err).toContain('refuses');
  const env = { ALLCLEAR_TWILIO_AUTH_TOKEN: twilio.authToken };
  const set = await runWith(env, 'settings', 'phone', 'twilio', ...account, '--sms', first);
  expect(set).toMatchObject({ exitCode: EXIT.ok, err: '' });
  expect(set.out).toMatch(/^twilio {2}Acme, 1 number\n/);
  expect(set.out).toContain(`SMS by ${first}, calls by none; number 1 in the order.`);
  expect(set.out).not.toContain(twilio.authToken);
  // Neither the token nor the other numbers have to be said again.
  const more = await run('settings', 'phone', 'twilio', '--voice', first, '--voice', second);
  expect(more.out).toContain(`SMS by ${first}, calls by ${first}, ${second};`);
  expect((await run('settings', 'phone', 'twilio', '--sms', 'none')).out).toContain('SMS by none, calls by ');
  expect((await run('settings', 'phone', 'twilio', '--sms', 'nobody')).err).toContain('smsNumbers.0: ');
  expect((await run('settings', 'phone', 'twilio', '--first')).out).toContain('number 1 in the order');
  expect((await run('settings', 'phone', 'pigeon')).exitCode).toBe(EXIT.usage);
  expect((await run('settings', 'phone', 'twilio', '--remove')).out).toMatch(/^twilio {2}not connected\n/);
});

it('connects chats and apps by tokens from the environment', async () => {
  expect(await run('settings', 'chat', 'telegram')).toMatchObject({ exitCode: EXIT.attention, err: '' });
  expect((await run('settings', 'chat', 'telegram', '--connect')).err).toContain('ALLCLEAR_CHAT_TOKEN');
  const env = { ALLCLEAR_CHAT_TOKEN: telegram.botToken };
  // Showing what is connected connects nothing, whatever is exported.
  expect((await runWith(env, 'settings', 'chat', 'telegram')).out).toMatch(/^telegram {2}not connected\n/);
  const connected = await runWith(env, 'settings', 'chat', 'telegram', '--connect');
  expect(connected).toMatchObject({ exitCode: EXIT.ok, err: '' });
  expect(connected.out).toContain('acme_pages_bot');
  expect(connected.out).not.toContain(telegram.botToken);
  expect((await runWith(env, 'settings', 'chat', 'slack', '--connect')).err).toContain('ALLCLEAR_CHAT_SECRET');
  const both = { ALLCLEAR_CHAT_TOKEN: slack.botToken, ALLCLEAR_CHAT_SECRET: 'abcdef0123456789abcdef0123456789' };
  const inSlack = await runWith(both, 'settings', 'chat', 'slack', '--connect');
  expect(inSlack).toMatchObject({ exitCode: EXIT.ok, err: '' });
  expect(inSlack.out).toMatch(/has to be sent to https:\/\/allclear\.example\.com\//);
  expect((await runWith(env, 'settings', 'chat', 'mattermost', '--connect')).err).toMatch(/url: /);
  expect((await run('settings', 'chat', 'discord', '--public-key', 'x')).exitCode).toBe(EXIT.usage);
  expect((await run('settings', 'chat', 'telegram', '--remove')).out).toMatch(/^telegram {2}not connected\n/);
});

it('invites people and those who are awaited, changes what they may do, and lets them go and come back', async () => {
  const invited = await run('people', 'invite', 'ann@example.com', 'bob@example.com', '--role', 'admin');
  expect(invited).toMatchObject({ exitCode: EXIT.ok, err: '2 links, shown only now; each holds for 7 days.\n' });
  expect(invited.out).toMatch(/^ann@example\.com {2}admin {2}https:\S+\/invite\/inv_\S+\nbob@/);
  expect((await run('people', 'invite', 'ann')).exitCode).toBe(EXIT.usage);
  expect((await run('people', 'invite')).exitCode).toBe(EXIT.usage);
  const here = await run('people', 'invite', 'olive@example.com', 'cy@example.com');
  expect(here.exitCode).toBe(EXIT.failed);
  expect(here.out).toMatch(/^cy@example\.com {2}member {2}https:.*\n! olive@example\.com: .*is a member already\.\n$/);
  expect((await run('people', 'withdraw', 'cy@example.com')).out).toBe('The invite of cy@example.com is withdrawn.\n');
  expect((await run('people', 'withdraw', 'cy@example.com')).err).toContain('There is no open invite');
  const listed = (await run('people')).out;
  expect(listed).toMatch(/^Olive Owner +olive@example\.com +owner$/m);
  expect(listed).toMatch(/^ann@example\.com +admin +invited until .*, inv_\S+$/m);

  const dan = { id: 'P2', name: 'Dan', email: 'dan@example.com', time_zone: 'Asia/Tokyo' };
  const targets = [{ id: 'P2', type: 'user_reference' }];
  const rules = [{ escalation_delay_in_minutes: 5, targets }];
  const document = { users: [dan], escalation_policies: [{ id: 'E1', name: 'Dan', escalation_rules: rules }] };
  await terminalOf(t, runCli)(JSON.stringify(document), 'import', '-', '--apply');
  const waiting = await run('people');
  expect(waiting.exitCode).toBe(EXIT.attention);
  expect(waiting.out).toMatch(/^Dan +dan@example\.com +member +! awaited, and not invited$/m);
  expect((await run('people', 'invite', '--awaited')).out).toMatch(/^dan@example\.com {2}member {2}https:\S+\n$/);
  expect((await run('people', 'invite', '--awaited')).out).toBe('Everybody who is awaited has an open invite.\n');
  expect(await run('people')).toMatchObject({ exitCode: EXIT.ok });

  await t.hire('Eve');
  expect((await run('people', 'role', 'Eve', 'viewer')).out).toBe('Eve is viewer from now on.\n');
  expect((await run('people', 'role', 'Eve', 'king')).exitCode).toBe(EXIT.usage);
  expect((await run('people', 'role', 'Olive', 'member')).exitCode).toBe(EXIT.failed);
  expect((await run('people', 'remove', 'Eve', '--dry-run')).exitCode).toBe(EXIT.attention);
  expect((await run('people', 'remove', 'Eve')).out).toMatch(/^Eve is deactivated: /);
  expect((await run('people')).out).toMatch(/^Eve .* deactivated$/m);
  expect((await run('people', 'restore', 'Eve')).out).toMatch(/^Eve may sign in again/);
  expect((await run('people', 'remove', 'Olive')).exitCode).toBe(EXIT.failed);
});

it('switches the form on which visitors report problems', async () => {
  expect((await run('settings', 'report-form')).out).toMatch(/ {2}off {2}https:\S+\/report\n$/);
  const on = await run('settings', 'report-form', 'on');
  expect(on).toMatchObject({ exitCode: EXIT.ok, err: '' });
  const url = /(https:\S+)\n$/.exec(on.out)?.[1] ?? '';
  await t.ask(
    'PATCH',
    `/status-pages/${(await t.ask<{ items: { id: string }[] }>('GET', '/status-pages')).items[0]?.id}`,
    {
      published: true,
    },
  );
  expect((await t.app.request(new URL(url).pathname)).status).toBe(200);
  expect((await run('settings', 'report-form', 'off')).out).toContain('may not report problems');
  expect((await t.app.request(new URL(url).pathname)).status).toBe(404);
  expect((await run('settings', 'report-form', '--page', 'nope')).err).toContain('There is no status page nope');
  expect((await run('settings', 'report-form', 'maybe')).exitCode).toBe(EXIT.usage);
});
