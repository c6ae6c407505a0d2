import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Crew, createCrew, type Responder } from '#test/harness/crew.ts';
import { terminalOf } from '#test/harness/terminal.ts';
import { EXIT } from './io.ts';
import { runCli } from './program.ts';

let t: Crew;
let ann: Responder;
let run: (...argv: readonly string[]) => ReturnType<ReturnType<typeof terminalOf>>;
beforeAll(async () => {
  t = await createCrew();
  ann = await t.hire('Ann');
  const bob = await t.hire('Bob');
  await t.escalateTo([
    { userIds: [ann.id], delaySeconds: 300 },
    { userIds: [bob.id], delaySeconds: 300 },
  ]);
  const type = terminalOf(t, runCli);
  run = (...argv) => type('', ...argv);
});
afterAll(() => t.end());

const onlyId = async () => (await run('page', 'list', '--ids')).out.trim();

it('shows a page of an alert, begins its next step, and acknowledges it by a short reference', async () => {
  expect((await run('page', 'list')).out).toBe('There is no such page.\n');
  expect((await run('page', 'acknowledge')).err).toBe('No page waits for anybody.\n');
  const alertId = await t.signal({ title: 'Disk is full' });
  const id = await onlyId();
  expect((await run('page', 'list')).out).toMatch(new RegExp(`^${id} {2}open .* alert {2}Disk is full\\n$`));
  const shown = await run('page', 'show', alertId);
  expect(shown).toMatchObject({ exitCode: EXIT.ok, err: '' });
  expect(shown.out).toMatch(/^\S+ {2}Disk is full\nalert, open, in step 1; next Bob, /);
  expect(shown.out).toMatch(/^ {2}step 1 {2}Ann {2}ntfy .* sent$/m);
  expect((await run('page', 'escalate')).out).toBe('Disk is full: step 2 has begun; it asks Bob.\n');
  expect((await run('page', 'withdraw', id)).err).toContain('This page ends with its alert or incident');
  const short = id.slice(-6);
  expect((await run('page', 'ack', short)).out).toBe('Disk is full: You are on it; nobody else is paged.\n');
  expect((await run('page', 'list')).out).toContain(`${id}  acknowledged by Olive Owner`);
  expect((await run('page', 'escalate', short)).err).toContain('only an open one can go on');
  await run('alert', 'close', alertId);
  await t.settle();
  expect((await run('page', 'list')).out).toBe('There is no such page.\n');
  expect((await run('page', 'list', '--all', '--alert', alertId)).out).toContain(`${id}  stopped`);
  expect((await run('page', 'show', `pag_${short}`)).out).toMatch(/^alert, over after .*: /m);
});

it('pages whoever is on call and tells a channel, asks which page is meant, and withdraws', async () => {
  await t.ask('POST', '/schedules', {
    name: 'Primary',
    timeZone: 'UTC',
    layers: [
      { name: 'Weeks', beginsAt: '2026-11-23T09:00', rotation: { kind: 'weekly' }, turns: [{ userIds: [ann.id] }] },
    ],
  });
  await run('channels', 'add', 'Ops', 'http://127.0.0.1:9/hook', '--kind', 'webhook', '--only-pages');
  const sent = await run('page', 'Look at the ledger', '--to', 'primary', '--to', 'channel:ops');
  expect(sent).toMatchObject({ exitCode: EXIT.ok, err: '' });
  expect(sent.out).toMatch(/^Paged Ann\. Told Ops\.\nhttp\S+\/pages\/pag_/);
  const first = await onlyId();
  await run('page', 'send', 'Count the money', '--to', 'Bob', '--low');
  const several = await run('page', 'withdraw');
  expect(several.exitCode).toBe(EXIT.failed);
  expect(several.err).toMatch(/^Several pages are meant\. Say which by its id:\n/);
  expect(several.err).toContain(`  ${first}  Look at the ledger\n`);
  expect((await run('page', 'withdraw', first)).out).toBe(
    'Look at the ledger: withdrawn; whoever was paged is told.\n',
  );
  expect((await run('--json', 'page', 'withdraw')).out).toContain('"state": "stopped"');
  expect((await run('page', 'x', '--to', 'schedule:Ann')).err).toBe(
    'There is no on-call schedule Ann. There are: Primary.\n',
  );
  expect((await run('page', 'x', '--to', 'Ann', '--who', 'next')).exitCode).toBe(EXIT.usage);
  expect((await run('page', 'x', '--to', 'ops')).exitCode).toBe(EXIT.failed);
});

it('finds the page of an incident, and takes command of it', async () => {
  await run('declare', 'Checkout is down', '--severity', 'SEV1');
  await t.settle();
  expect((await run('page', 'list', '--incident', '1')).out).toContain('Checkout is down');
  expect((await run('page', 'acknowledge', 'INC-1', '--take-command')).out).toContain('You are on it');
  expect((await run('page', 'list', '--incident', '1', '--state', 'open')).out).toBe('There is no such page.\n');
  expect((await run('page', 'acknowledge', 'INC-9')).err).toBe('There is no incident INC-9.\n');
  expect((await run('page', 'show', 'zzzz')).err).toBe('There is no page zzzz. See: allclear page list --all.\n');
});

it('does not take a misspelt act for the title of a page', async () => {
  const misspelt = await run('page', 'aknowledge', 'INC-1');
  expect(misspelt.exitCode).toBe(EXIT.usage);
  expect(misspelt.err).toContain('(Did you mean allclear page acknowledge?)');
  expect((await run('page', 'aknowledge')).err).toContain('Say what it is about and whom to page');
});

it('shows an alert with why it is there, what became of it and its last signals', async () => {
  const id = await t.signal({ title: 'Queue \u001b[31mgrows' });
  await t.signal({ title: 'Queue \u001b[31mgrows', severity: 'error' });
  expect((await run('alert', 'note', id.slice(-6), '--text', 'The worker hangs.')).out).toContain(`${id}  open`);
  expect((await run('alert', 'note', id, 'zzzz', '--text', 'x')).err).toContain(
    'There is no alert zzzz among the newest',
  );
  const shown = await run('alert', 'show', id.slice(-6));
  expect(shown).toMatchObject({ exitCode: EXIT.ok, err: '' });
  expect(shown.out).toMatch(/^critical {2}Queue \ufffd\[31mgrows\nopen, from test, /);
  expect(shown.out).toMatch(/^Why am I seeing this\?\n {2}\S/m);
  expect(shown.out).toMatch(/^Who was paged\n {2}pag_\S+ {2}open {2}Ann$/m);
  expect(shown.out).toMatch(/^What became of it\n {2}.* Olive Owner {2}.*The worker hangs\.$/m);
  expect(shown.out).toMatch(/^Signals, the last 2 of 2\n {2}\S+ .* {2}error {2}Queue/m);
  const one = await run('alert', 'show', id, '--signals', '1', '--payloads');
  expect(one.out).toMatch(/^Signals, the last 1 of 2$/m);
  expect(one.out).toContain('"severity":"error"');
  expect(JSON.parse((await run('alert', 'show', id, '--json')).out)).toMatchObject({
    alert: { id },
    signals: [{}, {}],
  });
  expect((await run('alert', 'show', 'zzzz')).err).toContain('There is no alert zzzz among the newest');
  expect((await run('alert', 'show', id, '--signals', 'all')).exitCode).toBe(EXIT.usage);
  expect((await run('alert', 'shw', id)).exitCode).toBe(EXIT.usage);
});
