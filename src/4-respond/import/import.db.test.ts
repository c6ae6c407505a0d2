import { readFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestSystem, type TestSystem } from '#test/harness/system.ts';
import type { ImportItemView, ImportPlanView } from './contract.ts';

let t: TestSystem;
beforeEach(async () => {
  t = await createTestSystem();
});
afterEach(async () => {
  expect(t.errors).toEqual([]);
  await t.close();
});

const readExport = async (name: string) =>
  JSON.parse(await readFile(new URL(`../../../test/exports/${name}.json`, import.meta.url), 'utf8')) as Record<
    string,
    unknown
  >;

async function ask<Answer = ImportPlanView>(
  method: string,
  path: string,
  body?: unknown,
  status = 200,
): Promise<Answer> {
  const answer = await t.call(method, `/api/v1${path}`, body);
  expect(answer).toMatchObject({ status });
  return answer.body as Answer;
}
const plan = async (document: unknown) => ask('POST', '/imports', { document }, 201);
const apply = (id: string, status = 200) => ask('POST', `/imports/${id}/apply`, {}, status);
const items = <Item>(path: string) => ask<{ items: Item[] }>('GET', path).then((list) => list.items);
const lines = (report: ImportPlanView, kind: ImportItemView['kind']) =>
  report.items.filter((item) => item.kind === kind).map(({ name, action, reason }) => [name, action, reason]);
const notesOn = (report: ImportPlanView, vendorId: string) =>
  report.items.filter((item) => item.vendorId === vendorId).flatMap(({ notes }) => notes.map(({ text }) => text));

describe('an export of PagerDuty', () => {
  it('is planned without anything being made, and says what cannot be carried over', async () => {
    const report = await plan(await readExport('pagerduty'));
    expect(report).toMatchObject({ tool: 'pagerduty', state: 'planned' });
    expect(lines(report, 'person')).toEqual([
      ['Ann Archer', 'create', null],
      ['Bob Baker', 'create', null],
      ['Cyd Cole', 'create', null],
      ['Robot', 'skip', '“not an address” is no email address'],
    ]);
    expect(lines(report, 'schedule')).toEqual([
      ['Payments primary', 'create', null],
      ['Office hours', 'create', null],
      ['Base on Mars', 'skip', 'its time zone “Mars/Olympus_Mons” is not known here'],
      ['Empty', 'skip', 'it has no layer that can be carried over'],
    ]);
    expect(notesOn(report, 'PSCHED2')).toEqual([
      'Layer “Half hours” hands over every 1800 s; here a turn lasts whole hours.',
      '“Weekend and Monday” hands over at 02:30, which does not come on 2027-03-28: the shift begins at 03:00.',
      'PGONE01 is not carried over, and is missing in “Weekend and Monday”: the turn stays open.',
    ]);
    expect(lines(report, 'policy')).toEqual([
      ['Payments', 'create', null],
      ['Only Mars', 'skip', 'no step of it asks anybody who is carried over'],
    ]);
    expect(notesOn(report, 'PPOL001')).toEqual([
      'Step 2 asks the schedule PSCHED3, which is not carried over.',
      'Step 2 asks nobody and is left out; the step before it waits that long too.',
    ]);
    expect(lines(report, 'service')).toEqual([
      ['Payments API', 'create', null],
      ['Rover', 'skip', 'it is disabled in PagerDuty'],
    ]);
    expect(await items('/schedules')).toEqual([]);
    expect(await items('/users')).toHaveLength(1);
  });

  it('is carried out as planned, and a second time nothing is made twice', async () => {
    const document = await readExport('pagerduty');
    const first = await plan(document);
    const done = await apply(first.id);
    expect(done.state).toBe('applied');
    const schedules = await items<{ id: string; name: string }>('/schedules');
    expect(schedules.map(({ name }) => name)).toEqual(['Payments primary', 'Office hours']);
    const policies = await items<{
      name: string;
      repeatCount: number;
      acknowledgeTimeoutSeconds: number;
      steps: unknown[];
    }>('/escalation-policies');
    expect(policies.at(-1)).toMatchObject({
      name: 'Payments',
      repeatCount: 2,
      acknowledgeTimeoutSeconds: 1_800,
      steps: [
        { targets: [{ kind: 'schedule', scheduleId: schedules[0]?.id }], delaySeconds: 1_500 },
        { ask: 'round-robin', delaySeconds: 1_800 },
      ],
    });
    const again = await plan(document);
    expect(again.counts).toMatchObject({ create: 0, present: done.counts.create });
    await apply(again.id);
    expect(await items('/schedules')).toHaveLength(2);
    expect(await items(`/schedules/${schedules[0]?.id}/overrides`)).toHaveLength(1);
    expect(await items('/users')).toHaveLength(4);
    await apply(again.id, 409);
  });

  it('plans the shifts of 14 days by our reckoning, and shows each difference from theirs', async () => {
    const document = await readExport('pagerduty');
    const [primary] = (await plan(document)).schedules;
    expect(primary?.shifts.slice(0, 4).map(({ startsAt, people }) => [startsAt, people])).toEqual([
      ['2026-11-25T10:00:00.000Z', ['Ann Archer']],
      ['2026-11-25T21:00:00.000Z', ['Cyd Cole']],
      ['2026-11-26T05:00:00.000Z', ['Ann Archer']],
      ['2026-11-26T21:00:00.000Z', ['Cyd Cole']],
    ]);
    // The export says Ann until 21:00; then it says nothing, though it claims to reach until 9 December.
    expect(primary?.compared?.differences[0]).toEqual({
      startsAt: '2026-11-25T21:00:00.000Z',
      endsAt: '2026-11-26T05:00:00.000Z',
      here: ['Cyd Cole'],
      there: [],
    });
    expect(primary?.compared).toMatchObject({ sameMinutes: 11 * 60, differentMinutes: (13 * 24 + 3) * 60 });
  });

  it('ends a layer on the day on which it ends over there', async () => {
    const report = await plan(await readExport('pagerduty'));
    await apply(report.id);
    const [, office] = await items<{ id: string }>('/schedules');
    const versions = await items<{ effectiveFrom: string; layers: { name: string }[] }>(
      `/schedules/${office?.id}/versions`,
    );
    expect(versions.map(({ effectiveFrom, layers }) => [effectiveFrom.slice(0, 16), layers[0]?.name])).toEqual([
      ['2026-12-01T09:00', 'Nobody yet, or any more'],
      ['2026-11-25T10:00', 'Weekend and Monday'],
    ]);
  });

  it('is refused when it is malformed, with the path', async () => {
    const document = { users: [{ id: 'P1', name: 'Ann' }], escalation_policies: [] };
    const refused = await ask<{ errors: { path: string }[] }>('POST', '/imports', { document }, 400);
    expect(refused.errors[0]?.path).toBe('body.document.users.0.email');
  });
});

describe('an export of Opsgenie', () => {
  it('makes schedules side by side of rotations that are on call at once, and every step asks all of them', async () => {
    const report = await plan(await readExport('opsgenie'));
    expect(lines(report, 'schedule')).toEqual([
      ['Platform_schedule', 'create', null],
      ['Platform_schedule: Manager', 'create', null],
      ['Switched off', 'skip', 'it is disabled in Opsgenie'],
    ]);
    await apply(report.id);
    const schedules = await items<{ id: string; layers: { name: string; restrictions: unknown }[] }>('/schedules');
    expect(schedules.map(({ layers }) => layers.map(({ name }) => name))).toEqual([['Office', 'Night'], ['Manager']]);
    expect(schedules[1]?.layers[0]?.restrictions).toEqual([
      { days: [5], start: '17:00', end: '24:00' },
      { days: [6], start: '00:00', end: '24:00' },
      { days: [7], start: '00:00', end: '24:00' },
      { days: [1], start: '00:00', end: '09:00' },
    ]);
    const policies = await items<{
      name: string;
      steps: { targets: unknown[]; delaySeconds: number }[];
      repeatCount: number;
    }>('/escalation-policies');
    expect(policies.at(-1)).toMatchObject({ name: 'Platform_escalation', repeatCount: 9 });
    expect(policies.at(-1)?.steps.map(({ delaySeconds }) => delaySeconds)).toEqual([300, 3_300, 600]);
    expect(policies.at(-1)?.steps[0]?.targets).toEqual(
      schedules.map(({ id }) => ({ kind: 'schedule', scheduleId: id, who: 'current' })),
    );
  });

  it('brings heartbeats under their names, which beats of their senders reach', async () => {
    const before = (await ask<{ id: string }>('POST', '/heartbeats', { name: 'LEDGER', periodSeconds: 60 }, 201)).id;
    const report = await plan(await readExport('opsgenie'));
    expect(lines(report, 'heartbeat')).toEqual([
      ['nightly-backup', 'create', null],
      ['ledger', 'match', 'there is a heartbeat of this name; it keeps its own rhythm'],
      ['Ledger', 'match', 'there is a heartbeat of this name; it keeps its own rhythm'],
      ['old', 'skip', 'it is disabled in Opsgenie'],
    ]);
    expect(notesOn(report, 'nightly-backup')).toEqual([
      'Its silence is P3 in Opsgenie and critical here; a route can say otherwise.',
    ]);
    expect(report.remarks.join()).toContain('/v2/heartbeats/NAME/ping');
    const done = await apply(report.id);
    expect(done.items.find(({ vendorId }) => vendorId === 'ledger')?.id).toBe(before);
    const [service] = (await items<{ id: string; name: string }>('/services')).filter(
      ({ name }) => name === 'Checkout',
    );
    const heartbeats = await items<{ name: string }>('/heartbeats');
    expect(heartbeats.find(({ name }) => name === 'nightly-backup')).toMatchObject({
      serviceId: service?.id,
      intervalSeconds: 86_400,
    });
    const { key } = await ask<{ key: string }>('POST', '/alert-sources', { name: 'Old pager', kind: 'opsgenie' }, 201);
    const beat = await t.app.request('/v2/heartbeats/nightly-backup/ping', {
      headers: { authorization: `GenieKey ${key}` },
    });
    expect(beat.status).toBe(202);
    const again = await plan(await readExport('opsgenie'));
    expect(lines(again, 'heartbeat').map(([, action]) => action)).toEqual(['present', 'present', 'present', 'skip']);
  });

  it('says what means something else here, and what is lost', async () => {
    const report = await plan(await readExport('opsgenie'));
    const told = notesOn(report, '5c4ed000-0000-4000-8000-000000000001');
    expect(told).toContain('Rotation “Empty” has nobody in it.');
    expect(told.join('\n')).toContain('turn of the escalation “Platform_escalation”');
    expect(told.join('\n')).toContain('becomes 2 schedules here');
    expect(told.join('\n')).toContain('hands over at 02:30');
    expect(notesOn(report, 'e5ca0000-0000-4000-8000-000000000001')).toEqual([
      'Step 3 goes on until the alert is closed in Opsgenie, and until it is acknowledged here.',
      'Step 3 asks every member of the team at once; in Opsgenie the routing rules of the team decide.',
      'Closing the alert after the last repetition: here it stays open, and its page says that nobody answered.',
      'Step 3 asks Olga Old, which is not carried over.',
      'Goes through its steps 9 more times, not 20.',
    ]);
    expect(lines(report, 'person').at(-1)).toEqual(['Olga Old', 'skip', 'is blocked in Opsgenie']);
    expect(lines(report, 'policy').at(-1)).toEqual([
      'Nobody_escalation',
      'skip',
      'no step of it asks anybody who is carried over',
    ]);
  });

  it('overrides a rotation only while it has somebody, and agrees with their timeline to the minute', async () => {
    const report = await plan(await readExport('opsgenie'));
    expect(report.items.filter(({ kind }) => kind === 'override').map(({ name }) => name)).toEqual([
      'Cyd Cole on Platform_schedule, 2026-11-26 07:00 – 2026-11-26 19:00 UTC',
    ]);
    expect(report.schedules[0]?.compared).toEqual({
      from: '2026-11-25T10:00:00.000Z',
      to: '2026-11-26T07:00:00.000Z',
      sameMinutes: 21 * 60,
      differentMinutes: 0,
      differences: [],
    });
  });
});

describe('an export of Grafana OnCall', () => {
  it('becomes levels of layers, schedules side by side, and steps that wait', async () => {
    const report = await plan(await readExport('grafana-oncall'));
    expect(report.tool).toBe('grafana-oncall');
    expect(lines(report, 'person').at(-1)).toEqual(['bot', 'skip', '“” is no email address']);
    expect(lines(report, 'schedule')).toEqual([
      ['Operations', 'create', null],
      ['Both', 'create', null],
      ['Both: Second', 'create', null],
      [
        'From a calendar',
        'skip',
        'its shifts stand in a calendar elsewhere; make a schedule and import the .ics file into it',
      ],
      ['Mars', 'skip', 'its time zone “Mars/Olympus_Mons” is not known here'],
    ]);
    expect(notesOn(report, 'SWEB')).toEqual([
      'Shift “Month ends” recurs monthly for 8 h, and a part of a month has no counterpart here.',
      'Shift “Empty” has nobody in it.',
    ]);
    expect(notesOn(report, 'SCAL')[0]).toContain('hands over at 02:30, which does not come on 2027-03-14');
    expect(notesOn(report, 'FOPS')).toEqual([
      'From step 2 on it asks daily 09:00–18:00 (UTC) only. At other times those steps are passed over here; over there they wait.',
    ]);
    expect(notesOn(report, 'CALERT')).toEqual(['A route before its default one; write them as routes here.']);
    expect(report.schedules[0]?.compared).toMatchObject({ sameMinutes: 19 * 60, differentMinutes: 0 });
    await apply(report.id);
    const schedules = await items<{ id: string; layers: { name: string; turns: unknown; restrictions: unknown[] }[] }>(
      '/schedules',
    );
    expect(schedules.map(({ layers }) => layers.map(({ name }) => name))).toEqual([
      ['Weeks', 'Nights of working days'],
      ['First'],
      ['Second'],
    ]);
    expect(await items(`/schedules/${schedules[0]?.id}/overrides`)).toHaveLength(1);
    const policies = await items<{ steps: { targets: unknown[]; ask: string; delaySeconds: number }[] }>(
      '/escalation-policies',
    );
    const onlyHours = { op: 'within', days: [1, 2, 3, 4, 5, 6, 7], from: '09:00', to: '18:00', timeZone: 'UTC' };
    expect(policies.at(-1)).toMatchObject({
      name: 'Operations',
      repeatCount: 5,
      steps: [
        { targets: [{ kind: 'schedule' }], ask: 'all', delaySeconds: 300, onlyHours: null },
        { targets: [{ kind: 'user' }, { kind: 'user' }], ask: 'round-robin', delaySeconds: 900, onlyHours },
        { targets: [{ kind: 'team' }, { kind: 'schedule' }, { kind: 'schedule' }], delaySeconds: 300, onlyHours },
      ],
    });
    expect((await plan(await readExport('grafana-oncall'))).counts.create).toBe(0);
  });

  it('asks at any time where hours would leave a chain with nobody', async () => {
    type Limited = { escalation_policies: { results: { type: string; position: number }[] } };
    const document = (await readExport('grafana-oncall')) as Limited;
    for (const policy of document.escalation_policies.results)
      if (policy.type === 'notify_if_time_from_to') policy.position = -1;
    const report = await plan(document);
    expect(notesOn(report, 'FOPS')).toEqual([
      'It asks daily 09:00–18:00 (UTC) only; here it asks at any time, for it would have nobody at other times.',
    ]);
    await apply(report.id);
    const policies = await items<{ name: string; steps: { onlyHours: unknown }[] }>('/escalation-policies');
    const operations = policies.find(({ name }) => name === 'Operations');
    expect(operations?.steps.map(({ onlyHours }) => onlyHours)).toEqual([null, null, null]);
  });
});

describe('people of an import', () => {
  const document = {
    users: [
      { id: 'P1', name: 'Olive at PagerDuty', email: 'Olive@example.com' },
      { id: 'P2', name: 'Dan', email: 'dan@example.com', time_zone: 'Asia/Tokyo' },
    ],
    escalation_policies: [
      {
        id: 'E1',
        name: 'Dan',
        escalation_rules: [{ escalation_delay_in_minutes: 5, targets: [{ id: 'P2', type: 'user_reference' }] }],
      },
    ],
  };
  type Member = { id: string; name: string; email: string; awaited: boolean };

  it('are found by their address, or awaited: with duties, without mail, unable to sign in', async () => {
    const report = await plan(document);
    expect(lines(report, 'person')).toEqual([
      ['Olive at PagerDuty', 'match', 'Olive Owner has this address here'],
      ['Dan', 'create', null],
    ]);
    await apply(report.id);
    await t.settle();
    const members = await items<Member>('/users');
    expect(members.map(({ email, awaited }) => [email, awaited])).toEqual([
      ['olive@example.com', false],
      ['dan@example.com', true],
    ]);
    const dan = members[1]?.id ?? '';
    expect((await t.database.pool.query('select 1 from delivery')).rowCount).toBe(0);
    expect((await t.database.pool.query('select 1 from user_credential where user_id = $1', [dan])).rowCount).toBe(0);
    const oncall = await ask<{ steps: { people: { name: string; unreachable: string }[] }[] }>(
      'GET',
      `/oncall?serviceId=${await serviceOf('E1')}`,
    );
    expect(oncall.steps[0]?.people[0]).toMatchObject({ name: 'Dan', unreachable: 'Dan has not joined yet' });
    await ask('POST', `/users/${dan}/password-reset`, {}, 409);
  });

  it('join with an invite to their address, and with no other', async () => {
    await apply((await plan(document)).id);
    const accept = async (invited: Record<string, unknown>, status: number) => {
      const { url } = await ask<{ url: string }>('POST', '/invites', { role: 'member', ...invited }, 201);
      const token = url.split('/').at(-1);
      const name = 'email' in invited ? 'Dan' : null;
      expect(await ask('GET', `/invite-links/${token}`)).toMatchObject({ name });
      const body = { name: 'Dan Dare', email: 'dan@example.com', password: 'a long enough password' };
      return ask<{ userId: string }>('POST', `/invite-links/${token}/accept`, body, status);
    };
    await accept({}, 409);
    const joined = await accept({ email: 'dan@example.com' }, 201);
    const members = await items<Member>('/users');
    expect(members.find(({ id }) => id === joined.userId)).toMatchObject({ name: 'Dan Dare', awaited: false });
    expect(members).toHaveLength(2);
    const signedIn = await t.app.request('/api/auth/sign-in/email', {
      method: 'POST',
      headers: { 'sec-fetch-site': 'same-origin' },
      body: JSON.stringify({ email: 'dan@example.com', password: 'a long enough password' }),
    });
    expect(signedIn.status).toBe(200);
  });

  it('are planned anew when somebody of them came meanwhile', async () => {
    const report = await plan(document);
    const { url } = await ask<{ url: string }>('POST', '/invites', { role: 'member' }, 201);
    await ask(
      'POST',
      `/invite-links/${url.split('/').at(-1)}/accept`,
      { name: 'Dan', email: 'dan@example.com', password: 'a long enough password' },
      201,
    );
    await apply(report.id, 409);
    expect(lines(await plan(document), 'person').at(-1)).toEqual(['Dan', 'match', 'Dan has this address here']);
  });

  async function serviceOf(policyId: string): Promise<string> {
    const { rows } = await t.database.pool.query<{ target_id: string }>(
      'select target_id from import_link where kind = $1 and vendor_id = $2',
      ['policy', policyId],
    );
    const service = await ask<{ id: string }>(
      'POST',
      '/services',
      { name: 'Dan’s', escalationPolicyId: rows[0]?.target_id },
      201,
    );
    return service.id;
  }
});
