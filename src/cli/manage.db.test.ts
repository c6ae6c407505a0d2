import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { type Crew, createCrew } from '#test/harness/crew.ts';
import { terminalOf } from '#test/harness/terminal.ts';
import { EXIT } from './io.ts';
import { runCli } from './program.ts';

let t: Crew;
let folder: string;
let type: ReturnType<typeof terminalOf>;
beforeAll(async () => {
  t = await createCrew();
  folder = await mkdtemp(join(tmpdir(), 'allclear-cli-'));
  type = terminalOf(t, runCli);
  await t.ask('POST', '/schedules', {
    name: 'Primary',
    timeZone: 'UTC',
    layers: [
      { name: 'Weeks', beginsAt: '2026-11-23T09:00', rotation: { kind: 'weekly' }, turns: [{ userIds: [t.ownerId] }] },
    ],
  });
});
afterAll(async () => {
  await rm(folder, { recursive: true });
  await t.end();
});

const run = (...argv: readonly string[]) => type('', ...argv);

it('lists alerts, and closes those that another command names', async () => {
  const reported = await run('--json', 'report', 'Paper is out', '--severity', 'info');
  const { id } = JSON.parse(reported.out) as { id: string };
  expect((await run('alerts')).out).toMatch(new RegExp(`^${id} {2}info +open +\\S+ .* Paper is out$`, 'm'));
  const until = new Date(t.clock.now().getTime() + 3_600_000).toISOString();
  expect((await run('alert', 'snooze', id, '--until', until)).exitCode).toBe(EXIT.ok);
  expect((await run('alerts', '--state', 'acknowledged')).out).toMatch(/snoozed until .*Paper is out/);
  const ids = (await run('alerts', '--state', 'acknowledged', '--ids')).out;
  expect(ids.split('\n')).toContain(id);
  expect((await type(id, 'alert', 'close', '-')).out).toBe(`${id}  closed\n`);
  expect((await type('', 'alert', 'close', '-')).out).toBe('There is nothing to do.\n');
  expect((await run('alerts', '--ids')).out).not.toContain(id);
  expect((await run('alerts', '--all', '--ids')).out).toContain(id);
});

it('lists SLOs with their budgets', async () => {
  expect((await run('slos')).out).toBe('There is no SLO.\n');
  const { id } = await t.ask<{ id: string }>('POST', '/services', { name: 'Orders' });
  await t.ask('POST', '/slos', { name: 'Orders work', objective: 99.9, serviceId: id });
  expect((await run('slos')).out).toBe('Orders work  99.9 % in 30 d  43 m left  burns 0x\n');
});

it('keeps routes in a file: exports, plans and applies them, and explains them', async () => {
  await t.call('POST', '/api/v1/services', { name: 'Web shop', slug: 'web-shop' });
  const file = join(folder, 'routes.yaml');
  const rules = `
    routes:
      - name: Staging asks nobody
        match: [label.env=staging, severity!=critical]
        suppress: true
      - name: Disks of the shop
        match: ["title~disk full", "time=mon-fri 09:00-17:00"]
        service: web-shop
        policy: Default
        hold: 5m
        group: { by: ["label:host"], window: 1h }
    catchAll: { policy: Default, clock: 2h }
  `;
  await writeFile(file, rules);
  const planned = await run('routes', 'apply', file, '--dry-run');
  expect(planned).toMatchObject({ exitCode: EXIT.attention, err: '' });
  expect(planned.out).toBe(
    '+ Staging asks nobody\n+ Disks of the shop\n~ what no rule takes\nNothing is changed: this was a dry run.\n',
  );
  expect((await run('routes')).out).not.toContain('Staging');
  expect((await run('routes', 'apply', file)).out).toMatch(/The rules are in use, as version 1\.\n$/);
  expect((await run('routes', 'apply', file)).out).toBe('The rules are what the file says.\n');
  const shown = await run('routes');
  expect(shown.out).toContain('1. Staging asks nobody\n     label env is staging\n');
  expect(shown.out).toContain('→ It belongs to the service Web shop.');

  const payload = JSON.stringify({ title: 'Disk full on a', severity: 'warning', labels: { env: 'staging' } });
  const tried = await type(payload, 'routes', 'test');
  expect(tried).toMatchObject({ exitCode: EXIT.ok, err: '' });
  expect(tried.out).toContain('→ 1. Staging asks nobody: decides');
  expect(tried.out).toContain('✓ label env is staging; it is staging');
  const draft = join(folder, 'draft.yaml');
  await writeFile(draft, 'routes: []');
  expect((await type(payload, 'routes', 'test', '--rules', draft)).out).toContain('the catch-all does');

  const exported = await run('routes', 'export');
  const before = (await t.call('GET', '/api/v1/routes')).body as { routes: { id: string; name: string }[] };
  const back = join(folder, 'back.yaml');
  await writeFile(back, exported.out);
  expect((await run('routes', 'apply', back)).out).toBe('The rules are what the file says.\n');
  await writeFile(back, (await run('--json', 'routes', 'export')).out);
  expect((await run('routes', 'apply', back)).out).toBe('The rules are what the file says.\n');
  const turned = parse(exported.out) as { routes: { name: string; urgency?: string }[] };
  turned.routes.reverse();
  Object.assign(turned.routes[1] ?? {}, { suppress: undefined, urgency: 'low' });
  await writeFile(back, stringify(turned));
  expect((await run('routes', 'apply', back)).out).toMatch(/^~ Staging asks nobody\n~ the order of the rules\n/);
  const after = (await t.call('GET', '/api/v1/routes')).body as typeof before;
  // A rule of the same name is the same rule, also for the alerts that it took.
  expect(after.routes.map(({ id }) => id)).toEqual(before.routes.map(({ id }) => id).toReversed());

  await writeFile(back, 'routes: [{ name: X, match: [service=nope] }]');
  expect((await run('routes', 'apply', back)).err).toContain('There is no service nope');
  await writeFile(back, 'routes: [{ name: X, supress: true }]');
  expect((await run('routes', 'apply', back)).err).toMatch(/routes\.0: .*supress/);
  await writeFile(back, 'routes: [');
  expect((await run('routes', 'apply', back)).err).toContain('neither YAML nor JSON');
});

it('tells escalation policies of one name apart by their ids', async () => {
  const file = join(folder, 'twins.yaml');
  const create = async (wait: number) => {
    const step = { targets: [{ kind: 'user', userId: t.ownerId }], delaySeconds: wait };
    const made = await t.call('POST', '/api/v1/escalation-policies', { name: 'Twin', steps: [step] });
    return (made.body as { id: string }).id;
  };
  const [first, second] = [await create(300), await create(600)];
  const exported = (await run('policies', 'export')).out;
  await writeFile(file, exported);
  expect((await run('policies', 'apply', file)).out).toBe('The policies are what the file says.\n');
  await writeFile(file, exported.replaceAll(/id: epo_\w+\n\s+/g, ''));
  expect((await run('policies', 'apply', file)).err).toContain(`Twin names several: ${first}, ${second}.`);
  // Only the one whose id stands there is changed.
  await writeFile(file, exported.replace('wait: 10m', 'wait: 20m'));
  expect((await run('policies', 'apply', file, '--prune')).out).toMatch(/^~ Twin\n[^~+-]/);
  expect((await run('policies', 'show', first)).out).toContain('waits 5 m');
  expect((await run('policies', 'show', second)).out).toContain('waits 20 m');
  for (const id of [first, second]) await t.call('DELETE', `/api/v1/escalation-policies/${id}`);
});

it('keeps escalation policies in a file', async () => {
  await t.call('POST', '/api/v1/teams', { name: 'Platform', userIds: [t.ownerId] });
  const file = join(folder, 'policies.yaml');
  await writeFile(file, (await run('policies', 'export')).out);
  expect((await run('policies', 'apply', file)).out).toBe('The policies are what the file says.\n');
  const night = `
    policies:
      - name: Night
        steps:
          - ask: [{ person: olive@example.com }]
            wait: 5m
          - ask: [{ team: Platform }, { schedule: Primary, who: next }]
            wait: 10m
            roundRobin: true
            onlyUrgency: high
        repeat: 0
        acknowledgement: all
        pageAgainAfter: 30m
        fallback: [{ team: Platform }]
  `;
  await writeFile(file, night);
  expect(await run('policies', 'apply', file, '--dry-run')).toMatchObject({
    exitCode: EXIT.attention,
    out: '+ Night\nNothing is changed: this was a dry run.\n',
  });
  expect((await run('policies', 'apply', file)).out).toMatch(/^\+ Night\n/);
  expect((await run('policies', 'apply', file)).out).toBe('The policies are what the file says.\n');
  const shown = await run('policies', 'show', 'night');
  expect(shown.out).toContain('1. Olive Owner; waits 5 m\n');
  expect(shown.out).toContain(
    '2. one of everybody in Platform, next by Primary, by turns; waits 10 m; only for high urgency',
  );
  expect((await run('policies')).out).toMatch(/^Night +version 1 +2 steps +0 services$/m);
  await writeFile(file, night.replace('wait: 5m', 'wait: 6m'));
  expect((await run('policies', 'apply', file)).out).toMatch(/^~ Night\n/);
  expect((await run('policies')).out).toMatch(/^Night +version 2 /m);
  await writeFile(file, night.replace('team: Platform }, {', 'team: Platform, person: x }, {'));
  expect((await run('policies', 'apply', file)).err).toContain(
    'Night, step 2: name one person, team, schedule or channel',
  );
  await run('channels', 'add', 'Ops', 'http://127.0.0.1:9/hook', '--kind', 'webhook', '--only-pages');
  await writeFile(file, night.replace('team: Platform }, {', 'channel: ops }, {'));
  expect((await run('policies', 'apply', file)).out).toMatch(/^~ Night\n/);
  expect((await run('policies', 'show', 'night')).out).toContain('2. one of the channel Ops, next by Primary');
  expect((await run('policies', 'export', 'night')).out).toContain('channel: Ops');
  expect((await run('channels', 'remove', 'ops')).err).toContain('the escalation policy “Night”');
  const hours = 'onlyHours: outside mon-fri 22:00-06:00 Europe/Berlin';
  await writeFile(file, night.replace('onlyUrgency: high', hours));
  expect((await run('policies', 'apply', file)).out).toMatch(/^~ Night\n/);
  expect((await run('policies', 'apply', file)).out).toBe('The policies are what the file says.\n');
  expect((await run('policies', 'show', 'night')).out).toContain('only outside Mon–Fri 22:00–06:00 (Europe/Berlin)');
  expect((await run('policies', 'export', 'night')).out).toContain(hours);
  await writeFile(file, night.replace('onlyUrgency: high', 'onlyHours: at night'));
  expect((await run('policies', 'apply', file)).err).toContain(
    'Night, step 2, onlyHours: expected business, off, or days',
  );
  await writeFile(file, 'policies: []');
  expect((await run('policies', 'apply', file, '--prune')).out).toMatch(/^- Night\n/);
  expect((await run('channels', 'remove', 'ops')).exitCode).toBe(EXIT.ok);
  expect((await run('policies', 'export', 'night')).err).toContain('There is no escalation policy night');
});

it('mutes by conditions in one line, and ends mutes', async () => {
  expect((await run('mutes')).out).toBe('Nothing is muted.\n');
  const made = await run(
    'mutes',
    'add',
    'Disks',
    '--match',
    'label.env=staging',
    '--match',
    'title~disk',
    '--for',
    '2h',
  );
  expect(made).toMatchObject({ exitCode: EXIT.ok, err: '' });
  const [id = ''] = made.out.split(' ');
  expect((await run('mutes')).out).toMatch(
    new RegExp(
      `^${id} {2}until .* {2}0 alerts {2}label env is staging and title contains disk {2}Disks, Olive Owner$`,
      'm',
    ),
  );
  expect((await run('mutes', 'end', id)).out).toContain('is over');
  expect((await run('mutes')).out).toBe('Nothing is muted.\n');
  expect((await run('mutes', '--all')).out).toContain('over since');
  expect((await run('mutes', 'add', 'x', '--for', '2h')).exitCode).toBe(EXIT.usage);
  expect((await run('mutes', 'add', 'x', '--match', 'colour=red', '--for', '2h')).exitCode).toBe(EXIT.usage);
  expect((await run('mutes', 'add', 'x', '--match', 'title~x', '--until', 'soon')).err).toContain('is not a time');
  expect((await run('mutes', 'add', 'x', '--match', 'title~x')).err).toContain('Say for how long, or until when');
});

it('says who is away, asks for cover, and lists overrides', async () => {
  const { id: bob } = await t.hire('Bob');
  const made = await t.call('POST', '/api/v1/schedules', {
    name: 'Second',
    timeZone: 'UTC',
    layers: [
      {
        name: 'Days',
        beginsAt: '2026-11-01T09:00',
        rotation: { kind: 'daily' },
        turns: [{ userIds: [t.ownerId] }, { userIds: [bob] }],
      },
    ],
  });
  expect(made.status).toBe(201);
  expect((await run('absences')).out).toBe('Nobody is away.\n');
  const meant = await run('absences', 'add', '--from', 'now', '--for', '7d', '--dry-run');
  expect(meant).toMatchObject({ exitCode: EXIT.attention, err: '' });
  expect(meant.out).toMatch(/^Nothing is changed: this was a dry run\.\n {2}\S+ .*nobody instead$/m);
  const away = await run('absences', 'add', '--of', 'olive owner', '--for', '7d', '--reason', 'Vacation');
  expect(away.out).toMatch(/^abs_\w+: Olive Owner is away until/);
  expect((await run('absences', '--person', 'olive@example.com')).out).toContain('Vacation');
  const [absence = ''] = away.out.split(':');
  expect((await run('absences', 'remove', absence)).out).toContain('taken back');
  expect((await run('absences')).out).toBe('Nobody is away.\n');

  const { items } = await t.ask<{ items: { scheduleName: string; startsAt: string; endsAt: string }[] }>(
    'GET',
    '/oncall/shifts',
  );
  const shift = items.filter(({ scheduleName }) => scheduleName === 'Second').at(-1);
  const span = ['--from', shift?.startsAt ?? '', '--until', shift?.endsAt ?? ''];
  const asked = await run('cover', 'ask', 'second', ...span, '--of', 'bob@example.com', '--note', 'A wedding');
  expect(asked.out).toMatch(/^Bob is asked: cov_/);
  const id = /cov_\S+/.exec(asked.out)?.[0] ?? '';
  expect((await run('cover', '--schedule', 'Second')).out).toMatch(
    /open {2}Second {2}Olive Owner asks Bob .*A wedding/,
  );
  expect((await run('cover', 'accept', id)).exitCode).toBe(EXIT.failed);
  expect((await run('cover', 'withdraw', id)).out).toBe(`${id} is withdrawn.\n`);
  expect((await run('cover', 'ask', 'second', ...span, '--return-from', 'now')).exitCode).toBe(EXIT.usage);

  expect((await run('overrides', 'second')).out).toBe('Second has no override.\n');
  const done = await run(
    'override',
    'Second',
    '--replace',
    'olive owner',
    '--by',
    'bob',
    '--until',
    '2h',
    '--reason',
    'Ill',
  );
  expect(done).toMatchObject({ exitCode: EXIT.ok, err: '' });
  const listed = await run('overrides', 'second');
  expect(listed.out).toMatch(/^ovr_\S+ .* {2}Bob takes the place of Olive Owner {2}Ill\n$/);
  const [override = ''] = listed.out.split(' ');
  expect((await run('overrides', 'remove', override)).out).toContain('taken back');
});

it('adds, tries and removes a team channel', async () => {
  expect((await run('channels')).out).toBe('There is no team channel.\n');
  const added = await run('channels', 'add', 'Ops', 'http://127.0.0.1:9/hook', '--kind', 'webhook', '--every', '1h');
  expect(added.out).toMatch(/^Ops is told what begins and ends\.[^]*shown only now\./);
  expect((await run('channels')).out).toMatch(/^Ops {2}webhook {2}everything {2}every 1 h 00 m {2}http/);
  expect((await run('channels', 'test', 'ops')).exitCode).toBe(EXIT.failed);
  expect((await run('channels', 'add', 'X', 'y')).exitCode).toBe(EXIT.usage);
  expect((await run('channels', 'remove', 'Ops')).out).toBe('Ops is told nothing more.\n');
  expect((await run('channels', 'test', 'ops')).err).toContain('There is no team channel ops');
});

it('shows and sets what services need', async () => {
  await t.call('POST', '/api/v1/services', { name: 'Ledger', slug: 'ledger' });
  await t.call('POST', '/api/v1/services', { name: 'Database', slug: 'database' });
  expect((await run('services', 'needs', 'ledger', 'database')).out).toBe(
    'Ledger needs Database.\nNothing needs it.\n',
  );
  expect((await run('services', 'needs', 'database')).out).toContain('It is needed by Ledger.');
  expect((await run('services')).out).toMatch(/^ledger +unknown +default policy +needs Database$/m);
  expect((await run('services', 'needs', 'database', 'ledger')).exitCode).toBe(EXIT.failed);
  expect((await run('services', 'needs', 'ledger', '--nothing')).out).toContain('Ledger needs nothing.');
  expect((await run('services', 'needs', 'ledger', 'database', '--nothing')).exitCode).toBe(EXIT.usage);
});

it.each([['routes'], ['mutes'], ['absences'], ['cover'], ['overrides'], ['policies'], ['channels'], ['services']])(
  'explains %s with what belongs to it',
  async (command) => {
    const help = await run(command, '--help');
    expect(help.exitCode).toBe(EXIT.ok);
    expect(help.out).toMatch(new RegExp(`^Usage: allclear ${command} .*[^]*Commands:\n`));
  },
);

it('sets quiet hours, shows them, and clears them', async () => {
  expect((await run('quiet-hours')).out).toBe('No quiet hours: pages of low urgency go out at any time.\n');
  const made = await run('quiet-hours', 'set', 'sun-thu 22:00-07:00', 'fri,sat 23:00-10:00');
  expect(made.out).toMatch(
    /^Pages of low urgency wait \(.+\):\n {2}mon,tue,wed,thu,sun 22:00-07:00\n {2}fri,sat 23:00-10:00\n/,
  );
  expect((await run('quiet-hours', '--person', 'olive owner')).out).toBe(made.out);
  expect((await run('quiet-hours', 'set', 'at night')).exitCode).toBe(EXIT.usage);
  expect((await run('quiet-hours', 'clear')).out).toMatch(/^No quiet hours/);
});

it('shows alerts that ask as one in rows, and acts on a row', async () => {
  const { key } = await t.ask<{ key: string }>('POST', '/alert-sources', { name: 'Racks' });
  await t.ask('PATCH', '/alert-settings', { stormPerMinute: 5 });
  const ids: string[] = [];
  for (let i = 0; i < 12; i++) {
    const labels = { host: ['db-1', 'db-2', 'web-1'][i % 3] };
    const body = JSON.stringify({ title: `Disk ${i} is full`, dedupKey: `disk-${i}`, labels });
    const answer = await t.app.request(`/intake/${key}`, { method: 'POST', body });
    ids.push(((await answer.json()) as { alertId: string }).alertId);
    await t.settle();
  }
  const storm = (await run('storms')).out;
  expect(storm).toMatch(/^12 alerts ask as one, 12 open/);
  expect(storm).toContain('  4 by host: db-1\n');
  const groupId = /grp_\w+/.exec(storm)?.[0] ?? '';
  const shown = await run('alert', 'group', groupId);
  expect(shown.out).toMatch(/^By host: 3 rows hold all 12 alerts\./);
  expect(shown.out).toMatch(/^4 {2}db-1 +4 open +4 error +last .* fld_host_[0-9a-f]{32} {2}Disk \d is full$/m);
  expect((await run('alert', 'group', ids[3] ?? '', '--by', 'time')).out).toMatch(/^By minute: 1 row/);
  const acted = await run('alert', 'group', groupId, 'snooze', '--by', 'host', '--row', 'DB-1', '--for', '2h');
  expect(acted).toMatchObject({ out: 'Done for 4 alerts.\n', err: '', exitCode: EXIT.ok });
  const row = await run('alert', 'group', groupId, '--by', 'host', '--row', 'db-1');
  expect(row.out.match(/acknowledged/g)).toHaveLength(4);
  const open = (await run('alert', 'group', groupId, '--row', 'web-1', '--ids')).out.trim().split('\n');
  expect(open.toSorted()).toEqual(ids.filter((_, i) => i % 3 === 2).toSorted());
  expect((await run('alert', 'group', groupId, 'close')).exitCode).toBe(EXIT.usage);
  expect((await run('alert', 'group', groupId, 'close', '--row', 'db-11')).err).toContain('Nearest: db-1, db-2');
  expect((await run('alert', 'group', groupId, 'close', '--all')).out).toBe('Done for 12 alerts.\n');
  await t.ask('PATCH', '/alert-settings', { stormPerMinute: 30 });
});
