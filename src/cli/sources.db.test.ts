import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestSystem, type TestSystem } from '#test/harness/system.ts';
import { terminalOf } from '#test/harness/terminal.ts';
import { waitFor } from '#test/harness/wait-for.ts';
import { EXIT } from './io.ts';
import { runCli } from './program.ts';

let t: TestSystem;
let folder: string;
let type: ReturnType<typeof terminalOf>;
beforeAll(async () => {
  t = await createTestSystem();
  folder = await mkdtemp(join(tmpdir(), 'allclear-cli-sources-'));
  type = terminalOf(t, runCli);
  await t.call('POST', '/api/v1/services', { name: 'Web shop', slug: 'web-shop' });
});
afterAll(async () => {
  await rm(folder, { recursive: true });
  await t.close();
});

const run = (...argv: readonly string[]) => type('', ...argv);
const write = async (name: string, text: string) => {
  const file = join(folder, name);
  await writeFile(file, text);
  return file;
};

it('makes a source, shows what it was sent and what became of it, and removes it', async () => {
  const made = await run('sources', 'create', 'Disks', '--service', 'web-shop', '--shadow');
  expect(made).toMatchObject({ exitCode: EXIT.ok, err: '' });
  expect(made.out).toMatch(/^Disks is made, in shadow: /);
  expect(made.out).toContain('curl -X POST http');
  const url = /^send to (\S+)$/m.exec(made.out)?.[1] ?? '';
  const send = (body: string) => t.app.request(new URL(url).pathname, { method: 'POST', body });
  await send('{"title":"Disk is full"}');
  await send('{"titel":"Disk is full"}');
  // What came is written down a moment after the answer.
  const shown = await waitFor('both messages', async () => {
    const printed = await run('sources', 'disks');
    return printed.out.includes('  refused  ') && printed.out.includes('  opened  ') ? printed : undefined;
  });
  expect(shown.out).toMatch(/^ {2}\S.* {2}refused {2}.*title/m);
  expect(shown.out).not.toContain('titel');
  expect((await run('sources', 'show', 'Disks', '--payloads', '--snippets')).out).toContain(
    '\n  {"titel":"Disk is full"}\n',
  );
  await run('sources', 'Disks', '--rotate');
  expect((await run('sources', 'revoke', 'Disks')).out).toBe('Disks takes only its present key.\n');
  expect((await run('sources', 'Dicks')).err).toBe('There is no alert source Dicks. There are: Disks.\n');
  expect((await run('sources', 'create', 'X', '--kind', 'form')).exitCode).toBe(EXIT.usage);
  expect((await run('sources', 'remove', 'Disks')).out).toContain('its key stops working');
  expect((await run('sources')).out).toBe('There is no alert source.\n');
});

it('tries a mapping on a payload, saves it, and takes it away', async () => {
  await run('sources', 'create', 'Builds');
  const payload = await write('run.json', '{"job":{"name":"Deploy","state":"broken"}}');
  const mapping = await write(
    'mapping.yaml',
    'title: "{{job.name}} fails"\nstatus: { from: job.state, resolved: [green] }\n',
  );
  expect((await run('sources', 'mapping', 'Builds')).out).toBe('Builds takes our own JSON.\n');
  const tried = await run('sources', 'try', 'Builds', payload, '--mapping', mapping);
  expect(tried).toMatchObject({ exitCode: EXIT.ok, err: '' });
  expect(tried.out).toMatch(/^firing: .*\n(.*\n)* {2}title +Deploy fails$/m);
  expect((await type('{}', 'sources', 'try', 'Builds', '--mapping', mapping)).exitCode).toBe(EXIT.attention);
  expect((await run('sources', 'mapping', 'Builds', mapping)).err).toContain('--payload FILE');
  expect((await run('sources', 'mapping', 'Builds', mapping, '--payload', payload)).out).toContain('is saved');
  const shown = await run('sources', 'mapping', 'Builds');
  expect(shown.out).toContain('title: "{{job.name}} fails"');
  // What it prints can be saved again, on the payload that it was last tried on.
  expect((await type(shown.out, 'sources', 'mapping', 'Builds', '-')).out).toContain('is saved');
  expect((await run('sources', 'try', 'Builds', payload)).out).toContain('Deploy fails');
  expect((await run('sources', 'mapping', '--presets')).out).toMatch(/^github +GitHub/m);
  expect((await run('sources', 'mapping', 'Builds', '--preset', 'github')).out).toContain('is saved');
  expect((await run('sources', 'mapping', 'Builds', '--preset', 'gitlob')).err).toContain('There are: ');
  expect((await run('sources', 'mapping', 'Builds', mapping, '--none')).exitCode).toBe(EXIT.usage);
  expect((await run('sources', 'mapping', 'Builds', '--none')).out).toBe('Builds takes our own JSON.\n');
  expect((await run('sources', 'confirm', 'Builds')).exitCode).toBe(EXIT.failed);
  const bad = await write('bad.yaml', 'titel: x\n');
  expect((await run('sources', 'mapping', 'Builds', bad)).err).toContain('title: ');
});

it('reads and sets the rules of mail and of tickets', async () => {
  await run('sources', 'create', 'Nagios', '--kind', 'email');
  await run('sources', 'create', 'Support', '--kind', 'ticket');
  expect((await run('sources', 'Nagios')).out).toContain('! This installation takes no mail');
  expect((await run('sources', 'mail-rule', 'Nagios')).out).toContain(
    'Nagios, as it is at first\nresolved  RESOLVED, ',
  );
  const set = await run('sources', 'mail-rule', 'Nagios', '--resolved', 'fine again', '--severity', 'warning');
  expect(set.out).toMatch(
    /^Nagios, changed .*\nresolved {2}fine again\nignored {3}ACKNOWLEDGEMENT, .*\notherwise warning$/m,
  );
  expect((await run('sources', 'ticket-rule', 'Support')).out).toContain(
    'Tickets with the same subject are one alert, warning.',
  );
  expect((await run('sources', 'ticket-rule', 'Support', '--same-by', 'component')).out).toContain(
    'the same component are one alert, warning.',
  );
  expect((await run('sources', 'mail-rule', 'Support', '--severity', 'info')).err).toContain('takes no mail');
  expect((await run('sources', 'ticket-rule', 'Support', '--same-by', 'colour')).exitCode).toBe(EXIT.usage);
});

it('limits what a source may send, and says what was turned away', async () => {
  await run('sources', 'create', 'Chatty', '--limit', '1');
  expect((await run('sources', 'limit', 'Chatty')).out).toBe('It may send 1 signals a minute.\n');
  const { items } = (await t.call('GET', '/api/v1/alert-sources')).body as { items: { intakeUrl: string }[] };
  const address = new URL(items[0]?.intakeUrl ?? '').pathname;
  const send = async () =>
    (await t.app.request(address, { method: 'POST', body: JSON.stringify({ title: 'x' }) })).status;
  expect([await send(), await send(), await send()]).toEqual([202, 429, 429]);
  await waitFor('the count', async () =>
    (await run('sources', 'Chatty')).out.includes('! 2 messages were turned away lately, the last '),
  );
  expect((await run('sources', 'limit', 'Chatty', 'lots')).exitCode).toBe(EXIT.usage);
  expect((await run('sources', 'limit', 'Chatty', 'none')).out).toMatch(
    /^Chatty may send as many signals as it likes\.\n! 2 messages were turned away lately, the last .+\n$/,
  );
  await run('sources', 'remove', 'Chatty');
});

it('keeps sources in a file', async () => {
  const exported = await run('sources', 'export');
  expect(exported.out).toContain('name: Nagios\n    kind: email\n');
  expect(exported.out).not.toContain('key');
  const file = await write('sources.yaml', exported.out);
  expect((await run('sources', 'apply', file)).out).toBe('The sources are what the file says.\n');
  const sources = `
    sources:
      - name: Builds
        shadow: true
        mapping: { title: job.name }
        sample: '{"job":{"name":"Deploy"}}'
      - name: Nagios
        kind: email
        mailRule: { resolvedWords: [fine], ignoredWords: [], severity: error }
      - name: Prometheus
        kind: alertmanager
        service: web-shop
        signalsPerMinute: 600
  `;
  await write('sources.yaml', sources);
  const lines = '- Support\n~ Builds: shadow, mapping\n~ Nagios: mail rule\n+ Prometheus\n';
  expect(await run('sources', 'apply', file, '--prune', '--dry-run')).toMatchObject({
    exitCode: EXIT.attention,
    out: `${lines}Nothing is changed: this was a dry run.\n`,
  });
  expect((await run('sources', 'apply', file, '--prune')).out).toContain(lines);
  expect((await run('sources', 'apply', file, '--prune')).out).toBe('The sources are what the file says.\n');
  await write('sources.yaml', (await run('--json', 'sources', 'export')).out);
  expect((await run('sources', 'apply', file)).out).toBe('The sources are what the file says.\n');
  await write('sources.yaml', 'sources: [{ name: Prometheus, kind: grafana }]');
  expect((await run('sources', 'apply', file)).err).toContain('the kind and the service of a source cannot be changed');
  await write('sources.yaml', 'sources: [{ name: New, mapping: { title: a } }]');
  expect((await run('sources', 'apply', file)).err).toContain('New: a mapping needs a "sample"');
  await write('sources.yaml', 'sources: [{ name: New, service: nope }]');
  expect((await run('sources', 'apply', file)).err).toContain('There is no service nope');
});

it('tells sources of one name apart by their ids', async () => {
  await run('sources', 'create', 'Twin');
  await run('sources', 'create', 'twin', '--shadow');
  const exported = (await run('sources', 'export')).out;
  expect(exported.match(/ id: src_/g)).toHaveLength(2);
  const file = await write('twins.yaml', exported);
  expect((await run('sources', 'apply', file, '--prune')).out).toBe('The sources are what the file says.\n');
  await write('twins.yaml', exported.replaceAll(/id: src_\w+\n\s+/g, ''));
  expect((await run('sources', 'apply', file)).err).toMatch(/^twin names several: src_\w+, src_\w+\. /);
  expect((await run('shadow', 'Twin', '--on')).err).toContain('Twin names several: ');
  await write('twins.yaml', exported.replace('name: twin', 'name: Another'));
  expect((await run('sources', 'apply', file)).err).toContain('twin: a source cannot be renamed');
});
