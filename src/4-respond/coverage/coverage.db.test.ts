import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Crew, createCrew, type Responder } from '#test/harness/crew.ts';
import type { CoverageReportView } from './contract.ts';

let t: Crew;
let olive: Responder;
let ann: Responder;
let bob: Responder;

beforeEach(async () => {
  t = await createCrew();
  olive = await t.equip(t.owner, 'Olive');
  [ann, bob] = [await t.hire('Ann'), await t.hire('Bob')];
});

afterEach(async () => {
  expect(t.errors).toEqual([]);
  await t.end();
});

const user = ({ id }: Responder) => ({ kind: 'user', userId: id });
const prove = () => t.ask<CoverageReportView>('POST', '/coverage/prove');
const said = ({ findings }: CoverageReportView) => findings.map(({ kind, text }) => `${kind}: ${text}`);

/** On call by turns, except on Sundays from 02:00 to 03:00. */
const withHole = (...people: Responder[]) =>
  t.ask<{ id: string }>('POST', '/schedules', {
    name: 'Primary',
    timeZone: 'Europe/Berlin',
    layers: [
      {
        name: 'Weeks',
        beginsAt: '2020-01-06T09:00',
        rotation: { kind: 'weekly', every: 1 },
        turns: people.map(({ id }) => ({ userIds: [id] })),
        restrictions: [
          { days: [1, 2, 3, 4, 5, 6], start: '00:00', end: '24:00' },
          { days: [7], start: '00:00', end: '02:00' },
          { days: [7], start: '03:00', end: '24:00' },
        ],
      },
    ],
  });

describe('the proof of coverage', () => {
  it('finds every hole of the next 30 days and says what would happen in it', async () => {
    const { id } = await withHole(ann, bob);
    await t.escalateTo([
      { targets: [{ kind: 'schedule', scheduleId: id }], delaySeconds: 900 },
      { targets: [user(olive)], delaySeconds: 300 },
    ]);
    const report = await prove();
    const gaps = report.findings.filter(({ kind }) => kind === 'gap');
    expect(gaps.map(({ from, until }) => [local(from), local(until)])).toEqual(
      gaps.map(() => ['Sun 02:00', 'Sun 03:00']),
    );
    expect(gaps.length).toBeGreaterThanOrEqual(4);
    expect(gaps[0]).toMatchObject({
      scheduleId: id,
      text: 'Nobody is on call by “Primary” (step 1): a SEV1 would reach only Olive Owner, at once, by ntfy.',
      consequence: 'A SEV1 would reach only Olive Owner, at once, by ntfy.',
    });
    expect(report).toMatchObject({ policies: 1, schedules: 1 });
  });

  it('has nothing to say of time when two people are asked always', async () => {
    await t.escalateTo([{ targets: [user(ann), user(bob)], delaySeconds: 300 }]);
    expect(said(await prove()).filter((text) => !text.startsWith('person'))).toEqual([]);
  });

  it('names who is asked alone, who is passed over, and who has one method', async () => {
    await t.escalateTo([{ targets: [user(ann)], delaySeconds: 300 }]);
    expect(said(await prove())).toEqual([
      'person: Ann (step 1) is reached by ntfy only; if that fails, nothing else is tried.',
      'single: Only one person is asked, and nobody after them: a SEV1 would reach only Ann, at once, by ntfy.',
    ]);
    const rules = await ann.ask<{ items: { id: string; urgency: string }[] }>('GET', '/notification-rules');
    for (const { id } of rules.items.filter(({ urgency }) => urgency === 'high'))
      await ann.ask('DELETE', `/notification-rules/${id}`);
    expect(said(await prove())).toEqual([
      'fallback: Nobody in the policy can be reached: a SEV1 would reach only Olive Owner, at once, by ntfy.',
      'person: Ann has no notification rule for high urgency, so step 1 passes them over.',
    ]);
  });

  it('follows conditions by the hour, for each urgency apart', async () => {
    const ghosts = await t.ask<{ id: string }>('POST', '/teams', { name: 'Ghosts', userIds: [] });
    await t.escalateTo([
      { targets: [user(ann), user(bob)], delaySeconds: 300, onlyHours: 'business' },
      { targets: [{ kind: 'team', teamId: ghosts.id }], delaySeconds: 300, onlyHours: 'off' },
    ]);
    const report = await prove();
    const nights = report.findings.filter(({ kind }) => kind === 'gap');
    expect(nights.length).toBeGreaterThan(15);
    expect(nights[1]?.text).toBe(
      'Nobody is in the team “Ghosts” (step 2): a SEV1 would reach only Olive Owner, at once, by ntfy.',
    );
  });
});

it('finds the hole that hours of a step leave to one that has nobody, and its end', async () => {
  const ghosts = await t.ask<{ id: string }>('POST', '/teams', { name: 'Ghosts', userIds: [] });
  const nights = { days: [5, 6], from: '22:00', to: '06:00', timeZone: 'America/New_York' };
  await t.escalateTo([
    { targets: [{ kind: 'team', teamId: ghosts.id }], delaySeconds: 300, onlyHours: nights },
    { targets: [user(ann), user(bob)], delaySeconds: 300, onlyHours: { ...nights, op: 'outside' } },
  ]);
  const holes = (await prove()).findings.filter(({ kind }) => kind === 'gap');
  expect(holes.slice(0, 2).map(({ from, until }) => [from, until])).toEqual([
    ['2026-11-28T03:00:00.000Z', '2026-11-28T11:00:00.000Z'],
    ['2026-11-29T03:00:00.000Z', '2026-11-29T11:00:00.000Z'],
  ]);
  expect(holes[0]?.text).toContain('Nobody is in the team “Ghosts” (step 1)');
});

describe('weaker points', () => {
  it('are a step that asks one person alone beside others, once a step and no hole', async () => {
    const { id } = await withHole(ann, bob);
    await t.escalateTo([
      { targets: [{ kind: 'schedule', scheduleId: id }, user(olive)], delaySeconds: 300 },
      { targets: [user(ann)], delaySeconds: 900 },
      { targets: [{ kind: 'schedule', scheduleId: id, who: 'next' }], delaySeconds: 300 },
    ]);
    const report = await prove();
    expect(said(report).filter((text) => text.startsWith('step'))).toEqual([
      'step: Step 2 asks Ann alone. If they miss a SEV1, nobody else is asked for 15 m.',
      'step: Step 3 asks one person at a time. If they miss a SEV1, no further step follows.',
    ]);
    expect(report.holes).toBe(report.findings.filter(({ kind }) => kind === 'gap').length);
    expect(report.findings.at(-1)?.kind).toBe('step');
  });

  it('are methods that are lost, not verified or failing beside others, once a person', async () => {
    await t.escalateTo([{ targets: [user(ann), user(bob)], delaySeconds: 300 }]);
    await ann.ask('POST', '/contact-methods', { kind: 'webhook', address: 'https://203.0.113.9/ann', label: 'My bot' });
    const methods = async () => said(await prove()).filter((text) => text.startsWith('method'));
    expect(await methods()).toEqual([]);
    await t.database.pool.query("update contact_method set created_at = '2026-01-01' where kind = 'webhook'");
    expect(await methods()).toEqual([
      'method: Ann: webhook (My bot) was never verified. A SEV1 would reach Ann by ntfy only.',
    ]);
    await t.database.pool.query("update contact_method set lost_at = '2026-11-24' where kind = 'webhook'");
    expect(await methods()).toEqual([
      'method: Ann: webhook (My bot) does not take messages any more since 24 Nov. A SEV1 would reach Ann by ntfy only.',
    ]);
    expect(said(await prove()).filter((text) => text.includes('Ann'))).toHaveLength(1);
  });

  it('are methods by which the last message failed, until one arrives', async () => {
    await t.escalateTo([{ targets: [user(ann), user(bob)], delaySeconds: 300 }]);
    const methods = async () => said(await prove()).filter((text) => text.startsWith('method'));
    t.ntfy.setMood({ kind: 'status', status: 404 });
    await ann.ask('POST', `/contact-methods/${ann.contactMethodId}/test`);
    await t.settle();
    expect(await methods()).toEqual([
      expect.stringMatching(
        /^method: Ann: the last message by ntfy failed on 25 Nov \(.+\)\. A SEV1 may not reach Ann at all\.$/,
      ),
    ]);
    t.ntfy.setMood({ kind: 'well' });
    await ann.ask('POST', `/contact-methods/${ann.contactMethodId}/test`);
    await t.settle();
    expect(await methods()).toEqual([]);
  });
});

describe('the report', () => {
  it('is renewed by itself after a change and when it is due, and its owner hears of a hole once', async () => {
    await t.escalateTo([{ targets: [user(ann)], delaySeconds: 300 }]);
    await t.advance(15);
    const first = await t.ask<CoverageReportView>('GET', '/coverage');
    expect(first.provedAt).not.toBeNull();
    const { id } = await withHole(ann);
    await t.escalateTo([{ targets: [{ kind: 'schedule', scheduleId: id }], delaySeconds: 300 }]);
    await t.advance(15);
    const second = await t.ask<CoverageReportView>('GET', '/coverage');
    expect(second.findings[0]).toMatchObject({ kind: 'gap', scheduleId: id });
    const told = () => olive.read().filter((title) => title === 'A hole in “Default”').length;
    const before = told();
    expect(before).toBeGreaterThan(0);
    await t.database.pool.query("update coverage_report set due_at = '2020-01-01'");
    await t.advance(15);
    const third = await t.ask<CoverageReportView>('GET', '/coverage');
    expect(third.provedAt).not.toBe(second.provedAt);
    expect(told()).toBe(before);
  });

  it('tells of a hole without an end once, whatever else changes and whoever looks', async () => {
    await t.escalateTo([{ targets: [user(ann)], delaySeconds: 300 }]);
    await t.advance(15);
    const { id } = await t.ask<{ id: string }>('POST', '/schedules', {
      name: 'Nights',
      timeZone: 'UTC',
      layers: [
        {
          name: 'Open',
          beginsAt: '2020-01-06T09:00',
          rotation: { kind: 'weekly', every: 1 },
          turns: [{ userIds: [] }],
        },
      ],
    });
    const steps = (...more: Responder[]) => [
      { targets: [{ kind: 'schedule', scheduleId: id }], delaySeconds: 300 },
      { targets: [ann, ...more].map(user), delaySeconds: 300 },
    ];
    await t.escalateTo(steps());
    await t.advance(15);
    const told = () => olive.phone().filter(({ title }) => title.includes('hole'));
    expect(told().map(({ title }) => title)).toEqual(['A hole in “Default”']);
    expect(told()[0]?.message).toContain(
      'Now, with no end in sight: Nobody is on call by “Nights” (step 1). A SEV1 would',
    );
    await t.escalateTo(steps(bob));
    await t.advance(15);
    await prove();
    await t.database.pool.query("update coverage_report set due_at = '2020-01-01'");
    await t.advance(15);
    expect(told()).toHaveLength(1);
  });
});

describe('a change that decides who is reached', () => {
  const mail = { host: '127.0.0.1', port: 2_525, security: 'none', from: 'ops@acme.test' };

  it.each([
    ['mail is connected', () => t.ask('PUT', '/mail-settings', mail)],
    ['mail is disconnected', () => t.ask('DELETE', '/mail-settings')],
    ['somebody is away', () => ann.ask('POST', '/absences', { startsAt: ahead(24), endsAt: ahead(48) })],
  ])('is proved anew when %s', async (_what, change) => {
    await t.advance(15);
    const { provedAt } = await t.ask<CoverageReportView>('GET', '/coverage');
    await t.advance(60);
    expect(await t.ask('GET', '/coverage')).toMatchObject({ provedAt });
    await change();
    await t.advance(15);
    expect((await t.ask<CoverageReportView>('GET', '/coverage')).provedAt).not.toBe(provedAt);
  });
});

const ahead = (hours: number) => new Date(t.clock.now().getTime() + hours * 3_600_000).toISOString();

/** `Sun 02:00` as Berlin says it. */
function local(instant: string): string {
  return new Intl.DateTimeFormat('en-GB', {
    timeZone: 'Europe/Berlin',
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
  })
    .format(new Date(instant))
    .replace(',', '');
}
