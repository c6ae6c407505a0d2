import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeKumaDatabase } from '#test/harness/kuma-database.ts';
import { file, fileOf, notesOf, outcomes, tellOfMoving } from '#test/harness/moving.ts';

const { system, convert, move, makeSo } = tellOfMoving();
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'allclear-moving-test-'));
});
afterAll(() => rm(folder, { recursive: true }));

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
      await system().call('POST', '/api/v1/allowed-targets', { cidr: '2001:db8::/32' });
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
    expect(system().errors).toEqual([]);
  });
});
