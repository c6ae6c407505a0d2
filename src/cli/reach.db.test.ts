import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Crew, createCrew } from '#test/harness/crew.ts';
import { terminalOf } from '#test/harness/terminal.ts';
import { EXIT } from './io.ts';
import { runCli } from './program.ts';

let t: Crew;
let type: ReturnType<typeof terminalOf>;
beforeAll(async () => {
  t = await createCrew();
  type = terminalOf(t, runCli);
});
afterAll(() => t.end());

const run = (...argv: readonly string[]) => type('', ...argv);

it('adds a contact method, verifies it by the code that arrived, tests and removes it', async () => {
  // The first person of an installation has a mail address, and it has no mail server yet.
  const first = await run('contacts');
  expect(first).toMatchObject({ exitCode: EXIT.attention, err: '' });
  expect(first.out).toMatch(/^cmt_\S+ {2}email {2}olive@example.com {2}verified {2}! Mail is not configured/);
  await run('contacts', 'remove', 'email');
  expect((await run('contacts')).out).toBe('There is no contact method; nothing can page.\n');
  const topic = t.ntfy.topicUrl('olive');
  const added = await run('contacts', 'add', 'ntfy', topic, '--label', 'Phone');
  expect(added).toMatchObject({ exitCode: EXIT.ok, err: '' });
  const id = /contacts verify (cmt_\S+) CODE/.exec(added.out)?.[1] ?? '';
  await t.settle();
  expect((await run('contacts')).exitCode).toBe(EXIT.attention);
  expect((await run('contacts', 'verify', 'phone', '000000')).exitCode).toBe(EXIT.failed);
  const code = /Code: (\d{6})/.exec(t.ntfy.messages.at(-1)?.message ?? '')?.[1] ?? '';
  expect((await run('contacts', 'verify', 'Phone', code)).out).toMatch(/^Pages use ntfy to .* from now on\.\n$/);
  const listed = await run('contacts');
  expect(listed.exitCode).toBe(EXIT.ok);
  expect(listed.out).toMatch(new RegExp(`^${id} {2}ntfy {2}Phone \\(.*\\) {2}verified\\n$`));
  expect((await run('contacts', '--person', 'olive@example.com')).out).toBe(listed.out);
  expect((await run('contacts', 'test', 'ntfy')).exitCode).toBe(EXIT.ok);
  const hook = await run('contacts', 'add', 'webhook', 'http://127.0.0.1:9/hook');
  expect(hook.out).toMatch(/^Its messages are signed with \S+, shown only now\.$/m);
  expect((await run('contacts', 'rotate-secret', 'webhook')).out).toMatch(/^\S{20,}\n$/);
  expect((await run('contacts', 'test', 'webhook')).exitCode).toBe(EXIT.failed);
  expect((await run('contacts', 'remove', 'webhook')).out).toContain('is removed, with its rules.');
  expect((await run('contacts', 'remove', 'sms')).err).toContain('You have no contact method sms. There are: ntfy to ');
  expect((await run('contacts', 'add', 'webpush', 'x')).exitCode).toBe(EXIT.usage);
  expect((await run('contacts', 'add', 'sms')).err).toContain('Say where');
  expect((await run('contacts', 'add', 'sms', '123')).exitCode).toBe(EXIT.failed);
});

it('says when one is told by what, and changes it', async () => {
  const before = (await run('notification-rules')).out;
  expect(before).toMatch(/^rul_\S+ {2}high {2}at once {2}ntfy to /m);
  const [id = ''] = before.split(' ');
  const changed = await run('notification-rules', 'set', 'phone', '--after', '2m');
  expect(changed).toMatchObject({ exitCode: EXIT.ok, err: '' });
  expect(changed.out).toMatch(new RegExp(`^${id} {2}high {2}after 2 m {2}ntfy to `));
  expect((await run('notification-rules', '--person', 'Olive')).out).toContain(changed.out.trim());
  expect((await run('notification-rules', 'remove', id)).out).toBe(`${id} is removed.\n`);
  expect((await run('notification-rules')).out).not.toContain('high');
  const again = (await run('notification-rules', 'set', 'phone')).out;
  expect(again).toMatch(/^rul_\S+ {2}high {2}at once {2}ntfy to /);
  expect((await run('notification-rules')).out).toContain(again);
  const thrice = (await run('notification-rules', 'set', 'phone', '--after', '3m', '--after', '0s', '--after', '6m'))
    .out;
  expect(thrice).toMatch(/^rul_.* at once .*\nrul_.* after 3 m .*\nrul_.* after 6 m .*\n$/);
  expect(thrice.slice(0, 30)).toBe(again.slice(0, 30));
  const once = (await run('notification-rules', 'set', 'phone', '--after', '6m')).out;
  expect(once).toMatch(/^rul_.* after 6 m .*\n$/);
  expect((await run('notification-rules')).out.match(/ high /g)).toHaveLength(1);
  expect((await run('notification-rules', 'set', 'phone', '--after', 'soon')).exitCode).toBe(EXIT.usage);
  expect((await run('notification-rules', 'set', 'phone', '--after', '2h')).exitCode).toBe(EXIT.failed);
});

it('makes teams, changes who is in them, and removes them', async () => {
  await t.hire('Ann');
  await t.hire('Bob');
  expect((await run('teams')).out).toBe('There is no team.\n');
  expect((await run('teams', 'create', 'Platform', '--person', 'Ann', '--person', 'Bob')).out).toBe(
    'Platform: Ann, Bob\n',
  );
  expect((await run('teams', 'change', 'platform', '--rename', 'Core', '--add', 'Olive', '--remove', 'Bob')).out).toBe(
    'Core: Ann, Olive Owner\n',
  );
  expect((await run('teams', 'change', 'Core', '--remove', 'Bob')).err).toBe('Bob is not in Core.\n');
  expect((await run('teams', 'change', 'Core')).exitCode).toBe(EXIT.usage);
  expect((await run('teams', 'change', 'Cor', '--add', 'Bob')).err).toContain('There is no team Cor. There are: Core.');
  expect((await run('teams')).out).toBe('Core  Ann, Olive Owner\n');
  expect((await run('teams', 'remove', 'Core')).out).toBe('Core is removed.\n');
});

it('tells of drills, ends and plans them', async () => {
  expect((await run('drill', 'list')).out).toBe('There was no drill.\n');
  expect((await run('drill', '--me')).exitCode).toBe(EXIT.ok);
  const listed = (await run('drill', 'list')).out;
  expect(listed).toMatch(/^drl_\S+ {2}.* {2}0 of 1 person answered {2}/);
  const [id = ''] = listed.split(' ');
  expect((await run('drill', 'show', id.slice(-6))).out).toMatch(/^.*\nOlive Owner {2}rings now\n$/);
  expect((await run('drill', 'end')).out).toMatch(/: ended\.\nOlive Owner {2}/);
  expect((await run('drill', 'show', 'zzzz')).err).toContain('There is no drill zzzz');
  expect((await run('drill', 'plan')).out).toMatch(/^Nobody is drilled by itself\./);
  expect((await run('drill', 'plan', '--every', 'month', '--on', 'wed')).out).toMatch(
    /^Everybody on call is drilled on the first Wednesday of each month at 10:30, .*; next /,
  );
  expect((await run('drill', 'plan', '--at', '11:15')).out).toContain('first Wednesday of each month at 11:15');
  expect((await run('drill', 'plan', '--on', 'someday')).exitCode).toBe(EXIT.usage);
  expect((await run('drill', 'plan', '--at', '25:00')).exitCode).toBe(EXIT.failed);
  expect((await run('drill', 'plan', '--never')).out).toBe('Nobody is drilled by itself any more.\n');
  expect((await run('drill')).out).toMatch(/^Olive Owner /m);
});

it('lists the outbox, shows a message, and tries it again', async () => {
  await t.ask('POST', '/invites', { role: 'member', email: 'cy@example.com' }).catch(() => undefined);
  await run('contacts', 'add', 'email', 'olive@example.com');
  await t.settle();
  const held = await run('outbox', '--state', 'held');
  expect(held).toMatchObject({ exitCode: EXIT.ok, err: '' });
  expect(held.out).toMatch(/^dlv_\S+ {2}held {2}\w+ by email {2}.* {2}! /m);
  const ids = (await run('outbox', '--state', 'held', '--ids')).out;
  const [id = ''] = ids.split('\n');
  const shown = (await run('outbox', 'show', id)).out;
  expect(shown).toMatch(new RegExp(`^${id} {2}held {2}\\w+ by email to `));
  const sent = (await run('outbox', '--state', 'sent', '--kind', 'ntfy', '--person', 'Ann', '--ids')).out
    .trim()
    .split('\n');
  const retried = await type(`${id}\n${sent[0]}\n`, 'outbox', 'retry', '-');
  expect(retried.exitCode).toBe(EXIT.failed);
  expect(retried.out).toMatch(new RegExp(`^${sent[0]} {2}refused: `, 'm'));
  expect((await run('outbox', 'retry', 'dlv_none')).out).toContain('refused');
  expect((await type('', 'outbox', 'retry', '-')).out).toBe('There is nothing to do.\n');
  expect((await run('outbox', '--state', 'lost')).exitCode).toBe(EXIT.usage);
  expect((await run('outbox', 'release')).out).toBe('1 mail released.\n');
});

it('shows how alerts are treated and messages leave, and changes it', async () => {
  // There is no mail server, so what was released is held again.
  await t.settle();
  const shown = await run('settings');
  expect(shown.exitCode).toBe(EXIT.attention);
  expect(shown.out).toMatch(/^Pages can go by .*ntfy/m);
  expect(shown.out).toMatch(/^ {2}mail +not connected +! \d+ mails? held/m);
  expect(shown.out).toMatch(/^ {2}twilio +not connected$/m);
  expect(shown.out).toMatch(/^ {2}slack +not connected$/m);
  const wanted = ['--auto-close', '2d', '--storm', '40', '--same-address', '2m', '--pages-per-person', 'never'];
  const set = await run('settings', 'alerts', ...wanted);
  expect(set.out).toBe(
    [
      'Alerts whose sender says nothing for 2 d 00 h close.',
      'Over 40 new alerts a minute are a storm and ask as one.',
      'Monitors that ask one address and fail within 2 m of the first ask as one.',
      'However many pages a person gets, each is a message of its own.',
      '',
    ].join('\n'),
  );
  expect((await run('settings', 'alerts')).out).toBe(set.out);
  expect((await run('settings', 'alerts', '--storm', 'many')).exitCode).toBe(EXIT.usage);
  expect((await run('settings', 'alerts', '--storm', '1')).exitCode).toBe(EXIT.failed);
  expect((await run('settings', 'test', 'mail')).exitCode).toBe(EXIT.failed);
  expect((await run('settings', 'test', 'slack', '--to', 'x')).exitCode).toBe(EXIT.usage);
  expect((await run('settings', 'test', 'pigeon')).exitCode).toBe(EXIT.usage);
});

it('connects a mail server, and forgets it', async () => {
  expect((await run('settings', 'mail')).exitCode).toBe(EXIT.attention);
  expect((await run('settings', 'mail', '--port', '25')).err).toContain('Say the server and the sender');
  const set = await run('settings', 'mail', '--host', 'mail.example.com', '--from', 'ops@example.com');
  expect(set).toMatchObject({ exitCode: EXIT.ok, err: '' });
  expect(set.out).toMatch(/^mail {2}mail\.example\.com:587 as ops@example\.com/);
  await run('settings', 'mail', '--port', '465', '--security', 'tls', '--username', 'allclear');
  const kept = await t.ask('GET', '/mail-settings');
  expect(kept).toMatchObject({
    host: 'mail.example.com',
    port: 465,
    security: 'tls',
    username: 'allclear',
    from: 'ops@example.com',
    source: 'screen',
  });
  expect((await run('settings', 'mail', '--port', '0')).exitCode).toBe(EXIT.usage);
  expect((await run('settings', 'mail', '--from', 'nobody')).err).toContain('expected an address');
  expect((await run('settings', 'mail', '--remove', '--port', '25')).exitCode).toBe(EXIT.usage);
  expect((await run('settings', 'mail', '--remove')).out).toMatch(/^mail {2}not connected/);
});

it('shows a member what a member may see', async () => {
  const { key } = await t.ask<{ key: string }>('POST', '/api-keys', { name: 'Terminal', role: 'member' });
  const shown = await run('--api-key', key, 'settings');
  expect(shown).toMatchObject({ exitCode: EXIT.ok, err: '' });
  expect(shown.out).toContain('How they leave is shown to admins.');
  // Alert sources, with their keys, are not for members; what names them still works.
  expect((await run('--api-key', key, 'changes')).exitCode).toBe(EXIT.ok);
  expect((await run('--api-key', key, 'routes')).exitCode).toBe(EXIT.ok);
  expect((await run('--api-key', key, 'changes', '--source', 'Deploys')).err).toBe(
    'This API key may not see any alert source, so Deploys cannot be looked up.\n',
  );
});

it('tells what other tools changed, and of storms', async () => {
  await run('sources', 'create', 'Deploys', '--kind', 'pagerduty');
  const { out } = await run('--json', 'sources', 'Deploys');
  const { source } = JSON.parse(out) as { source: { key: string } };
  const sent = await t.app.request('/pagerduty/v2/change/enqueue', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      routing_key: source.key,
      payload: { summary: 'Shop 2.1 is out', source: 'ci', timestamp: t.clock.now().toISOString() },
    }),
  });
  expect(sent.status).toBe(202);
  expect((await run('changes', '--source', 'deploys')).out).toMatch(/^\S.* {2}Deploys, ci {2,}Shop 2\.1 is out/);
  expect((await run('changes', '--service', 'nope')).err).toContain('There is no service nope');
  expect(await run('storms')).toMatchObject({ exitCode: EXIT.ok, out: 'There is no storm.\n' });
  await run('settings', 'alerts', '--storm', '5');
  for (let i = 0; i < 8; i++) await t.signal({ title: `Disk ${i} is full` });
  const storm = await run('storms');
  expect(storm.exitCode).toBe(EXIT.attention);
  expect(storm.out).toMatch(/^\d+ alerts ask as one, \d+ open, since /);
});
