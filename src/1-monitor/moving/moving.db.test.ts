import { expect, it } from 'vitest';
import { file, fileOf, notesOf, outcomes, tellOfMoving } from '#test/harness/moving.ts';

const { system, convert, move, makeSo } = tellOfMoving();

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
  const plan = await system().call('POST', '/api/v1/config/plan', {
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
