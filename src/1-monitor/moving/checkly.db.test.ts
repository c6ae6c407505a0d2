import { expect, it } from 'vitest';
import { file, fileOf, notesOf, outcomes, tellOfMoving } from '#test/harness/moving.ts';

const { move, makeSo } = tellOfMoving();

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
  const environmentVariables = [
    { key: 'HOST', value: 'https://checkly.example.org' },
    { key: 'SHOP_KEY', value: 'open sesame', locked: true },
  ];
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
      environmentVariables,
      script: `import { test, expect } from '@playwright/test'
test('basket', async ({ request }) => {
  const made = await request.post(process.env.HOST + '/x')
})`,
    },
    {
      name: 'Steps',
      checkType: 'MULTI_STEP',
      frequency: 5,
      environmentVariables,
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
