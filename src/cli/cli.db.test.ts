import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestSystem, type TestSystem } from '#test/harness/system.ts';
import { terminalOf } from '#test/harness/terminal.ts';
import { EXIT } from './io.ts';
import { runCli } from './program.ts';

let t: TestSystem;
let type: ReturnType<typeof terminalOf>;
beforeAll(async () => {
  t = await createTestSystem();
  type = terminalOf(t, runCli);
});
afterAll(() => t.close());

const run = (...argv: readonly string[]) => type('', ...argv);

it('reports a problem under one’s own name', async () => {
  const reported = await run('report', 'Invoices are sent twice', '--severity', 'warning', '--details', 'Since noon.');
  expect(reported).toMatchObject({ exitCode: EXIT.ok, err: '' });
  expect(reported.out).toMatch(/^warning {2}Invoices are sent twice\nhttp\S+\/alerts\/alt_/);
  expect((await run('report', 'Invoices are sent twice')).out).toContain('reported 2 times');
});

it('shows alert sources, and replaces a key', async () => {
  expect((await run('sources')).out).toBe('There is no alert source.\n');
  await t.call('POST', '/api/v1/alert-sources', { name: 'Backups', kind: 'pagerduty' });
  expect((await run('sources')).out).toMatch(/^Backups +pagerduty +no signal yet +http\S+\/pagerduty\/v2\/enqueue\n$/);
  const before = await run('sources', 'backups');
  const after = await run('sources', 'Backups', '--rotate', '--grace', '7d');
  const keyIn = ({ out }: { out: string }) => /^key (\S+)$/m.exec(out)?.[1];
  expect(keyIn(after)).toMatch(/^[0-9a-f]{32}$/);
  expect(keyIn(after)).not.toBe(keyIn(before));
  expect(after.out).toMatch(/^The key before works until /m);
  expect((await run('sources', 'nobody')).exitCode).toBe(EXIT.failed);
});

it('pages people and teams by hand', async () => {
  const paged = await run('page', 'Look at the ledger', '--to', 'olive@example.com', '--note', 'Balances drift.');
  expect(paged).toMatchObject({ exitCode: EXIT.ok, err: '' });
  expect(paged.out).toMatch(/^Paged Olive Owner\.\nhttp\S+\/pages\/pag_/);
  const journal = await run('pages', '--person', 'olive@example.com');
  expect(journal).toMatchObject({ exitCode: EXIT.ok, err: '' });
  expect(journal.out).toContain('Look at the ledger');
  expect((await run('pages', '--csv')).out).toMatch(/^at,page,title,/);
});

it('proves who is covered, and fails a build when somebody is not', async () => {
  const proved = await run('coverage');
  expect(proved).toMatchObject({ exitCode: EXIT.attention, err: '' });
  expect(proved.out).toMatch(/^\d+ holes? until .+ in 1 policy and 0 schedules/);
  expect(proved.out).toMatch(/^! Default: .*A SEV1 would/m);
});

it('tells the story of an incident from declaring to the update', async () => {
  const calm = await run('status');
  expect(calm).toMatchObject({ exitCode: EXIT.ok, err: '' });
  expect(calm.out).toContain('All clear.');

  const declared = await run('declare', 'Checkout is down', '--severity', 'SEV2', '--customer-facing');
  expect(declared).toMatchObject({ exitCode: EXIT.ok, err: '' });
  expect(declared.out).toMatch(/^INC-1 {2}SEV2 {2}Checkout is down\n/);
  const { rows } = await t.database.pool.query("select channel from incident_event where type = 'declared'");
  expect(rows).toEqual([{ channel: 'cli' }]);

  const draft = await run('update', '--draft');
  expect(draft).toMatchObject({ exitCode: EXIT.ok, err: '' });
  expect(draft.out).toContain('investigating');
  const posted = await run(
    'update',
    'We are investigating trouble with the checkout.',
    '--incident',
    '1',
    '--next',
    '30m',
  );
  expect(posted).toMatchObject({ exitCode: EXIT.ok, err: '' });
  expect(posted.out).toContain('INC-1 investigating: posted. On 1 status page. Next update promised by');

  const busy = await run('status');
  expect(busy.exitCode).toBe(EXIT.attention);
  expect(busy.out).toMatch(
    /1 open incident\n {2}INC-1 {2}SEV2 {2}active {2}Checkout is down {2}[a-z ]+ due \d\d:\d\d \(in /,
  );
});

it('prints the same as JSON for machines, refusals too', async () => {
  const status = await run('--json', 'status');
  expect(JSON.parse(status.out)).toMatchObject({ attention: true, incidents: [{ reference: 'INC-1' }] });
  const refused = await run('--json', 'update', 'x', '--incident', 'INC-99');
  expect(refused.exitCode).toBe(EXIT.failed);
  expect(JSON.parse(refused.err)).toEqual({ error: { code: 'failed', message: 'There is no incident INC-99.' } });
});

it('says who would be paged and why', async () => {
  const plan = await run('oncall', '--severity', 'SEV1');
  expect(plan.out).toContain('Policy ');
  expect(plan.out).toContain('Olive Owner');
  expect([EXIT.ok, EXIT.attention]).toContain(plan.exitCode);
});

it('prints a new key alone on stdout, and the key works', async () => {
  const made = await run('token', '--name', 'CI', '--role', 'viewer', '--scopes', 'read', '--expires', '30d');
  expect(made.out).toMatch(/^key_[0-9a-z]+\n$/);
  expect(made.err).toContain('"CI", viewer, read');
  const session = await t.app.request('/api/v1/session', { headers: { authorization: `Bearer ${made.out.trim()}` } });
  expect(session.status).toBe(200);
});

it.each([
  [['nonsense'], EXIT.usage, 'unknown command'],
  [['declare', 'x', '--severity', 'SEV9'], EXIT.usage, 'SEV1, SEV2'],
  [['token', '--name', 'x', '--scopes', 'all'], EXIT.usage, 'expected some of read, write'],
  [['token'], EXIT.usage, 'Say what the key is for'],
  [['token', 'revoke', 'nope'], EXIT.failed, 'You have no API key nope'],
  [['declare'], EXIT.failed, 'Say what is wrong'],
  [['report'], EXIT.failed, 'Say what is wrong'],
  [['page', 'Look'], EXIT.failed, 'whom to page'],
  [['page', 'Look', '--to', 'nope'], EXIT.failed, 'There is no person, team, on-call schedule or team channel nope'],
  [['report', 'x', '--service', 'nope'], EXIT.failed, 'There is no service nope'],
  [['declare', 'x', '--service', 'nope'], EXIT.failed, 'There is no service nope'],
  [['update', 'x', '--next', 'soon'], EXIT.failed, 'not a length of time'],
  [['update', 'x', '--component', 'nope'], EXIT.failed, 'names no component'],
  [['status', '--api-key', 'wrong'], EXIT.failed, 'does not know this API key'],
  [['--url', 'ftp://x', 'status'], EXIT.failed, 'not the URL of a server'],
])('%j ends with %i and one sentence', async (argv, exitCode, sentence) => {
  const refused = await run(...argv);
  expect(refused).toMatchObject({ exitCode, out: '' });
  expect(refused.err).toContain(sentence);
  expect(refused.err.trim().split('\n').length).toBeLessThanOrEqual(2);
});

it('acts on alerts, and says of each what became of it', async () => {
  const reported = await run('--json', 'report', 'Ledger drifts', '--severity', 'warning');
  const { id } = JSON.parse(reported.out) as { id: string };
  expect((await run('alert', 'snooze', id, '--for', '2h')).out).toBe(`${id}  acknowledged\n`);
  expect((await run('alert', 'reassign', id, '--to', 'olive@example.com')).out).toBe(`${id}  open\n`);
  const mixed = await run('alert', 'close', id, 'alt_none');
  expect(mixed.exitCode).toBe(EXIT.failed);
  expect(mixed.out).toContain('alt_none');
  expect(mixed.out).toContain('refused: There is no alert alt_none');
  expect((await run('alert', 'snooze', id)).exitCode).toBe(EXIT.usage);
});

it('says who is on call by a schedule and who is next, and overrides it', async () => {
  expect((await run('schedules')).out).toContain('There is no on-call schedule.');
  const made = await t.call('POST', '/api/v1/schedules', {
    name: 'Primary',
    timeZone: 'UTC',
    layers: [
      {
        name: 'Weeks',
        beginsAt: '2026-11-23T09:00',
        rotation: { kind: 'weekly' },
        turns: [{ userIds: [t.ownerId] }, { userIds: [] }],
      },
    ],
  });
  expect(made.status).toBe(201);
  expect((await run('oncall')).out).toMatch(/^Primary {2}Olive Owner {2}until .*, then nobody$/m);
  expect(await run('schedules')).toMatchObject({ exitCode: EXIT.ok, out: expect.stringContaining('Primary') });
  const shown = await run('schedules', 'primary');
  expect(shown.exitCode).toBe(EXIT.attention);
  expect(shown.out).toMatch(/nobody: unassigned\n[^]*! \d gap/);
  const until = new Date(t.clock.now().getTime() + 3_600_000).toISOString();
  const done = await run('override', 'Primary', '--remove', 'olive owner', '--until', until);
  expect(done).toMatchObject({ exitCode: EXIT.ok, out: expect.stringContaining('Primary is overridden until') });
  expect((await run('schedules')).out).toContain('nobody (removed)');
  const { items } = (await t.call('GET', `/api/v1/schedules/${(made.body as { id: string }).id}/overrides`)).body as {
    items: { id: string }[];
  };
  const longer = new Date(t.clock.now().getTime() + 7_200_000).toISOString();
  const moved = await run('override', 'Primary', '--move', items[0]?.id ?? '', '--until', longer);
  expect(moved).toMatchObject({ exitCode: EXIT.ok, out: expect.stringContaining('now lasts until') });
  expect(await run('override', 'Primary', '--until', until)).toMatchObject({
    exitCode: EXIT.failed,
    err: expect.stringContaining('--replace NAME --by NAME'),
  });
});

it('drills people, and tells of everybody’s last drill', async () => {
  expect((await run('drill')).out).toMatch(/^Olive Owner +never drilled\n$/);
  // Mail is not configured here, so nothing can be sent.
  const started = await run('drill', '--to', 'olive@example.com');
  expect(started).toMatchObject({ exitCode: EXIT.attention, err: '' });
  expect(started.out).toMatch(/^Olive Owner {2}nothing could be sent: .*\nhttp\S+\/drills\n$/);
  expect(await run('drill')).toMatchObject({ exitCode: EXIT.attention });
  expect(await run('drill', '--me')).toMatchObject({ exitCode: EXIT.failed });
  expect((await run('drill', '--me', '--on-call')).err).toContain('Say one of');
  expect((await run('drill', '--schedule', 'nothing')).err).toContain('There is no on-call schedule nothing');
});

it('lets a group of a chat follow a schedule, and says what keeps it from that', async () => {
  const layers = [
    { name: 'Days', beginsAt: '2026-11-24T09:00', rotation: { kind: 'daily' }, turns: [{ userIds: [t.ownerId] }] },
  ];
  await t.call('POST', '/api/v1/schedules', { name: 'Chatted about', timeZone: 'UTC', layers });
  expect((await run('chat-group', 'Chatted about')).out).toBe('No group of a chat follows it.\n');
  const followed = await run('chat-group', 'chatted about', '--follow', 'S0615G0KT');
  expect(followed).toMatchObject({ exitCode: EXIT.attention, err: '' });
  expect(followed.out).toMatch(/^S0615G0KT in Slack: not set yet\n! Nobody on call has a verified Slack/);
  expect(followed.out).toContain('not in it, unknown in Slack: Olive Owner');
  expect((await run('chat-group', 'chatted about', '--follow', 'oncall')).exitCode).toBe(EXIT.failed);
  const elsewhere = await run('chat-group', 'chatted about', '--in', 'mattermost', '--follow', '@oncall');
  expect(elsewhere.out).toMatch(
    /^oncall in Mattermost: not set yet\n! oncall could not be set: Mattermost is not connected/,
  );
  expect((await run('chat-group', 'chatted about', '--in', 'teams', '--follow', 'x')).exitCode).toBe(EXIT.usage);
  expect((await run('chat-group', 'chatted about', '--stop')).out).toContain('stays as it is');
});

it('makes, shows, changes and removes calendars of public holidays', async () => {
  expect((await run('holidays')).out).toBe('There is no holiday calendar.\n');
  const made = await run('holidays', 'Munich', '--country', 'de', '--region', 'BY', '--default');
  expect(made).toMatchObject({ exitCode: EXIT.ok, err: '' });
  expect(made.out).toMatch(/^Munich is saved\. Next: \d{4}-\d\d-\d\d /);
  expect((await run('holidays')).out).toMatch(/^Munich +DE BY +everybody +next /);
  const file = join(await mkdtemp(join(tmpdir(), 'holidays-')), 'days.ics');
  await writeFile(
    file,
    'BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART;VALUE=DATE:20271230\r\nSUMMARY:Stocktaking\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n',
  );
  expect((await run('holidays', 'munich', '--day', '2027-12-24 Christmas Eve', '--file', file)).exitCode).toBe(EXIT.ok);
  const days = await run('holidays', 'Munich', '--from', '2027-12-01', '--to', '2027-12-31');
  expect(days.out).toBe(
    '2027-12-24  Christmas Eve\n2027-12-25  Christmas Day\n2027-12-26  Boxing Day\n2027-12-30  Stocktaking\n',
  );
  expect((await run('holidays', '--countries')).out).toMatch(/^DE +Germany$/m);
  expect(await run('holidays', 'Munich', '--day', 'tomorrow')).toMatchObject({ exitCode: EXIT.usage });
  expect((await run('holidays', 'Munich', '--region', 'ZZ')).err).toContain('ZZ is no region of DE');
  expect((await run('holidays', 'nobody')).err).toContain('There is no holiday calendar nobody. There are: Munich.');
  expect((await run('holidays', 'Munich', '--remove')).out).toContain('working days again');
});

it('shows the load of on-call, and each day of it for pay', async () => {
  const layers = [
    {
      name: 'Days',
      beginsAt: '2026-11-01T09:00',
      rotation: { kind: 'daily' },
      turns: [{ userIds: [t.ownerId] }],
    },
  ];
  await t.call('POST', '/api/v1/schedules', { name: 'Daily', timeZone: 'UTC', layers });
  const span = ['--from', '2026-12-08T10:00:00Z', '--to', '2026-12-09T10:00:00Z'];
  const shown = await run('load', ...span, '--schedule', 'daily');
  expect(shown).toMatchObject({ exitCode: EXIT.ok, err: '' });
  expect(shown.out).toMatch(/Olive Owner {2}24 h +9 h +0 h +0 h +1 x/);
  expect(shown.out).toMatch(/hours +nights +free days +holidays/);
  expect((await run('load', ...span, '--csv')).out).toMatch(
    /^date,person,.*\r\n2026-12-08,Olive Owner,usr_\w+,12,2,0,0,/,
  );
  expect((await run('load', '--team', 'nobody')).err).toContain('There is no team nobody');
});

it('plans an import, and carries it out when told to', async () => {
  const file = new URL('../../test/exports/opsgenie.json', import.meta.url).pathname;
  const planned = await run('import', file);
  expect(planned).toMatchObject({ exitCode: EXIT.attention, err: '' });
  expect(planned.out).toMatch(/^\d+ things to make, 0 here already, 5 left behind, /);
  expect(planned.out).toContain('Platform_schedule  the same in every one of 1260 minutes');
  expect((await run('schedules')).out).not.toContain('Platform_schedule');
  const done = await run('import', file, '--from', 'opsgenie', '--apply');
  expect(done.out).toMatch(/^\d+ things made, /);
  expect((await run('schedules')).out).toContain('Platform_schedule');
  expect((await run('import', file, '--apply')).out).toMatch(/^0 things made, /);
  expect((await run('import', '/nowhere.json')).err).toContain('/nowhere.json cannot be read');
  expect((await run('import', file, '--from', 'pagerduty')).err).toContain('document.');
});

it('says who would have been paged for a source in shadow, and lets it go live', async () => {
  const source = await t.call('POST', '/api/v1/alert-sources', { name: 'Old pager', shadow: true });
  const { intakeUrl } = source.body as { intakeUrl: string };
  expect((await run('shadow')).out).toBe('Nothing would have been paged.\n');
  const sent = await t.app.request(new URL(intakeUrl).pathname, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ title: 'Search is slow', severity: 'critical' }),
  });
  expect(sent.status).toBe(202);
  await t.settle();
  const shown = await run('shadow', 'old pager');
  expect(shown).toMatchObject({ exitCode: EXIT.ok, err: '' });
  expect(shown.out).toContain('Search is slow');
  expect((await run('shadow', '--csv')).out).toMatch(/^at,alert,title,source,policy,person,/);
  expect((await run('shadow', 'Old pager', '--live')).exitCode).toBe(EXIT.ok);
  expect((await t.call('GET', '/api/v1/alert-sources')).body).toMatchObject({
    items: expect.arrayContaining([expect.objectContaining({ name: 'Old pager', shadow: false })]),
  });
  expect((await run('shadow', '--live')).err).toContain('Say which source');
});
