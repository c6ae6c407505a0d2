import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Crew, createCrew } from '#test/harness/crew.ts';
import { watchFor } from '#test/harness/observed.ts';
import { createMonitorTarget, type MonitorTarget } from '#test/harness/monitor-target.ts';
import { terminalOf } from '#test/harness/terminal.ts';
import { EXIT } from './io.ts';
import { runCli } from './program.ts';

let t: Crew;
let target: MonitorTarget;
let type: ReturnType<typeof terminalOf>;
let id: string;
const run = (...argv: readonly string[]) => type('', ...argv);

beforeAll(async () => {
  [t, target] = await Promise.all([createCrew(), createMonitorTarget()]);
  type = terminalOf(t, runCli);
});
afterAll(async () => {
  await Promise.all([t.end(), target.close()]);
});

it('adds a monitor by its address, of the kind that its scheme says', async () => {
  expect((await run('monitors')).out).toBe('There is no such monitor.\n');
  const added = await run('--json', 'monitors', 'add', target.url, '--name', 'Shop', '--every', '1m', '--tag', 'web');
  expect(added.exitCode, added.err).toBe(EXIT.ok);
  const monitor = JSON.parse(added.out) as { id: string };
  expect(monitor).toMatchObject({ name: 'Shop', kind: 'http', intervalSeconds: 60, tags: ['web'] });
  ({ id } = monitor);
  expect((await run('monitors', 'add', 'tcp://127.0.0.1:9', '--timeout', '2s')).out).toMatch(
    /^mon_\w+ {2}127\.0\.0\.1:9 {2}every 30 s, of 127\.0\.0\.1\n$/,
  );
  expect(await run('monitors', 'add', 'shop.example')).toMatchObject({
    exitCode: EXIT.usage,
    err: expect.stringContaining('shop.example is no address that can be asked'),
  });
  expect((await run('monitors', 'add', target.url, '--service', 'Nowhere')).err).toContain(
    'There is no service Nowhere.',
  );
});

it('lists them, those that need attention first', async () => {
  await watchFor(t, id, 'up', 'up');
  const { out } = await run('monitors', 'list');
  expect(out).toMatch(/^127\.0\.0\.1:9 +unknown .*\nShop +up +1 m +20 ms +100 % +\S+\n$/);
  expect((await run('monitors', '--tag', 'web', '--ids')).out).toBe(`${id}\n`);
  expect((await run('monitors', '--state', 'down')).out).toBe('There is no such monitor.\n');
  expect((await run('monitors', '--state', 'broken')).exitCode).toBe(EXIT.usage);
});

it('shows one, over any stretch of time', async () => {
  await watchFor(t, id, 'up', 'down', 'down', 'up', 'down');
  const shown = await run('monitors', 'show', 'shop');
  expect(shown.exitCode, shown.err).toBe(EXIT.attention);
  expect(shown.out).toContain('down since');
  expect(shown.out).toContain('p50 20 ms, p95 20 ms, p99 20 ms (4 checks)');
  expect(shown.out).toContain('66.666 %, 2 m down, 1 m unknown, in the last 24h');
  expect(shown.out).toMatch(/^ {4}down +\S+ \(3 m ago\) +for 2 m$/m);
  const before = await run('--json', 'monitors', 'show', id, '--from', '5m ago', '--to', '4m ago');
  expect(JSON.parse(before.out)).toMatchObject({ uptime: { uptimePercent: 100, upSeconds: 60 }, monitor: { id } });
  expect((await run('monitors', 'show', 'sho')).err).toContain('There is no monitor sho. There are: Shop.');
  expect((await run('monitors', 'show', 'Shop', '--from', '2h')).exitCode).not.toBe(EXIT.ok);
  expect((await run('monitors', 'show', 'Shop', '--window', '7d', '--from', '2h ago')).err).toContain('not both');
});

it('tells apart those of one name', async () => {
  await t.ask('POST', '/monitors', { url: `${target.url}?again`, name: 'shop' });
  const { err } = await run('monitors', 'pause', 'SHOP');
  expect(err).toContain('SHOP names several: mon_');
  expect(err).toContain(`(http ${target.url}?again)`);
  expect((await run('monitors', 'pause', id, 'nope')).err).toBe('There is no monitor nope.\n');
  expect((await run('monitors', '--state', 'paused')).out).toBe('There is no such monitor.\n');
  const ids = (await run('monitors', '--search', '?again', '--ids')).out.trim();
  await t.ask('DELETE', `/monitors/${ids}`);
});

it('changes what is named, and nothing else', async () => {
  const edited = JSON.parse((await run('--json', 'monitors', 'edit', 'Shop', '--every', '2m', '--tag', 'web')).out);
  expect(edited).toMatchObject({
    id,
    name: 'Shop',
    intervalSeconds: 120,
    tags: ['web'],
    url: expect.stringContaining(target.url),
  });
  expect((await run('monitors', 'edit', id, '--every', '1m', '--name', 'Shop')).out).toContain('Shop  every 1 m, of ');
  expect(await run('monitors', 'edit', 'Shop')).toMatchObject({
    exitCode: EXIT.usage,
    err: expect.stringContaining('Say what changes'),
  });
  expect((await run('monitors', 'edit', 'Shop', '--address', 'tcp://127.0.0.1:9')).exitCode).not.toBe(EXIT.ok);
});

it('says of what waits for a job that it asks nobody', async () => {
  await t.ask('POST', '/heartbeats', { name: 'Backup', periodSeconds: 3_600, graceSeconds: 60 });
  expect((await run('monitors', 'check', 'Backup')).err).toContain('Backup asks nobody');
});

it('archives all that are named, or none', async () => {
  await run('monitors', 'add', 'tcp://127.0.0.1:10');
  expect((await run('monitors', 'archive', '127.0.0.1:10', 'nope')).err).toContain('There is no monitor nope.');
  expect((await run('monitors', 'archive', '127.0.0.1:10', 'Backup')).out).toBe(
    '127.0.0.1:10  archived\nBackup  archived\n',
  );
  expect((await run('monitors', 'show', 'Backup')).err).toContain('There is no monitor Backup.');
});

it('pauses and resumes those that another command names', async () => {
  const { out: ids } = await run('monitors', '--tag', 'web', '--ids');
  expect((await type(ids, 'monitors', 'pause', '-')).out).toBe('Shop  paused\n');
  expect((await run('monitors', '--state', 'paused')).out).toMatch(/^Shop +paused/);
  expect((await run('monitors', 'resume', 'Shop')).out).toBe('Shop  is checked again\n');
  expect((await type('', 'monitors', 'pause', '-')).out).toBe('There is nothing to do.\n');
});

it('says where a heartbeat reports, and gives it a new address', async () => {
  await t.ask('POST', '/heartbeats', { name: 'nightly-backup', periodSeconds: 3_600 });
  const before = await run('monitors', 'address', 'nightly-backup');
  expect(before).toMatchObject({ exitCode: EXIT.ok, err: '' });
  expect(before.out).toMatch(/^https?:\S+\/beat\/hb_\w+\n$/);
  expect((await run('monitors', 'show', 'nightly-backup')).out).toContain(`address  ${before.out.trim()}`);
  const after = await run('monitors', 'address', 'nightly-backup', '--rotate', '--grace', '7d');
  expect(after.out).not.toBe(before.out);
  expect(after.err).toMatch(/^The address before works as well, until .+\.\n$/);
  expect(await run('monitors', 'address', 'nightly-backup', '--revoke')).toMatchObject({ out: after.out, err: '' });
  expect(await run('monitors', 'address', 'nightly-backup', '--rotate', '--revoke')).toMatchObject({
    exitCode: EXIT.usage,
  });
  expect((await run('monitors', 'address', 'nightly-backup', '--rotate', '--grace', 'long')).err).toContain(
    'no length',
  );
  expect(await run('monitors', 'address', '127.0.0.1:9')).toMatchObject({
    exitCode: EXIT.failed,
    err: expect.stringContaining('asks by itself'),
  });
});
