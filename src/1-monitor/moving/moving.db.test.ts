import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { writeKumaDatabase } from '#test/harness/kuma-database.ts';
import { createTestSystem, type TestSystem } from '#test/harness/system.ts';
import type { ConfigPlan } from '../config/contract.ts';
import type { Moved } from './contract.ts';

let t: TestSystem;
let folder: string;
beforeAll(async () => {
  t = await createTestSystem();
  folder = await mkdtemp(join(tmpdir(), 'allclear-moving-test-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
  await t.close();
});

const convert = (body: object) => t.call('POST', '/api/v1/config/convert', body);
const move = async (body: object) => {
  const answer = await convert(body);
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return answer.body as Moved;
};
const file = (name: string, text: string | object) => ({
  name,
  text: typeof text === 'string' ? text : JSON.stringify(text),
});
/** The file plans without faults, everything in it is made, and then it plans as no change. */
const makeSo = async ({ text, variables }: Moved) => {
  const body = { files: [file('moved.yaml', text)], variables };
  const plan = await t.call('POST', '/api/v1/config/plan', body);
  expect(plan.status, JSON.stringify(plan.body)).toBe(200);
  const { fingerprint } = plan.body as ConfigPlan;
  const done = await t.call('POST', '/api/v1/config/apply', { ...body, fingerprint });
  expect(done.status, JSON.stringify(done.body)).toBe(200);
  const again = await t.call('POST', '/api/v1/config/plan', body);
  expect((again.body as ConfigPlan).counts).toMatchObject({ add: 0, change: 0, remove: 0 });
  return (done.body as ConfigPlan).counts;
};
const outcomes = ({ items }: Moved) =>
  Object.fromEntries(items.map(({ name, outcome, becomes }) => [name, `${outcome} ${becomes ?? '-'}`]));
const notesOf = ({ items }: Moved, wanted: string) =>
  items.find(({ name }) => name === wanted)?.notes.map(({ meaning, text }) => `${meaning}: ${text}`) ?? [];
type File = Record<string, Record<string, Record<string, unknown>>>;
const fileOf = ({ text }: Moved) => parse(text) as File;

const PG = 'postgres://ada:open%20barley@db.example.org:5433/shop';
const KUMA = {
  monitor: [
    { id: 1, name: 'Shop', type: 'group', description: 'All of it' },
    { id: 2, name: 'EU', type: 'group', parent: 1 },
    {
      id: 3,
      name: 'Front page',
      type: 'http',
      url: 'https://shop.example.org/',
      parent: 1,
      interval: 60,
      maxretries: 2,
      retry_interval: 20,
      timeout: 48,
    },
    {
      id: 4,
      name: 'API',
      type: 'keyword',
      url: 'https://api.example.org/health',
      parent: 2,
      interval: 30,
      retry_interval: 30,
      keyword: 'ok',
      invert_keyword: 1,
      method: 'POST',
      body: '{"a":1}',
      http_body_encoding: 'json',
      headers: '{"Authorization":"Bearer open sesame","X-A":"${b}"}',
      accepted_statuscodes_json: '["200-204","301"]',
      maxredirects: 0,
      ignore_tls: 1,
    },
    {
      id: 5,
      name: 'Stock',
      type: 'json-query',
      url: 'https://api.example.org/stock',
      json_path: 'items[0].count',
      expected_value: '3',
      auth_method: 'basic',
      basic_auth_user: 'ada',
      basic_auth_pass: 'open wheat',
    },
    {
      id: 6,
      name: 'Computed',
      type: 'json-query',
      url: 'https://api.example.org/stock',
      json_path: '$sum(items.count)',
      expected_value: '3',
    },
    { id: 7, name: 'SSH', type: 'port', hostname: 'box.example.org', port: 22, active: 0 },
    { id: 8, name: 'Router', type: 'ping', hostname: '2001:db8::1', packet_size: 900 },
    {
      id: 9,
      name: 'Name',
      type: 'dns',
      hostname: 'example.org',
      dns_resolve_type: 'MX',
      dns_resolve_server: '1.1.1.1',
      port: 53,
    },
    { id: 10, name: 'Backup', type: 'push', interval: 3600, maxretries: 1, retry_interval: 600 },
    {
      id: 11,
      name: 'Books',
      type: 'postgres',
      database_connection_string: PG,
      database_query: 'select count(*) from orders',
    },
    { id: 12, name: 'Queue', type: 'redis', database_connection_string: 'redis://cache.example.org:6380' },
    { id: 13, name: 'Closed', type: 'port', hostname: 'box.example.org', port: 23, upside_down: 1 },
    { id: 14, name: 'Container', type: 'docker', docker_container: 'shop' },
    {
      id: 15,
      name: 'Old SQL',
      type: 'sqlserver',
      database_connection_string: 'Server=sql.example.org,1444;Database=x;User Id=sa;Password=p',
    },
    { id: 16, name: 'Intranet', type: 'http', url: 'https://intra.example.org', auth_method: 'ntlm' },
    { id: 17, name: 'Via proxy', type: 'http', url: 'https://far.example.org', proxy_id: 1 },
    { id: 48, name: 'Via socks', type: 'http', url: 'https://far.example.org', proxy_id: 2 },
    { id: 18, name: 'Topic', type: 'mqtt', hostname: 'mqtt://broker.example.org', port: 1883 },
    { id: 19, name: 'Odd', type: 'no-such-type' },
  ],
  tag: [{ id: 1, name: 'Public', color: '#fff' }],
  monitor_tag: [
    { monitor_id: 3, tag_id: 1, value: 'yes' },
    { monitor_id: 4, tag_id: 1, value: '' },
  ],
  notification: [
    { id: 1, name: 'Our Slack', config: '{"type":"slack","slackwebhookURL":"https://hooks.example.org/secret"}' },
  ],
  proxy: [
    {
      id: 1,
      protocol: 'http',
      host: 'proxy.example.org',
      port: 3128,
      auth: 1,
      username: 'ada',
      password: 'open rye',
    },
    { id: 2, protocol: 'socks5', host: 'socks.example.org', port: 1080 },
  ],
  status_page: [{ id: 1, slug: 'shop', title: 'Shop status', icon: '', theme: 'auto' }],
  maintenance: [
    {
      id: 1,
      title: 'Sundays',
      description: '',
      strategy: 'recurring-weekday',
      weekdays: '[0,3]',
      start_time: '23:30:00',
      end_time: '01:00:00',
      timezone: 'Europe/Berlin',
      start_date: '2026-01-01 00:00:00',
    },
    {
      id: 2,
      title: 'Once',
      description: 'x',
      strategy: 'single',
      start_date: '2027-01-02 22:00:00',
      end_date: '2027-01-03 01:00:00',
      timezone: 'SAME_AS_SERVER',
    },
    {
      id: 3,
      title: 'Month',
      description: '',
      strategy: 'recurring-day-of-month',
      days_of_month: '["1","15","lastDay1"]',
      start_time: '03:00',
      end_time: '04:00',
      timezone: 'UTC',
    },
    { id: 4, title: 'Cron', description: '', strategy: 'cron', cron: '0 4 * * 6', duration: 1800, timezone: 'UTC' },
    {
      id: 5,
      title: 'Past',
      description: '',
      strategy: 'single',
      start_date: '2020-01-02 22:00:00',
      end_date: '2020-01-03 01:00:00',
      timezone: 'UTC',
    },
    { id: 6, title: 'By hand', description: '', strategy: 'manual' },
  ],
  monitor_maintenance: [1, 2, 3, 4, 5, 6].map((id) => ({ monitor_id: id === 1 ? 1 : 11, maintenance_id: id })),
};

describe('Uptime Kuma', () => {
  const database = async (version: 1 | 2) => {
    const path = join(folder, `kuma-${version}.db`);
    writeKumaDatabase(path, version, KUMA);
    return (await readFile(path)).toString('base64');
  };

  it.each([1, 2] as const)(
    'reads a database of version %i, says what becomes of everything, and makes a file of it',
    async (version) => {
      const moved = await move({ database: await database(version), set: `kuma-${version}` });
      expect(outcomes(moved)).toEqual({
        Shop: 'changed services.shop',
        'Shop / EU': 'changed services.shop-eu',
        'Front page': 'changed monitors.front-page',
        API: 'same monitors.api',
        Stock: 'same monitors.stock',
        Computed: 'left -',
        SSH: 'same monitors.ssh',
        Router: 'changed monitors.router',
        Name: 'same monitors.name',
        Backup: 'changed monitors.backup',
        Books: 'same monitors.books',
        Queue: 'same monitors.queue',
        Closed: 'left -',
        Container: 'left -',
        'Old SQL': 'changed monitors.old-sql',
        Intranet: 'left -',
        'Via proxy': 'same monitors.via-proxy',
        'Via socks': 'changed monitors.via-socks',
        Topic: 'changed monitors.topic',
        Odd: 'left -',
        Sundays: 'same maintenance.sundays',
        Once: 'changed maintenance.once',
        Month: 'same maintenance.month',
        Cron: 'same maintenance.cron',
        Past: 'left -',
        'By hand': 'left -',
        'Our Slack': 'left -',
        'Shop status': 'left -',
      });
      expect(moved.items.filter(({ outcome }) => outcome !== 'same').every(({ notes }) => notes.length > 0)).toBe(true);
      expect(notesOf(moved, 'Front page')).toEqual([
        'changed: retries came every 20 s; here each check is one, every 60 s',
      ]);
      expect(notesOf(moved, 'Computed')[0]).toContain('$sum(items.count)');
      expect(moved.text).not.toMatch(/sesame|wheat|barley|rye|hooks\.example/);
      expect(moved.variables).toEqual({
        API_AUTHORIZATION: 'Bearer open sesame',
        STOCK_PASSWORD: 'open wheat',
        BOOKS_PASSWORD: 'open barley',
        VIA_PROXY_PROXY_PASSWORD: 'open rye',
      });
      expect(notesOf(moved, 'Via socks')).toEqual([expect.stringContaining('the socks5 proxy socks.example.org')]);
      const { monitors = {}, maintenance = {} } = fileOf(moved);
      expect(monitors['via-proxy']?.['options']).toEqual({
        proxy: 'http://proxy.example.org:3128',
        proxyUser: 'ada',
        proxyPassword: '${VIA_PROXY_PROXY_PASSWORD}',
      });
      expect(monitors['front-page']).toMatchObject({
        service: 'shop',
        group: 'Shop',
        tags: ['public:yes'],
        intervalSeconds: 60,
        timeoutSeconds: 48,
        confirm: { failures: 3 },
      });
      expect(monitors['api']).toMatchObject({
        service: 'shop-eu',
        group: 'Shop/EU',
        method: 'POST',
        headers: { 'Content-Type': 'application/json', 'X-A': '$${b}', Authorization: '${API_AUTHORIZATION}' },
        maxRedirects: 0,
        tls: { skipVerification: true },
        assertions: [
          {
            kind: 'status',
            in: [
              { from: 200, to: 204 },
              { from: 301, to: 301 },
            ],
          },
          { kind: 'body', test: 'not-contains', value: 'ok' },
        ],
      });
      expect(monitors['stock']?.['assertions']).toContainEqual({
        kind: 'json',
        path: '$.items[0].count',
        test: 'equals',
        value: '3',
      });
      expect(monitors['ssh']).toMatchObject({ kind: 'tcp', url: 'tcp://box.example.org:22', paused: true });
      expect(monitors['router']).toMatchObject({ url: 'ping://[2001:db8::1]' });
      expect(monitors['backup']).toEqual({
        name: 'Backup',
        kind: 'heartbeat',
        periodSeconds: 3_600,
        graceSeconds: 600,
      });
      expect(monitors['books']).toMatchObject({
        url: 'postgres://db.example.org:5433/shop',
        options: { user: 'ada', query: 'select count(*) from orders' },
      });
      expect(monitors['old-sql']).toMatchObject({ url: 'tcp://sql.example.org:1444' });
      expect(maintenance['sundays']).toEqual({
        title: 'Sundays',
        services: ['shop'],
        repeat: { every: 'week', atTime: '23:30', days: [3, 7] },
        timeZone: 'Europe/Berlin',
        durationSeconds: 5_400,
        fromDate: '2026-01-01',
      });
      expect(maintenance['month']?.['repeat']).toEqual({ every: 'cron', expression: '0 3 1,15,L * *' });
      if (version === 2) return;
      await t.call('POST', '/api/v1/allowed-targets', { cidr: '2001:db8::/32' });
      expect(await makeSo(moved)).toMatchObject({ add: 19 });
    },
  );

  it('reads the backup of version 1', async () => {
    const monitorList = [
      {
        id: 1,
        name: 'Home',
        type: 'http',
        url: 'https://home.example.org',
        active: true,
        interval: 60,
        retryInterval: 60,
        maxretries: 1,
        ignoreTls: false,
        upsideDown: false,
        maxredirects: 10,
        accepted_statuscodes: ['200-299'],
        method: 'GET',
        headers: null,
        body: null,
        tags: [{ tag_id: 3, name: 'Prod', value: '' }],
        notificationIDList: { 1: true },
      },
      { id: 2, name: 'Turned', type: 'ping', hostname: 'x.example.org', active: 1, upsideDown: true, interval: 60 },
    ];
    const moved = await move({
      files: [file('backup.json', { version: '1.23.0', notificationList: [{ id: 1, name: 'Mail' }], monitorList })],
      set: 'backup',
    });
    expect(outcomes(moved)).toEqual({ Home: 'same monitors.home', Turned: 'left -', Mail: 'left -' });
    expect(fileOf(moved)['monitors']?.['home']).toMatchObject({ tags: ['prod'], confirm: { failures: 2 } });
    expect(await makeSo(moved)).toMatchObject({ add: 1 });
  });

  it('is not led by a hostile database: views, generated columns, endless queries and rubbish', async () => {
    const endless = join(folder, 'endless.db');
    const made = new DatabaseSync(endless);
    made.exec(`create table real (id integer, name text);
      create view monitor as with recursive n(i) as (select 1 union all select i + 1 from n) select i as id, 'x' as name from n;`);
    made.close();
    const generated = join(folder, 'generated.db');
    const other = new DatabaseSync(generated);
    other.exec(`create table monitor (id integer, type text, url text, name text generated always as (hex(zeroblob(100000000))));
      insert into monitor (id, type, url) values (1, 'http', 'https://x.example.org')`);
    other.close();
    const read = async (path: string) => convert({ database: (await readFile(path)).toString('base64') });
    expect(await read(endless)).toMatchObject({ status: 400, body: { errors: [{ path: 'body.database' }] } });
    expect((await read(generated)).status).toBe(200);
    const rubbish = Buffer.concat([Buffer.from('SQLite format 3\0'), Buffer.alloc(9_000, 7)]).toString('base64');
    expect(await convert({ database: rubbish })).toMatchObject({
      status: 400,
      body: { errors: [{ path: 'body.database' }] },
    });
    expect(await convert({ database: 'bm8=' })).toMatchObject({
      status: 400,
      body: { errors: [{ path: 'body.database' }] },
    });
    expect(t.errors).toEqual([]);
  });
});

it('moves an openstatus.yaml', async () => {
  const text = `# yaml-language-server: $schema=https://www.openstatus.dev/schema.json
api:
  name: API
  description: Of the shop
  frequency: 1m
  active: true
  regions: [iad, fra]
  retry: 3
  degradedAfter: 800
  timeout: 45000
  kind: http
  request:
    url: https://openstatus.example.org/api
    method: POST
    headers: { Authorization: open sesame, User-Agent: OpenStatus }
    body: '{"a": "\${b}"}'
    followRedirects: false
  assertions:
    - { kind: statusCode, compare: eq, target: 201 }
    - { kind: header, compare: contains, key: Content-Type, target: json }
    - { kind: textBody, compare: not_contains, target: error }
    - { kind: textBody, compare: gt, target: x }
port:
  name: Port
  frequency: 10m
  regions: [private]
  kind: tcp
  retry: 0
  request: { host: db.example.org, port: 5432 }
`;
  const moved = await move({ files: [file('openstatus.yaml', text)] });
  expect(moved).toMatchObject({ tool: 'openstatus', variables: { API_AUTHORIZATION: 'open sesame' } });
  expect(outcomes(moved)).toEqual({ API: 'changed monitors.api', Port: 'same monitors.port' });
  expect(notesOf(moved, 'API')).toContain('lost: the assertion textBody gt x');
  expect(fileOf(moved)['monitors']?.['api']).toMatchObject({
    intervalSeconds: 60,
    timeoutSeconds: 45,
    degradedAboveMs: 800,
    maxRedirects: 0,
    confirm: { failures: 4 },
    assertions: [
      { kind: 'status', in: [{ from: 201, to: 201 }] },
      { kind: 'header', test: 'contains' },
      { test: 'not-contains' },
    ],
  });
  expect(fileOf(moved)['monitors']?.['port']).toMatchObject({ paused: true, intervalSeconds: 600 });
  expect(await makeSo(moved)).toMatchObject({ add: 2 });
});

const LOGIN = `import { expect, test } from '@playwright/test'
// See https://docs.example.com/browser
test.setTimeout(210000)
test('logs in', async ({ page }) => {
  const response = await page.goto(process.env.SHOP_URL || 'https://shop.example.org/login')
  await page.getByLabel('Password').fill(process.env.PASSWORD)
  await page.screenshot({ path: 'screenshot.jpg' })
  expect(response.status(), 'answers').toBeLessThan(400)
})`;

it('moves checks of Checkly, as the API lists them and as its CLI exports them', async () => {
  const api = {
    id: 'c1',
    name: 'Orders',
    checkType: 'API',
    frequency: 5,
    activated: true,
    muted: false,
    shouldFail: false,
    locations: ['eu-central-1'],
    tags: ['Shop'],
    degradedResponseTime: 5_000,
    maxResponseTime: 20_000,
    groupId: 7,
    retryStrategy: { type: 'LINEAR', maxRetries: 2 },
    request: {
      method: 'GET',
      url: 'https://checkly.example.org/orders',
      followRedirects: true,
      skipSSL: false,
      body: '',
      bodyType: 'NONE',
      headers: [{ key: 'X-Api-Key', value: 'open sesame', locked: true }],
      queryParameters: [{ key: 'page', value: '1' }],
      basicAuth: { username: '', password: '' },
      assertions: [
        { source: 'STATUS_CODE', comparison: 'EQUALS', target: '200' },
        { source: 'JSON_BODY', property: '$.items[0].id', comparison: 'NOT_NULL', target: '' },
        { source: 'JSON_BODY', property: '$.items.length()', comparison: 'EQUALS', target: '1' },
        { source: 'RESPONSE_TIME', comparison: 'LESS_THAN', target: '2000' },
      ],
    },
  };
  const checks = [
    api,
    {
      name: 'Refused',
      checkType: 'API',
      frequency: 0,
      frequencyOffset: 30,
      shouldFail: true,
      request: { method: 'GET', url: 'https://checkly.example.org/no' },
    },
    { name: 'With variables', checkType: 'API', frequency: 1, request: { method: 'GET', url: 'https://{{HOST}}/x' } },
    {
      name: 'Login',
      checkType: 'BROWSER',
      frequency: 10,
      script: LOGIN,
      environmentVariables: [{ key: 'PASSWORD', value: 'open oats' }],
    },
    {
      name: 'Routed',
      checkType: 'BROWSER',
      frequencyOffset: 20,
      script: `await page.goto('https://a.example.org/')\nawait page.route('**', () => 1)`,
    },
    {
      name: 'Modules',
      checkType: 'BROWSER',
      frequency: 10,
      script: `import axios from 'axios'\nawait page.goto('https://a.example.org/')`,
    },
    {
      name: 'Nightly',
      checkType: 'HEARTBEAT',
      heartbeat: { period: 1, periodUnit: 'days', grace: 2, graceUnit: 'hours' },
    },
    { name: 'Port', checkType: 'TCP', frequency: 1, request: { hostname: 'db.example.org', port: 5_432 } },
    {
      name: 'Basket',
      checkType: 'MULTI_STEP',
      frequency: 5,
      environmentVariables: [
        { key: 'HOST', value: 'https://checkly.example.org' },
        { key: 'SHOP_KEY', value: 'open sesame', locked: true },
      ],
      script: `import { test, expect } from '@playwright/test'
test('basket', async ({ request }) => {
  const made = await request.post(process.env.HOST + '/x')
})`,
    },
    {
      name: 'Steps',
      checkType: 'MULTI_STEP',
      frequency: 5,
      environmentVariables: [
        { key: 'HOST', value: 'https://checkly.example.org' },
        { key: 'SHOP_KEY', value: 'open sesame', locked: true },
      ],
      script: `import { test, expect } from '@playwright/test'
test('basket', async ({ request }) => {
  const made = await request.post(\`\${process.env.HOST}/baskets\`, { headers: { 'X-Key': process.env.SHOP_KEY }, data: { a: 1 } })
  expect(made.status()).toBe(201)
  const basket = await made.json()
  const read = await request.get(\`\${process.env.HOST}/baskets/\${basket.id}\`)
})`,
    },
  ];
  const moved = await move({ files: [file('checks.json', { checks, groups: [{ id: 7, name: 'Market' }] })] });
  expect(moved.tool).toBe('checkly');
  expect(outcomes(moved)).toEqual({
    Market: 'changed services.market',
    Orders: 'changed monitors.orders',
    Refused: 'changed monitors.refused',
    'With variables': 'left -',
    Login: 'changed monitors.login',
    Routed: 'changed monitors.routed',
    Modules: 'left -',
    Nightly: 'changed monitors.nightly',
    Port: 'same monitors.port',
    Basket: 'left -',
    Steps: 'changed monitors.steps',
  });
  expect(notesOf(moved, 'Basket')[0]).toContain('is a script, and line 3 is not read');
  expect(notesOf(moved, 'Orders')).toContain('lost: the assertion JSON_BODY $.items.length() EQUALS 1');
  const { monitors = {} } = fileOf(moved);
  expect(monitors['orders']).toMatchObject({
    url: 'https://checkly.example.org/orders?page=1',
    service: 'market',
    intervalSeconds: 300,
    timeoutSeconds: 20,
    assertions: [
      { kind: 'status' },
      { kind: 'json', path: '$.items[0].id', test: 'exists' },
      { kind: 'response-time', belowMs: 2_000 },
    ],
  });
  expect(monitors['refused']).toMatchObject({ intervalSeconds: 30, assertions: [{ in: [{ from: 400, to: 599 }] }] });
  expect(monitors['nightly']).toMatchObject({ periodSeconds: 86_400, graceSeconds: 7_200 });
  expect(monitors['steps']).toMatchObject({
    kind: 'api',
    url: 'https://checkly.example.org/',
    options: {
      variables: [{ name: 'SHOP_KEY', secret: true }],
      steps: [
        { method: 'POST', headers: { 'X-Key': '{{SHOP_KEY}}' }, body: '{"a":1}', take: [{ source: '$.id' }] },
        { url: 'https://checkly.example.org/baskets/{{id}}' },
      ],
    },
  });
  expect(monitors['login']).toMatchObject({
    kind: 'journey',
    url: 'https://shop.example.org/',
    intervalSeconds: 600,
    options: { script: LOGIN.replace(/await page.screenshot.*/, '// A picture is kept when this fails.') },
  });
  expect(notesOf(moved, 'Login')).toContain(
    'changed: reads SHOP_URL, which does not come along; if it is needed, add it to options.secrets',
  );
  expect(monitors['routed']).toMatchObject({ paused: true, intervalSeconds: 60 });
  expect(notesOf(moved, 'Routed')[0]).toContain('page.route in line 2 is not available in a journey');
  expect(notesOf(moved, 'Modules')[0]).toContain('line 1: axios cannot be imported');
  expect(moved.text).not.toMatch(/open sesame|open oats/);
  expect(moved.variables).toMatchObject({ LOGIN_PASSWORD: 'open oats' });
  expect(await makeSo(moved)).toMatchObject({ add: 8 });
  const constructs = {
    resources: [
      { type: 'check', logicalId: 'orders-check', payload: api },
      { type: 'alert-channel', logicalId: 'x', payload: {} },
    ],
  };
  const exported = await move({ files: [file('project.json', constructs)] });
  expect(outcomes(exported)).toEqual({ Orders: 'changed monitors.orders-check' });
  expect((await move({ files: [file('list.json', checks)] })).counts).toMatchObject({ left: 3 });
});

it('moves what is probed through blackbox_exporter, from its modules and the configuration of Prometheus', async () => {
  const modules = `modules:
  http_login:
    prober: http
    timeout: 5s
    http:
      valid_status_codes: [200, 401]
      method: POST
      headers: { Accept: text/html }
      fail_if_body_not_matches_regexp: ["Sign in"]
      fail_if_not_ssl: true
      valid_http_versions: [HTTP/2.0]
      proxy_url: http://eve:open%20oats@proxy.example.org:3128/
      tls_config: { insecure_skip_verify: true }
      basic_auth: { username: ada, password: open sesame }
  ssh: { prober: tcp, tcp: { query_response: [{ expect: "^SSH-2.0-" }] } }
  soa: { prober: dns, dns: { query_name: example.org., query_type: SOA } }
  any: { prober: dns, dns: { query_name: example.org } }
  icmp: { prober: icmp }
`;
  const job = (name: string, module: string, targets: string) =>
    `  - { job_name: ${name}, metrics_path: /probe, params: { module: [${module}] }, static_configs: [{ targets: [${targets}], labels: { env: prod } }] }\n`;
  const prometheus = `global: { scrape_interval: 15s }
scrape_configs:
  - { job_name: node, static_configs: [{ targets: ['n:9100'] }] }
${job('web', 'http_login', "'https://blackbox.example.org/login', plain.example.org")}${job('plain', 'http_2xx', "'https://blackbox.example.org/'")}${job('ssh', 'ssh', "'box.example.org:22'")}${job('dns', 'soa', '192.0.2.53')}${job('any', 'any', '192.0.2.53')}${job('ping', 'icmp', 'box.example.org')}${job('gone', 'missing', 'x')}`;
  const moved = await move({ files: [file('blackbox.yml', modules), file('prometheus.yml', prometheus)] });
  expect(moved.tool).toBe('blackbox');
  expect(moved.items.map(({ name, outcome, becomes }) => `${name}: ${outcome} ${becomes ?? '-'}`)).toEqual([
    'node: left -',
    'blackbox.example.org/login: changed monitors.blackbox-example-org-login',
    'plain.example.org: changed monitors.plain-example-org',
    'blackbox.example.org: same monitors.blackbox-example-org',
    'box.example.org:22: changed monitors.box-example-org-22',
    '192.0.2.53: same monitors.192-0-2-53',
    '192.0.2.53: left -',
    'box.example.org: same monitors.box-example-org',
    'gone: left -',
  ]);
  const { monitors = {} } = fileOf(moved);
  expect(monitors['blackbox-example-org-login']).toMatchObject({
    intervalSeconds: 15,
    timeoutSeconds: 5,
    method: 'POST',
    tags: ['web', 'env:prod'],
    options: {
      user: 'ada',
      password: '${BLACKBOX_EXAMPLE_ORG_LOGIN_PASSWORD}',
      httpVersion: '2',
      proxy: 'http://proxy.example.org:3128',
      proxyUser: 'eve',
    },
    assertions: [
      {
        kind: 'status',
        in: [
          { from: 200, to: 200 },
          { from: 401, to: 401 },
        ],
      },
      { kind: 'body', test: 'matches', value: 'Sign in' },
    ],
  });
  expect(monitors['192-0-2-53']).toMatchObject({
    url: 'dns://example.org',
    options: { recordType: 'SOA', resolver: '192.0.2.53' },
  });
  expect(moved.counts).toEqual({ same: 3, changed: 3, left: 3 });
  const plan = await t.call('POST', '/api/v1/config/plan', {
    files: [file('moved.yaml', moved.text)],
    variables: moved.variables,
  });
  // 192.0.2.0/24 is no public network: whoever asks a name server there allows it first.
  expect((plan.body as { errors: { path: string }[] }).errors.map(({ path }) => path.split(' ')[1])).toEqual([
    'monitors.192-0-2-53.options.resolver',
  ]);
});

it.each([
  ['text.yaml', 'a: [', 'body.files'],
  ['text.yaml', 'a: 1', 'body.tool'],
  ['list.json', '[1]', 'body.files'],
  ['bomb.yaml', `a: &a [x]\nb: [${Array(300_000).fill('*a').join(',')}]`, 'body.files'],
])('refuses %s that cannot be read, by its place', async (name, text, path) => {
  const refused = await convert({ files: [file(name, text)] });
  expect(refused.status).toBe(400);
  expect((refused.body as { errors: { path: string }[] }).errors[0]?.path).toContain(path);
});
