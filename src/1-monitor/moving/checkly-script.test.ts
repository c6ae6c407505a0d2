import { describe, expect, it } from 'vitest';
import { readChecklyScript } from './checkly-script.ts';
import { ScriptAllowance } from './script-allowance.ts';

const NONE = new Map<string, string>();
const inTest = (body: string) => `import { test, expect } from '@playwright/test'
test('shop', async ({ request }) => {
${body}
})`;

describe('a multi-step script', () => {
  it('becomes its requests, with what is handed on and what is expected', () => {
    const script = `import { test, expect } from '@playwright/test'

const baseUrl = 'https://shop.example.org/v1' // the API
const headers = { 'Accept': 'application/json', 'X-Key': process.env.SHOP_KEY! }

test('orders', async ({ request }) => {
  const token = await test.step('sign in', async () => {
    const response = await request.post(\`\${baseUrl}/session\`, { headers, data: { user: 'ann', keep: true } })
    await expect(response).toBeOK()
    const { session } = await response.json()
    return session.token
  })
  const [first] = await test.step('list', async () => {
    const response = await request.get(\`\${baseUrl}/orders\`, {
      headers: { Authorization: \`Bearer \${token}\` },
      params: { page: 1, of: 'a b' },
    })
    expect(response.status(), 'should be there').toBe(200)
    const data = await response.json()
    expect(data.length).toBeGreaterThan(0)
    expect(data[0].state).toEqual('open')
    console.log(data)
    return data
  })
  await test.step('read one', async () => {
    const response = await request.get(\`\${baseUrl}/orders/\${first.id}\`)
    expect(response.ok()).toBeTruthy()
  })
})`;
    const read = readChecklyScript(script, new Map([['SHOP_KEY', '{{SHOP_KEY}}']]));
    expect(read).toEqual({
      ok: true,
      lost: ['line 20: expect(data.length).toBeGreaterThan(0)'],
      steps: [
        {
          name: 'sign in',
          method: 'POST',
          url: 'https://shop.example.org/v1/session',
          headers: { Accept: 'application/json', 'X-Key': '{{SHOP_KEY}}', 'Content-Type': 'application/json' },
          body: '{"user":"ann","keep":true}',
          assertions: [{ kind: 'status', in: [{ from: 200, to: 299 }] }],
          take: [{ name: 'token', from: 'json', source: '$.session.token' }],
        },
        {
          name: 'list',
          method: 'GET',
          url: 'https://shop.example.org/v1/orders?page=1&of=a%20b',
          headers: { Authorization: 'Bearer {{token}}' },
          body: null,
          assertions: [
            { kind: 'status', in: [{ from: 200, to: 200 }] },
            { kind: 'json', path: '$[0].state', test: 'equals', value: 'open' },
          ],
          take: [{ name: 'id', from: 'json', source: '$[0].id' }],
        },
        {
          name: 'read one',
          method: 'GET',
          url: 'https://shop.example.org/v1/orders/{{id}}',
          headers: {},
          body: null,
          assertions: [{ kind: 'status', in: [{ from: 200, to: 299 }] }],
          take: [],
        },
      ],
    });
  });

  it.each([
    ["  for (const id of [1, 2]) await request.get('https://a.example.org/' + id)", 'it has a “for” in line 3'],
    ["  const url = 'https://a.example.org/' + Date.now()", 'line 3 is not read'],
    ['  await request.get(address)', 'line 3 is not read: await request.get(address)'],
    ["  await request.post('https://a.example.org/', { form: { a: 'b' } })", 'it sends a form'],
    ['  await request.get(`https://${process.env.HOST}/`)', 'it needs the environment variable HOST'],
    ["  await request.fetch('https://a.example.org/')", 'it calls request.fetch'],
    ["  const found = /a'b/.test('c')", 'it is written in a way that is not read'],
    ["  await request.get('https://a.example.org/{{x}}')", 'it has “{{” in a text'],
    ['  console.log(1)', 'no request is found in it'],
  ])('stays a script where it does more: %s', (body, why) => {
    expect(readChecklyScript(inTest(body), NONE)).toEqual({ ok: false, why: expect.stringContaining(why) });
  });

  it('is given up early where it is nested without end', () => {
    for (const part of ['(', '[', '{a:', '`${', "request.get('a',", 'await '])
      expect(readChecklyScript(`const a = ${part.repeat(30_000)}`, NONE)).toMatchObject({ ok: false });
  });

  it('makes no more steps than a check may have', () => {
    const many = inTest("  await request.get('https://a.example.org/')\n".repeat(21));
    expect(readChecklyScript(many, NONE)).toEqual({ ok: false, why: 'it makes more than 20 requests' });
  });

  it.each([
    '',
    '}',
    '((((',
    '`${',
    'test(',
    'const {',
    'expect(',
    "test('a', async () => {",
    'const [',
    'request.get(',
  ])('is never more than not read: %s', (script) => {
    expect(readChecklyScript(script, NONE)).toMatchObject({ ok: false });
  });
});

describe('a script that says little and asks for much', () => {
  const names = (first: string, next: (before: string) => string, count: number) =>
    Array.from({ length: count }, (_, n) => `const a${n} = ${n === 0 ? first : next(`a${n - 1}`)}`).join('\n');
  const sent = (before: string, count: number) =>
    `${before}\nconst r = await request.post('https://a.example.org/', { data: a${count - 1} })`;
  const TOO_MUCH = { ok: false, why: 'it makes more than 200000 characters of what it names' };

  it('is left where names stand for names that double', () => {
    const objects = names('{ x: 1 }', (before) => `{ x: ${before}, y: ${before} }`, 22);
    expect(readChecklyScript(sent(objects, 22), NONE)).toEqual(TOO_MUCH);
    const texts = names("'xxxxxxxx'", (before) => `\`\${${before}}\${${before}}\``, 22);
    expect(readChecklyScript(sent(texts, 22), NONE)).toEqual(TOO_MUCH);
    const deep = names('{ x: 1 }', (before) => `{ x: ${before} }`, 4_000);
    expect(readChecklyScript(sent(deep, 4_000), NONE)).toMatchObject({
      ok: false,
      why: expect.stringContaining('line 4001 is not read'),
    });
  });

  it('is left where a long text is used again and again', () => {
    const known = new Map([['LONG', 'x'.repeat(50_000)]]);
    const asks = "await request.get('https://a.example.org/', { headers: { a: process.env.LONG } })\n".repeat(5);
    expect(readChecklyScript(asks, known)).toEqual(TOO_MUCH);
    const expects = `const r = await request.get('https://a.example.org/')\n${'expect(await r.json()).toBe(process.env.LONG)\n'.repeat(5)}`;
    expect(readChecklyScript(expects, known)).toEqual(TOO_MUCH);
  });

  it('is left as soon as it hands on too much', () => {
    const takes = Array.from({ length: 4_000 }, (_, n) => `const t${n} = \`\${j.v${n}}\``).join('\n');
    const script = `const r = await request.get('https://a.example.org/')\nconst j = await r.json()\n${takes}`;
    expect(readChecklyScript(script, NONE)).toEqual({
      ok: false,
      why: 'it hands on more than 10 values of an answer',
    });
  });

  it('names only some of many lines that are not read', () => {
    const script = `await request.get('https://a.example.org/')\n${' '.repeat(50_000)}${'x;'.repeat(20_000)}`;
    const read = readChecklyScript(script, NONE);
    expect(read.ok && read.lost.length).toBe(21);
    expect(read.ok && read.lost.at(-1)).toBe('19980 more of it');
  });

  it('shares what may be made of all of them with the others', () => {
    const allowance = new ScriptAllowance();
    const script = `await request.get('https://a.example.org/')\n${'// long\n'.repeat(12_000)}`;
    const read = Array.from({ length: 100 }, () => readChecklyScript(script, NONE, allowance));
    expect(read[0]).toMatchObject({ ok: true });
    expect(read.at(-1)).toEqual({ ok: false, why: expect.stringContaining('hand it in in parts') });
  });
});

it('understands no expectation that only looks like one', () => {
  const body = `  const r = await request.get('https://a.example.org/?x=1', { params: { a: '\ud800' } })
  const data = await r.json()
  expect(data.a).constructor('x')`;
  expect(readChecklyScript(inTest(body), NONE)).toMatchObject({
    ok: true,
    lost: ["line 5: expect(data.a).constructor('x')"],
    steps: [{ url: 'https://a.example.org/?x=1&a=%EF%BF%BD', assertions: [] }],
  });
});
