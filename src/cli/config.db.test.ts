import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { writeKumaDatabase } from '#test/harness/kuma-database.ts';
import { createTestSystem, type TestSystem } from '#test/harness/system.ts';
import { terminalOf } from '#test/harness/terminal.ts';
import { EXIT } from './io.ts';
import { runCli } from './program.ts';

let t: TestSystem;
let folder: string;
beforeAll(async () => {
  t = await createTestSystem();
  folder = await mkdtemp(join(tmpdir(), 'allclear-cli-config-'));
});
afterEach(async () => {
  for (const set of ['default', 'other']) await apply(`set: ${set}\n`, '--yes');
});
afterAll(async () => {
  await rm(folder, { recursive: true });
  await t.close();
});

type Around = Parameters<typeof runCli>[1];
const type = (more: Partial<Around>, env: Record<string, string> = {}) =>
  terminalOf(t, (argv, io) => runCli(argv, { ...io, ...more }), env);
const plan = (text: string, env = {}) => type({}, env)(text, 'plan', '-');
const apply = (text: string, ...more: string[]) => type({})(text, 'apply', '-', ...more);

const SHOP = `services:
  shop: {name: Shop}
monitors:
  home:
    url: https://shop.example.org
    service: shop
    headers: {Authorization: "Bearer \${TOKEN}"}
`;

it('shows what files would change, makes it so, and has nothing more to do', async () => {
  const env = { TOKEN: 'open sesame' };
  const first = await plan(SHOP, env);
  expect(first).toMatchObject({ exitCode: EXIT.attention, err: '' });
  expect(first.out).toBe(`+ service shop  Shop  (standard input:2)
    name: Shop
+ monitor home  (standard input:4)
    url: https://shop.example.org/
    headers.Authorization: (secret)
    service: shop

2 to add, 0 to change, 0 to remove, 0 unchanged.
Nothing is changed yet: this is a plan.
`);
  const done = await type({}, env)(SHOP, 'apply', '-');
  expect(done).toMatchObject({ exitCode: EXIT.ok, err: '' });
  expect(done.out).toContain('Done, all of it.');
  expect(await plan(SHOP, env)).toEqual({
    exitCode: EXIT.ok,
    out: 'No changes: 2 things as the files say.\n',
    err: '',
  });
  const changed = await plan(SHOP.replace('service: shop\n', 'service: shop\n    timeoutSeconds: 5\n'), { TOKEN: 'x' });
  expect(changed.out).toContain('    timeoutSeconds: 10 → 5\n    headers.Authorization: (secret) changed\n');
  const json = await type({}, env)(SHOP, 'plan', '-', '--json');
  expect(JSON.parse(json.out)).toMatchObject({ set: 'default', counts: { unchanged: 2 } });
});

it('says every fault with its file and line, a variable without a value among them', async () => {
  const refused = await plan(SHOP.replace('https:', 'gopher:'));
  expect(refused).toMatchObject({ exitCode: EXIT.failed, out: '' });
  expect(refused.err).toBe(
    '1 fault; nothing is changed.\n  standard input:7 headers.Authorization: ${TOKEN} has no value; write $${ for a plain ${\n'.replace(
      'headers.',
      'monitors.home.headers.',
    ),
  );
});

it('removes only when it is told to, or somebody says yes', async () => {
  await apply('services: {a: {}, b: {}}');
  const less = 'services: {a: {}}';
  const refused = await apply(less);
  expect(refused).toMatchObject({ exitCode: EXIT.failed, out: '' });
  expect(refused.err).toContain('1 thing would be removed: service b. Nothing is changed.');
  const asked: string[] = [];
  const answering = (answer: string) => type({ ask: async (question) => (asked.push(question), answer) });
  expect((await answering('no')(less, 'apply', '-')).err).toContain('Nothing is changed.');
  expect((await plan(less)).out).toContain('- service b\n');
  expect(await answering('yes')(less, 'apply', '-')).toMatchObject({ exitCode: EXIT.ok });
  expect(asked).toHaveLength(2);
  expect((await plan(less)).exitCode).toBe(EXIT.ok);
});

it('reads folders, colours what somebody looks at, and exports what plans as no change', async () => {
  const dir = join(folder, 'house');
  await mkdir(join(dir, 'more', '.git'), { recursive: true });
  await writeFile(join(dir, 'services.yaml'), 'services: {a: {}}\n');
  await writeFile(join(dir, 'more', 'monitors.yml'), 'monitors: {m: {url: "https://a.example.org", service: a}}\n');
  await writeFile(join(dir, 'more', '.git', 'x.yaml'), 'nothing: of this\n');
  await writeFile(join(dir, 'README.md'), 'Hello: [');
  const shown = await type({ colours: true })('', 'plan', dir);
  expect(shown.out).toContain('\u001b[32m+ monitor m  (more/monitors.yml:1)\u001b[0m\n');
  expect(await type({})('', 'apply', dir)).toMatchObject({ exitCode: EXIT.ok, err: '' });
  const { out: text } = await type({})('', 'export');
  expect(text).toContain('url: https://a.example.org/');
  expect(await plan(text)).toMatchObject({ exitCode: EXIT.ok });
  expect((await type({})('', 'plan', join(folder, 'nowhere'))).err).toContain('cannot be read');
  expect((await type({})('', 'plan', join(dir, 'more', '.git', 'x.yaml'))).err).toContain(
    'x.yaml:1 nothing: is none of',
  );
});

it('moves monitors of Uptime Kuma in: a report, a file, or the monitors themselves', async () => {
  const database = join(folder, 'kuma.db');
  writeKumaDatabase(database, 2, {
    monitor: [
      {
        id: 1,
        name: 'Home',
        type: 'http',
        url: 'https://home.example.org/',
        interval: 60,
        headers: '{"Cookie":"open sesame"}',
      },
      { id: 2, name: 'Container', type: 'docker' },
    ],
  });
  const told = await type({})('', 'import', database);
  expect(told).toMatchObject({ exitCode: EXIT.attention, err: '' });
  expect(told.out).toMatch(/^1 carry over as they are, 0 with a difference, 1 stay behind\.$/m);
  expect(told.out).toMatch(/^! {2}docker monitor {2}Container {2}stays behind$/m);
  expect(told.out).toContain('As a plan: 1 to add, 0 to change');
  const { out: file, err } = await type({})('', 'import', database, '--yaml');
  expect(err).toBe('Its secrets are not in the file. Set: HOME_COOKIE\n');
  expect(file).not.toContain('sesame');
  expect(await type({}, { HOME_COOKIE: 'open sesame' })(file, 'plan', '-')).toMatchObject({ exitCode: EXIT.attention });
  expect((await type({})('', 'import', database, '--apply', '--set', 'other')).out).toContain('+ monitor home');
  expect(
    (await type({}, { HOME_COOKIE: 'open sesame' })(file.replace('set: uptime-kuma', 'set: other'), 'plan', '-'))
      .exitCode,
  ).toBe(EXIT.ok);
  await writeFile(
    join(folder, 'openstatus.yaml'),
    'a: {name: A, frequency: 1m, regions: [], kind: tcp, retry: 0, request: {host: a.example.org, port: 1}}\n',
  );
  expect((await type({})('', 'import', join(folder, 'openstatus.yaml'))).out).toMatch(/^1 carry over/);
  await writeFile(join(folder, 'nothing.db'), 'SQLite format 3\0rubbish');
  expect((await type({})('', 'import', join(folder, 'nothing.db'))).err).toContain('no monitors of Uptime Kuma');
});
