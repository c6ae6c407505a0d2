import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createWorkspaceWithOwner } from '#access';
import { configFiles, deeds, told } from '#test/harness/config-files.ts';
import { createTestSystem, type TestSystem } from '#test/harness/system.ts';
import { type Caller, call as callAs, join, signIn } from '#test/permissions/seed.ts';
import type { Monitor } from '../monitor/contract.ts';
import type { ConfigPlan } from './contract.ts';

let t: TestSystem;
beforeEach(async () => {
  t = await createTestSystem();
});
afterEach(() => t.close());

const { filesOf, plan, apply, faultsOf, exported, listed } = configFiles(() => t);

const HOUSE = `
services:
  pay:
    name: Payments
    description: Takes money.
  shop:
    name: Shop
    dependsOn: [pay]
monitors:
  shop-home:
    name: Shop home
    url: https://shop.example.org/
    service: shop
    intervalSeconds: 60
    tags: [Public, eu]
    headers: { Authorization: "Bearer \${TOKEN}", X-Plain: yes }
    assertions:
      - { kind: status, in: [{ from: 200, to: 204 }] }
    confirm: { failures: 3, recoveries: 2 }
  ledger:
    kind: postgres
    url: postgres://ledger.example.org/books
    service: pay
    options: { user: ada, password: "\${DB}" }
    paused: true
  backup:
    kind: heartbeat
    service: pay
    cron: "0 3 * * *"
    timeZone: Europe/Berlin
    tags: [nightly]
slos:
  shop-works:
    name: The shop works
    service: shop
    objective: 99.9
  parts:
    monitors: [shop-home, ledger]
    objective: 99
    window: { kind: month, timeZone: Europe/Berlin }
maintenance:
  new-disks:
    title: New disks
    monitors: [ledger]
    startsAt: 2027-01-02T22:00:00Z
    endsAt: 2027-01-03T01:00:00Z
  weekly:
    services: [shop]
    repeat: { every: week, atTime: "02:00", days: [7] }
    timeZone: Europe/Berlin
    durationSeconds: 3600
`;
const SECRETS = { TOKEN: 'open sesame', DB: 'open barley' };

describe('from an empty workspace', () => {
  it('adds everything in one go, and plans nothing more', async () => {
    const first = await plan(HOUSE, SECRETS);
    expect(first.counts).toEqual({ add: 9, change: 0, remove: 0, unchanged: 0, adopted: 0 });
    expect(await listed('monitors')).toEqual([]);
    const home = first.items.find(({ key }) => key === 'shop-home');
    expect(home).toMatchObject({ file: 'all.yaml', line: 10, id: null });
    expect(told(home)).toMatchObject({ 'headers.Authorization': 'secret', tags: [undefined, ['eu', 'public']] });
    expect(JSON.stringify(first)).not.toContain('open ');
    const done = await apply(HOUSE, SECRETS);
    expect(done.items.every(({ id }) => id !== null)).toBe(true);
    const monitors = await listed('monitors');
    expect(monitors).toHaveLength(3);
    expect(monitors.find(({ name }) => name === 'ledger')).toMatchObject({ serviceName: 'Payments', state: 'paused' });
    expect(monitors.find(({ name }) => name === 'backup')).toMatchObject({ tags: ['nightly'], kind: 'heartbeat' });
    const again = await plan(HOUSE, SECRETS);
    expect(again.counts).toEqual({ add: 0, change: 0, remove: 0, unchanged: 9, adopted: 0 });
    expect(t.errors).toEqual([]);
  });

  it('adds and changes a value that is sent to us, whose key stays here', async () => {
    const file = (more: string) => `monitors: { queue: { kind: value, test: at-most, value: 100, ${more} } }`;
    await apply(file('periodSeconds: 300, tags: [x]'));
    const shown = async () => (await listed('monitors'))[0];
    expect(await shown()).toMatchObject({
      name: 'queue',
      kind: 'value',
      tags: ['x'],
      pushedValue: { test: 'at-most', value: 100, forSeconds: 0, periodSeconds: 300, graceSeconds: 60 },
    });
    const [before] = (await t.database.pool.query('select key_digest from pushed_value')).rows;
    await apply(file('periodSeconds: 60, forSeconds: 120, name: Queue, group: Shop, paused: true'));
    expect(await shown()).toMatchObject({
      name: 'Queue',
      state: 'paused',
      group: 'Shop',
      tags: [],
      pushedValue: { forSeconds: 120, periodSeconds: 60 },
    });
    expect((await t.database.pool.query('select key_digest from pushed_value')).rows).toEqual([before]);
    expect(
      (await plan(file('periodSeconds: 60, forSeconds: 120, name: Queue, group: Shop, paused: true'))).counts,
    ).toEqual({
      add: 0,
      change: 0,
      remove: 0,
      unchanged: 1,
      adopted: 0,
    });
    expect(await faultsOf('monitors: { a: { kind: value, test: at-most, value: 1, url: "http://a" } }')).toEqual([
      'all.yaml:1 monitors.a.url: is none of the fields that there are here',
    ]);
  });

  it('is what a monitor says of itself', async () => {
    const { items } = await apply(HOUSE, SECRETS);
    const id = items.find(({ key }) => key === 'shop-home')?.id;
    const { body } = await t.call('GET', `/api/v1/monitors/${id}`);
    expect(body).toMatchObject({
      managedBy: { set: 'default', key: 'shop-home' },
      headers: { Authorization: '[secret]' },
    });
    const made = (await t.call('POST', '/api/v1/monitors', { url: 'https://other.example.org' })).body as Monitor;
    expect(made.managedBy).toBeNull();
  });
});

describe('a change', () => {
  it('is shown field by field, a rename is a rename, and what no file names is left alone', async () => {
    await t.call('POST', '/api/v1/monitors', { url: 'https://by-hand.example.org' });
    const before = await apply(HOUSE, SECRETS);
    const changed = HOUSE.replace('name: Shop home', 'name: Front page')
      .replace('intervalSeconds: 60', 'intervalSeconds: 30')
      .replace('failures: 3', 'failures: 2')
      .replace('objective: 99.9', 'objective: 99.5')
      .replace('dependsOn: [pay]', '')
      .replace('cron: "0 3 * * *"\n    timeZone: Europe/Berlin', 'periodSeconds: 3600')
      .replace('22:00:00Z', '23:00:00Z')
      .replace('days: [7]', 'days: [6]');
    const next = await plan(changed, SECRETS);
    expect(deeds(next)).toEqual([
      'change services.shop',
      'change monitors.shop-home',
      'change monitors.backup',
      'change slos.shop-works',
      'change maintenance.new-disks',
      'change maintenance.weekly',
    ]);
    expect(next.items.map(told).slice(0, 3)).toEqual([
      { dependsOn: [['pay'], []] },
      { name: ['Shop home', 'Front page'], intervalSeconds: [60, 30], 'confirm.failures': [3, 2] },
      { cron: ['0 3 * * *', null], timeZone: ['Europe/Berlin', null], periodSeconds: [undefined, 3_600] },
    ]);
    const after = await apply(changed, SECRETS);
    const idOf = ({ items }: ConfigPlan, wanted: string) => items.find(({ key }) => key === wanted)?.id;
    for (const key of ['shop-home', 'backup', 'shop-works', 'weekly']) expect(idOf(after, key)).toBe(idOf(before, key));
    expect((await plan(changed, SECRETS)).counts).toMatchObject({ unchanged: 9, add: 0, change: 0, remove: 0 });
    expect((await listed('monitors')).map(({ name }) => name)).toContain('by-hand.example.org');
  });

  it('of a secret is told, never shown, and only when there is one', async () => {
    await apply(HOUSE, SECRETS);
    const other = await plan(HOUSE, { ...SECRETS, DB: 'open wheat' });
    expect(other.items.map(told)[0]).toEqual({ 'options.password': 'secret' });
    expect(deeds(other)).toEqual(['change monitors.ledger']);
    const kept = HOUSE.replace('"${DB}"', '"[secret]"').replace('"Bearer ${TOKEN}"', '"[secret]"');
    expect(deeds(await plan(kept))).toEqual([]);
    await apply(HOUSE, { ...SECRETS, TOKEN: 'new' });
    expect(deeds(await plan(HOUSE, { ...SECRETS, TOKEN: 'new' }))).toEqual([]);
    expect(deeds(await plan(HOUSE, SECRETS))).toEqual(['change monitors.shop-home']);
  });

  it('on a screen is set back by the next apply', async () => {
    const { items } = await apply(HOUSE, SECRETS);
    const id = items.find(({ key }) => key === 'shop-home')?.id;
    await t.call('PATCH', `/api/v1/monitors/${id}`, { degradedAboveMs: 900, tags: [] });
    const back = await plan(HOUSE, SECRETS);
    expect(told(back.items[0])).toEqual({ degradedAboveMs: [900, null], tags: [[], ['eu', 'public']] });
    await t.call('DELETE', `/api/v1/monitors/${id}`);
    expect(deeds(await plan(HOUSE.replace('shop-home, ledger', 'ledger'), SECRETS))).toContain(
      'add monitors.shop-home',
    );
  });

  it('turns a dependency round without a circle', async () => {
    await apply('services: {a: {dependsOn: [b]}, b: {}}');
    const turned = 'services: {a: {}, b: {dependsOn: [a]}}';
    await apply(turned);
    expect(deeds(await plan(turned))).toEqual([]);
  });
});

describe('what is no longer named', () => {
  it('is removed where these files made it or took it over, a service after its monitors', async () => {
    await apply(HOUSE, SECRETS);
    const less = 'services: {pay: {name: Payments, description: Takes money.}}\n';
    const next = await plan(less);
    expect(next.counts).toMatchObject({ remove: 8, unchanged: 1 });
    await apply(less);
    expect(await listed('monitors')).toEqual([]);
    expect((await listed('services')).map(({ name }) => name)).toEqual(['Payments']);
    expect(await listed('slos')).toEqual([]);
    expect(await listed('maintenance-series?state=active')).toEqual([]);
  });

  it('of another set stays, and can be referred to', async () => {
    await apply(`set: infra\nservices: {pay: {name: Payments}}`);
    const mine = 'set: mine\nmonitors:\n  pay: {url: https://pay.example.org, service: infra/pay}\n';
    expect(deeds(await plan(mine))).toEqual(['add monitors.pay']);
    await apply(mine);
    expect(deeds(await plan(mine))).toEqual([]);
    expect(deeds(await plan('set: mine'))).toEqual(['remove monitors.pay']);
    expect(await faultsOf('set: infra\nmonitors: {x: {url: https://x.example.org}}')).toEqual([
      'all.yaml:1 services.pay: is no longer in the files, but pay would stay behind on it; move them, or name it',
    ]);
    expect(await exported('mine')).toContain('Left out is what these sets manage: infra');
  });

  it('is a window that is over: nothing of it is removed', async () => {
    const text = `services: {a: {}}\nmaintenance:\n  w: {services: [a], startsAt: 2027-01-02T22:00:00Z, endsAt: 2027-01-03T01:00:00Z}\n`;
    const { items } = await apply(text);
    await t.call('POST', `/api/v1/maintenance-windows/${items.find(({ key }) => key === 'w')?.id}/end`, {});
    expect(deeds(await plan(text))).toEqual([]);
    expect(deeds(await plan('services: {a: {}}'))).toEqual([]);
  });
});

describe('faults', () => {
  it('are all said at once, with file, line and path', async () => {
    const faults = await faultsOf({
      'a.yaml': `services:
  shop:
    colour: red
    escalationPolicy: Nobody
  pay: {dependsOn: [shop, bank]}
monitors:
  one:
    url: gopher://example.org
  two:
    url: https://example.org
    service: nowhere
    timeoutSecond: 5
    options: {passwort: x}
  three:
    kind: tcp
    url: tcp://example.org
  four:
    kind: heartbeat
    cron: "61 * * * *"
`,
      'b.yaml': `slos:
  s:
    objective: 12
  both: {service: shop, monitors: [one], objective: 99}
maintenance:
  past: {services: [shop], startsAt: 2020-01-01T00:00:00Z, endsAt: 2020-01-02T00:00:00Z}
`,
    });
    expect(faults).toEqual([
      'a.yaml:3 services.shop.colour: is none of the fields that there are here',
      'a.yaml:5 services.pay.dependsOn.1: there is no service bank, neither in the files nor here',
      expect.stringContaining('a.yaml:8 monitors.one.url: '),
      'a.yaml:12 monitors.two.timeoutSecond: is none of the fields that there are here',
      'a.yaml:13 monitors.two.options.passwort: is none of the fields that there are here',
      expect.stringMatching(/^a.yaml:16 monitors.three.url: .* names no port/),
      expect.stringContaining('a.yaml:19 monitors.four.cron: '),
      expect.stringContaining('b.yaml:3 slos.s.objective: '),
      'b.yaml:4 slos.both.service: an SLO is on a service, or on some monitors',
      'b.yaml:6 maintenance.past.endsAt: must lie in the future',
    ]);
  });

  it.each([
    ['services: {a: {dependsOn: [b]}, b: {dependsOn: [a]}}', 'would be a circle'],
    ['monitors: {a: {url: http://10.1.2.3/}}', 'Allow 10.0.0.0/8'],
    ['monitors: {a: {url: http://169.254.169.254/}}', 'never reached'],
    ['monitors: {a: {url: https://x.example.org, serviceId: svc_1}}', 'written as service'],
    ['monitors: {a: {url: https://x.example.org, locations: [mars]}}', 'no location mars'],
    ['monitors: {a: {kind: smoke, url: https://x.example.org}}', 'monitors.a.kind'],
    ['monitors: {a: {kind: redis, url: redis://x.example.org, options: {password: "[secret]"}}}', 'no value here'],
    ['monitors: {a: {url: https://x.example.org, headers: {Cookie: "[secret]"}}}', 'no value here'],
    ['monitors: [a]', 'has to be a map'],
    ['montors: {}', 'is none of set, services'],
    ['services: {"a b": {}}', 'is no key'],
    ['set: A B', 'expected small letters'],
    ['services: {a: {slug: x}, b: {slug: x}}', 'slug'],
    ['slos: {a: {monitors: [gone], objective: 99}}', 'no monitor gone'],
  ])('%s is refused', async (text, words) => {
    expect((await faultsOf(text)).join('\n')).toContain(words);
  });

  it('of two files that name the same', async () => {
    const twice = { 'a.yaml': 'services: {x: {}}', 'b.yaml': '\nservices: {x: {}}' };
    expect(await faultsOf(twice)).toEqual(['b.yaml:2 services.x: is in a.yaml:1 already']);
    expect(await faultsOf({ 'a.yaml': 'set: a', 'b.yaml': 'set: b' })).toEqual([expect.stringContaining('two sets')]);
  });

  it('name the line of a journey’s script that cannot be read', async () => {
    const script = "await page.goto('/';";
    const text = `monitors:\n  shop:\n    kind: journey\n    url: https://shop.example.org\n    options:\n      script: ${JSON.stringify(script)}\n`;
    expect(await faultsOf(text)).toEqual([
      'all.yaml:6 monitors.shop.options.script: line 1: missing ) after argument list',
    ]);
  });
});

describe('who and when', () => {
  it('is refused when something changed since the plan, and when another apply was first', async () => {
    const files = filesOf(HOUSE);
    const { fingerprint } = await plan(HOUSE, SECRETS);
    const once = () => t.call('POST', '/api/v1/config/apply', { files, variables: SECRETS, fingerprint });
    const statuses = (await Promise.all([once(), once()])).map(({ status }) => status);
    expect(statuses.toSorted()).toEqual([200, 409]);
    expect(await listed('monitors')).toHaveLength(3);
    const changed = HOUSE.replace('intervalSeconds: 60', 'intervalSeconds: 30');
    const shown = await plan(changed, SECRETS);
    const id = shown.items[0]?.id;
    await t.call('PATCH', `/api/v1/monitors/${id}`, { intervalSeconds: 45 });
    const late = { files: filesOf(changed), variables: SECRETS, fingerprint: shown.fingerprint };
    expect(await t.call('POST', '/api/v1/config/apply', late)).toMatchObject({
      status: 409,
      body: { code: 'conflict' },
    });
  });

  it('makes nothing at all when one thing is refused on the way', async () => {
    await apply('services: {host: {slug: new-example-org}}');
    // The new monitor comes to stand on the service that is about to go.
    const text = 'monitors: {other: {url: https://other.example.org}, new: {url: https://new.example.org}}';
    const { fingerprint, ...next } = await plan(text);
    expect(deeds({ fingerprint, ...next })).toEqual(['add monitors.other', 'add monitors.new', 'remove services.host']);
    const refused = await t.call('POST', '/api/v1/config/apply', { files: filesOf(text), fingerprint });
    expect(refused).toMatchObject({ status: 409 });
    expect(JSON.stringify(refused.body)).toContain('services.host: ');
    expect(await listed('monitors')).toEqual([]);
  });

  it('is nothing for a viewer, nor for another workspace', async () => {
    await apply(HOUSE, SECRETS);
    const owner = await signIn(t, 'olive@example.com');
    const viewer = await join(t, owner, 'viewer');
    const body = { files: filesOf(HOUSE), variables: SECRETS };
    expect((await callAs(t, 'post', '/config/plan', viewer, body)).status).toBe(403);
    expect((await callAs(t, 'post', '/config/apply', viewer, { ...body, fingerprint: 'x' })).status).toBe(403);
    expect((await callAs(t, 'get', '/config/export', viewer)).status).toBe(200);
    await createWorkspaceWithOwner(t.system, {
      name: 'Strangers',
      timeZone: 'UTC',
      owner: { name: 'Stan', email: 'stan@example.com', password: 'correct horse battery', emailVerified: true },
    });
    const stan: Caller = await signIn(t, 'stan@example.com');
    const theirs = await callAs(t, 'post', '/config/plan', stan, body);
    expect((JSON.parse(theirs.text) as ConfigPlan).counts).toMatchObject({ add: 9, unchanged: 0, remove: 0 });
    expect((await callAs(t, 'get', '/config/export', stan)).text).not.toContain('Payments');
  });
});

it('plans and applies 500 monitors in reasonable time', async () => {
  const monitors = Array.from(
    { length: 500 },
    (_, n) => `  m${n}:
    name: Monitor ${n}
    url: https://host-${n}.example.org/health
    service: s${n % 20}
    intervalSeconds: 60
    tags: [fleet]
    confirm: { failures: 2 }
`,
  );
  const services = Array.from({ length: 20 }, (_, n) => `  s${n}: {name: Service ${n}}\n`);
  const text = `services:\n${services.join('')}monitors:\n${monitors.join('')}`;
  const clock = async <Result>(act: () => Promise<Result>) => {
    const begun = performance.now();
    const result = await act();
    return { result, ms: performance.now() - begun };
  };
  const first = await clock(() => plan(text));
  const made = await clock(() => apply(text));
  const again = await clock(() => plan(text));
  expect(again.result.counts).toMatchObject({ unchanged: 520, add: 0 });
  // A second and a few on a quiet machine; a query for each monitor of a plan would show here.
  expect([first.ms, again.ms].every((ms) => ms < 20_000)).toBe(true);
  expect(made.ms).toBeLessThan(60_000);
}, 120_000);
