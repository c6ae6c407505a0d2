import { recordBatch } from '#monitor';
import { observed } from '#test/harness/observed.ts';
import type { TestSystem } from '#test/harness/system.ts';

export type Caller = { readonly headers: Readonly<Record<string, string>> };
export type Answer = { readonly status: number; readonly text: string };

const PASSWORD = 'correct horse battery';
const FROM_OUR_PAGE = { 'sec-fetch-site': 'same-origin', 'content-type': 'application/json' };

export async function call(
  t: TestSystem,
  method: string,
  path: string,
  caller: Caller | null,
  body?: unknown,
): Promise<Answer> {
  const headers = caller?.headers ?? { 'content-type': 'application/json' };
  const init = { method: method.toUpperCase(), headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
  const response = await t.app.request(`/api/v1${path}`, init);
  return { status: response.status, text: await response.text() };
}

/** Signs in and calls with the session's cookie, as the dashboard does. */
export async function signIn(t: TestSystem, email: string): Promise<Caller> {
  const body = JSON.stringify({ email, password: PASSWORD });
  const response = await t.app.request('/api/auth/sign-in/email', { method: 'POST', headers: FROM_OUR_PAGE, body });
  const cookie = response.headers.getSetCookie()[0]?.split(';')[0];
  if (!cookie) throw new Error(`no session for ${email}: HTTP ${response.status}`);
  return { headers: { ...FROM_OUR_PAGE, cookie } };
}

/** Calls that must succeed; returns what they answered. */
function maker(t: TestSystem, caller: Caller) {
  return async (method: string, path: string, body?: unknown): Promise<Record<string, unknown>> => {
    const answer = await call(t, method, path, caller, body);
    if (answer.status >= 300) throw new Error(`${method} ${path} → ${answer.status} ${answer.text.slice(0, 300)}`);
    return answer.text === '' ? {} : (JSON.parse(answer.text) as Record<string, unknown>);
  };
}

/** Joins a person to the owner's workspace by invite and signs them in. */
export async function join(t: TestSystem, owner: Caller, role: string): Promise<Caller> {
  const email = `${role}@example.com`;
  const { url } = await maker(t, owner)('post', '/invites', { email, role });
  await maker(t, { headers: { 'content-type': 'application/json' } })(
    'post',
    `/invite-links/${String(url).split('/').at(-1)}/accept`,
    { name: role, password: PASSWORD },
  );
  return signIn(t, email);
}

/** One of everything that a workspace can hold, made the way people make it. */
export async function seedWorkspace(t: TestSystem, owner: Caller): Promise<void> {
  const make = maker(t, owner);
  const service = await make('post', '/services', { name: 'Checkout' });
  const serviceId = service['id'];
  const monitor = await make('post', '/monitors', { url: 'http://127.0.0.1:9/', serviceId });
  const failed = { workspaceId: t.workspaceId, monitorId: String(monitor['id']), at: t.clock.now() };
  const artefacts = { picture: Buffer.from('picture'), trace: null };
  await recordBatch(t.system, [{ ...observed(failed, 'down'), artefacts }]);
  const { id: heartbeatId } = await make('post', '/heartbeats', {
    name: 'Nightly backup',
    periodSeconds: 3_600,
    graceSeconds: 300,
  });
  const queue = await make('post', '/pushed-values', { name: 'Queue', test: 'at-most', value: 100 });
  const { pushUrl } = queue['pushedValue'] as { pushUrl: string };
  await t.app.request(`${new URL(pushUrl).pathname}?value=7`);
  await make('post', '/slos', { name: 'Checkout works', objective: 99.9, serviceId });
  await make('post', '/slos', { name: 'Backups run', objective: 99, monitorIds: [heartbeatId] });
  const source = await make('post', '/alert-sources', { name: 'Anything', serviceId });
  const intake = await t.app.request(new URL(String(source['intakeUrl'])).pathname, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ title: 'Disk is full', severity: 'critical' }),
  });
  const { alertId } = (await intake.json()) as { alertId: string };
  await t.app.request('/v2/change/enqueue', {
    method: 'POST',
    body: JSON.stringify({ routing_key: source['key'], payload: { summary: 'Deployed the checkout' } }),
  });
  const incident = await make('post', `/alerts/${alertId}/declare`, { severity: 'SEV2' });
  const at = `/incidents/${String(incident['id'])}`;
  await make('post', `${at}/timeline`, { body: 'We are looking.' });
  await make('post', `${at}/updates`, {
    status: 'investigating',
    body: 'We are investigating trouble with the checkout.',
  });
  await make('post', `${at}/tasks`, { title: 'Call the provider' });
  await make('post', `${at}/action-items`, {
    title: 'Alert on disks at 80 %',
    doneWhen: 'A disk at 80 % opens an alert in staging',
    ownerId: t.ownerId,
    dueOn: '2026-12-24',
  });
  await make('post', `${at}/resolve`, { body: 'The checkout works again.', confirmImpaired: true });
  await make('post', `${at}/postmortem`);
  const pages = await make('get', '/status-pages');
  const [page] = pages['items'] as { id: string }[];
  await make('post', `/status-pages/${page?.id}/subscribers`, { email: 'reader@example.com' });
  await make('post', '/invites', { email: 'waiting@example.com', role: 'member' });
  await make('post', '/teams', { name: 'Payments', userIds: [t.ownerId] });
  await make('post', '/api-keys', { name: 'CI', role: 'member' });
  await make('post', '/allowed-targets', { cidr: '10.0.0.0/8' });
  const method = await make('post', '/contact-methods', { kind: 'email', address: 'olive.phone@example.com' });
  await make('post', '/notification-rules', { contactMethodId: method['id'], urgency: 'high', delaySeconds: 60 });
  const schedule = await make('post', '/schedules', {
    name: 'Primary',
    timeZone: 'UTC',
    layers: [
      {
        name: 'Weeks',
        beginsAt: '2026-11-23T09:00',
        rotation: { kind: 'weekly', every: 1 },
        turns: [{ userIds: [t.ownerId] }],
      },
    ],
  });
  await make('post', `/schedules/${String(schedule['id'])}/overrides`, {
    kind: 'add',
    userId: t.ownerId,
    startsAt: '2026-12-24T10:00:00Z',
    endsAt: '2026-12-25T10:00:00Z',
  });
  await make('post', `/schedules/${String(schedule['id'])}/cover-requests`, {
    startsAt: '2026-12-20T10:00:00Z',
    endsAt: '2026-12-21T10:00:00Z',
  });
  await make('post', '/absences', { startsAt: '2026-12-28T10:00:00Z', endsAt: '2026-12-29T10:00:00Z' });
  await make('post', '/drills', { of: { kind: 'on-call' } });
  const old = await make('post', '/alert-sources', { name: 'Old pager', shadow: true });
  await t.app.request(new URL(String(old['intakeUrl'])).pathname, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ title: 'Search is slow', severity: 'critical' }),
  });
  await make('post', '/imports', {
    document: {
      users: [{ id: 'P1', name: 'Pat', email: 'pat@example.com' }],
      escalation_policies: [],
    },
  });
  await make('post', '/calendar-feeds', { kind: 'schedule', subjectId: schedule['id'] });
  const match = [{ field: 'label', name: 'host', op: 'is', values: ['old'] }];
  const group = { by: ['label:rack'], windowSeconds: 600 };
  const racks = [{ name: 'Racks', match: [{ field: 'label', name: 'rack', op: 'exists' }], outcome: { group } }];
  await make('put', '/routes', { version: 0, routes: racks, catchAll: { policyId: null, clockSeconds: 3_600 } });
  await t.app.request(new URL(String(source['intakeUrl'])).pathname, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ title: 'No power', severity: 'critical', labels: { rack: 'r1' } }),
  });
  await make('put', `/schedules/${schedule['id']}/chat-group`, { groupId: 'SOLD1' });
  await make('post', '/holiday-calendars', { name: 'Office', ownDays: [{ date: '2026-12-24', name: 'Eve' }] });
  await make('post', '/notice-channels', { name: 'Operations', kind: 'webhook', address: 'http://127.0.0.1:9/hook' });
  const place = await make('post', '/locations', { name: 'Attic' });
  await make('post', `/locations/${String(place['id'])}/probes`, { name: 'Attic 1' });
  await make('post', '/maintenance-windows', {
    title: 'New disks',
    serviceIds: [serviceId],
    endsAt: '2026-11-26T10:00:00Z',
  });
  await make('post', '/maintenance-series', {
    title: 'Backup',
    repeat: { every: 'day', atTime: '02:00' },
    timeZone: 'UTC',
    durationSeconds: 600,
    serviceIds: [serviceId],
  });
  await make('post', '/mutes', { match, reason: 'It is being moved.', endsAt: '2026-12-24T10:00:00Z' });
  await t.settle();
}
