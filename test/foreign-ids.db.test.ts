import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createWorkspaceWithOwner } from '#access';
import { createTestSystem, type TestSystem } from '#test/harness/system.ts';
import { type Caller, call, seedWorkspace, signIn } from './permissions/seed.ts';

/*
 * What one workspace may name in what it sends: only what is its own. Each id stands as `$name` in a body that is good;
 * one at a time is put to the same kind of thing in another workspace, which has to be refused as if it were not there.
 */

let t: TestSystem;
let stranger: Caller;
let strangerWorkspaceId: string;
let own: Readonly<Record<string, string>>;
let foreign: Readonly<Record<string, string>>;

const KINDS = {
  user: ['member', 'user_id'],
  team: ['team', 'id'],
  service: ['service', 'id'],
  policy: ['escalation_policy', 'id'],
  schedule: ['schedule', 'id'],
  channel: ['notice_channel', 'id'],
  source: ['alert_source', 'id'],
  alert: ['alert', 'id'],
  incident: ['incident', 'id'],
  method: ['contact_method', 'id'],
  page: ['status_page', 'id'],
  component: ['component', 'id'],
  monitor: ['monitor', 'id'],
  heartbeat: ['heartbeat', 'monitor_id'],
  pushed: ['pushed_value', 'monitor_id'],
  slo: ['slo', 'id'],
} as const;

beforeAll(async () => {
  t = await createTestSystem();
  const owner = await signIn(t, 'olive@example.com');
  await seedWorkspace(t, owner);
  const made = await createWorkspaceWithOwner(t.system, {
    name: 'Strangers',
    timeZone: 'UTC',
    owner: { name: 'Stan', email: 'stan@example.com', password: 'correct horse battery', emailVerified: true },
  });
  strangerWorkspaceId = made.workspaceId;
  stranger = await signIn(t, 'stan@example.com');
  await seedWorkspace({ ...t, ownerId: made.userId }, stranger);
  // An incident that is still open, and a second policy that may be given away.
  const at = async (path: string, body: unknown) => JSON.parse((await call(t, 'post', path, stranger, body)).text);
  const incident = await at('/incidents', { title: 'Search is slow', severity: 'SEV3' });
  const alert = await at('/alerts/report', { title: 'Search is slow' });
  const other = await at('/alerts/report', { title: 'Search is empty' });
  await t.settle();
  own = { ...(await idsOf(strangerWorkspaceId)), incident: incident.id, alert: alert.id, other: other.id };
  foreign = await idsOf(t.workspaceId);
});
afterAll(() => t.close());

const later = (hours: number) => new Date(t.clock.now().getTime() + hours * 3_600_000).toISOString();
const step = (targets: unknown[], userIds: string[] = []) => ({ targets, userIds, delaySeconds: 300 });
const anyone = { kind: 'user', userId: '$user' };
const targets = [
  anyone,
  { kind: 'team', teamId: '$team' },
  { kind: 'schedule', scheduleId: '$schedule' },
  { kind: 'channel', noticeChannelId: '$channel' },
];
const layers = [
  {
    name: 'Weeks',
    beginsAt: '2026-11-23T09:00',
    rotation: { kind: 'weekly', every: 1 },
    turns: [{ userIds: ['$user'] }],
  },
];
const match = [{ field: 'label', name: 'host', op: 'is', values: ['web1'] }];
const route = (outcome: unknown) => ({ name: 'One', match, outcome });

/** Method, path and a body; functions are called when it is sent. */
type Case = readonly [method: string, path: string, body: () => unknown];
const CASES: readonly Case[] = [
  ['post', '/teams', () => ({ name: 'Search', userIds: ['$user'] })],
  ['put', '/teams/$team', () => ({ name: 'Payments', userIds: ['$user'] })],
  [
    'post',
    '/holiday-calendars',
    () => ({ name: 'Another', ownDays: [{ date: '2026-12-24', name: 'Eve' }], teamIds: ['$team'], userIds: ['$user'] }),
  ],
  ['post', '/services', () => ({ name: 'Search', escalationPolicyId: '$policy' })],
  ['patch', '/services/$service', () => ({ escalationPolicyId: '$policy' })],
  ['post', '/maintenance-windows', () => ({ title: 'Disks', serviceIds: ['$service'], endsAt: later(4) })],
  ['post', '/maintenance-windows', () => ({ title: 'Disks', monitorIds: ['$monitor'], endsAt: later(4) })],
  [
    'post',
    '/maintenance-series',
    () => ({
      title: 'Backup',
      repeat: { every: 'day', atTime: '02:00' },
      timeZone: 'UTC',
      durationSeconds: 600,
      serviceIds: ['$service'],
      monitorIds: ['$monitor'],
    }),
  ],
  ['post', '/monitors', () => ({ url: 'http://127.0.0.1:9/', serviceId: '$service' })],
  ['patch', '/monitors/$monitor', () => ({ serviceId: '$service' })],
  ['post', '/heartbeats', () => ({ name: 'Beat', periodSeconds: 3_600, graceSeconds: 300, serviceId: '$service' })],
  ['patch', '/heartbeats/$heartbeat', () => ({ serviceId: '$service' })],
  ['post', '/pushed-values', () => ({ name: 'Queue', test: 'at-most', value: 100, serviceId: '$service' })],
  ['patch', '/pushed-values/$pushed', () => ({ serviceId: '$service' })],
  ['post', '/slos', () => ({ name: 'Works', objective: 99.9, serviceId: '$service' })],
  ['post', '/slos', () => ({ name: 'Works', objective: 99.9, monitorIds: ['$monitor'] })],
  ['patch', '/slos/$slo', () => ({ serviceId: '$service' })],
  ['patch', '/slos/$slo', () => ({ monitorIds: ['$monitor'] })],
  ['post', '/alerts/report', () => ({ title: 'It is slow', serviceId: '$service' })],
  ['post', '/alerts/$alert/reassign', () => ({ userId: '$user' })],
  ['post', '/alerts/$alert/reassign', () => ({ policyId: '$policy' })],
  [
    'put',
    '/routes',
    () => ({
      version: 0,
      routes: [route({ serviceId: '$service', policyId: '$policy' })],
      catchAll: { policyId: '$policy', clockSeconds: 3_600 },
    }),
  ],
  ['post', '/routes/test', () => ({ alertId: '$alert' })],
  [
    'post',
    '/routes/test',
    () => ({
      payload: '{"title":"x"}',
      sourceId: '$source',
    }),
  ],
  ['post', '/alert-sources', () => ({ name: 'Another', serviceId: '$service' })],
  [
    'post',
    '/incidents',
    () => ({ title: 'Search fails', severity: 'SEV3', serviceIds: ['$service'], alertIds: ['$other'] }),
  ],
  ['patch', '/incidents/$incident', () => ({ serviceIds: ['$service'] })],
  ['post', '/incidents/$incident/alerts', () => ({ alertIds: ['$alert'] })],
  ['put', '/incidents/$incident/roles/incident-commander', () => ({ userId: '$user' })],
  ['post', '/notification-rules', () => ({ contactMethodId: '$method', urgency: 'low', delaySeconds: 120 })],
  [
    'post',
    '/escalation-policies',
    () => ({ name: 'All', steps: [step(targets, ['$user'])], fallback: targets.slice(0, 3) }),
  ],
  ['post', '/absences', () => ({ userId: '$user', startsAt: later(2_000), endsAt: later(2_010) })],
  ['post', '/calendar-feeds', () => ({ kind: 'schedule', subjectId: '$schedule' })],
  ['post', '/calendar-feeds', () => ({ kind: 'team', subjectId: '$team' })],
  [
    'post',
    '/notice-channels',
    () => ({ name: 'Others', kind: 'webhook', address: 'http://127.0.0.1:9/other', serviceIds: ['$service'] }),
  ],
  ['patch', '/notice-channels/$channel', () => ({ serviceIds: ['$service'] })],
  ['post', '/schedules', () => ({ name: 'Second', timeZone: 'UTC', layers })],
  ['post', '/schedule-previews', () => ({ name: 'Second', timeZone: 'UTC', layers, scheduleId: '$schedule' })],
  [
    'post',
    '/schedules/$schedule/overrides',
    () => ({ kind: 'add', userId: '$user', startsAt: later(3_000), endsAt: later(3_001) }),
  ],
  [
    'post',
    '/schedules/$schedule/overrides',
    () => ({ kind: 'replace', userId: '$user', replacedUserId: '$mate', startsAt: later(3_000), endsAt: later(3_001) }),
  ],
  [
    'post',
    '/schedules/$schedule/cover-requests',
    () => ({ startsAt: later(4_000), endsAt: later(4_010), askedUserId: '$mate' }),
  ],
  ['post', '/pages', () => ({ title: 'Look', targets, serviceId: '$service', incidentId: '$incident' })],
  ['post', '/drills', () => ({ of: { kind: 'people', userIds: ['$user'] } })],
  ['post', '/drills', () => ({ of: { kind: 'schedule', scheduleId: '$schedule' } })],
  ['post', '/drills', () => ({ of: { kind: 'policy', policyId: '$policy' } })],
  ['post', '/incidents/$incident/tasks', () => ({ title: 'Call them', assigneeId: '$user' })],
  [
    'put',
    '/incidents/$incident/board',
    () => ({ version: 0, doing: [{ text: 'Rolling back', userId: '$user' }], know: [], dontKnow: [], next: [] }),
  ],
  ['post', '/components', () => ({ name: 'Search results', statusPageId: '$page', serviceId: '$service' })],
  ['post', '/status-pages/$page/subscribers', () => ({ email: 'another@example.com', componentIds: ['$component'] })],
  [
    'post',
    '/incidents/$incident/updates',
    () => ({
      status: 'investigating',
      body: 'We are looking into it.',
      components: [{ id: '$component', status: 'degraded_performance' }],
    }),
  ],
  [
    'post',
    '/incidents/$incident/action-items',
    () => ({
      title: 'Alert on slow searches',
      doneWhen: 'A slow search opens an alert',
      ownerId: '$user',
      dueOn: '2026-12-24',
    }),
  ],
];

describe('something of another workspace', () => {
  it.each(
    CASES.map(
      (one) => [`${one[0].toUpperCase()} ${one[1]} ${JSON.stringify(one[2].toString().match(/\$\w+/g))}`, one] as const,
    ),
  )('is not named by %s', async (_, [method, path, body]) => {
    const send = (text: string) => call(t, method, fill(path), stranger, JSON.parse(text));
    const good = JSON.stringify(body());
    const names = [...good.matchAll(/\$(\w+)/g)];
    for (const [nth, [, name = '']] of names.entries()) {
      const answer = await send(fill(good, nth, foreign[{ mate: 'user', other: 'alert' }[name] ?? name]));
      const shown = `${name} ${nth}: ${answer.status} ${answer.text}`;
      expect(shown).toMatch(/: (400|404|409|422) /);
      expect(answer.text).not.toMatch(/Olive|Primary|Operations/);
    }
    const answer = await send(fill(good));
    if (!good.includes('$mate')) expect(`${answer.status} ${answer.text}`).toMatch(/^(2\d\d|409) /);
  });

  it.each([
    ['an alert', () => [foreign['alert'], own['user']]],
    ['a person', () => [own['alert'], foreign['user']]],
  ])('is not acted on in bulk: %s', async (_, names) => {
    const [alertId, userId] = names();
    const answer = await call(t, 'post', '/alerts/bulk', stranger, {
      alertIds: [alertId],
      do: { act: 'reassign', userId },
    });
    // Each alert has its own outcome; what is wrong with the act itself is refused for all.
    expect(answer.text).toMatch(/"ok":false|"status":4\d\d/);
    expect(answer.text).not.toContain('"ok":true');
  });

  it('stands nowhere in what is stored', async () => {
    const mine = new Set(Object.values(foreign));
    for (const table of await workspaceTables()) {
      const { rows } = await t.database.pool.query<{ text: string }>(
        `select r::text as text from ${table} r where workspace_id = $1`,
        [strangerWorkspaceId],
      );
      const found = rows.filter(({ text }) => [...mine].some((id) => text.includes(id)));
      expect([table, ...found]).toEqual([table]);
    }
  });

  it('nothing of this was a fault of ours', () => expect(t.errors).toEqual([]));
});

/** Puts ids for names: own ones, and for the nth name another. */
function fill(text: string, nth = -1, other = ''): string {
  let index = 0;
  return text.replaceAll(/\$(\w+)/g, (_, name: string) =>
    index++ === nth ? other : (own[name] ?? own[name === 'mate' ? 'user' : ''] ?? name),
  );
}

async function idsOf(workspaceId: string): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const [name, [table, column]] of Object.entries(KINDS)) {
    const { rows } = await t.database.pool.query<{ id: string }>(
      `select ${column} as id from ${table} where workspace_id = $1 order by 1 limit 1`,
      [workspaceId],
    );
    if (!rows[0]) throw new Error(`no ${name} in ${workspaceId}`);
    found[name] = rows[0].id;
  }
  return found;
}

async function workspaceTables(): Promise<string[]> {
  const { rows } = await t.database.pool.query<{ name: string }>(
    "select c.table_name as name from information_schema.columns c join information_schema.tables t using (table_schema, table_name) where c.table_schema = 'public' and c.column_name = 'workspace_id' and t.table_type = 'BASE TABLE' order by 1",
  );
  return rows.map((row) => row.name);
}
