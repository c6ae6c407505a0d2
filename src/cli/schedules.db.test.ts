import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Crew, createCrew } from '#test/harness/crew.ts';
import { terminalOf } from '#test/harness/terminal.ts';
import { EXIT } from './io.ts';
import { runCli } from './program.ts';

let t: Crew;
let folder: string;
let type: ReturnType<typeof terminalOf>;
beforeAll(async () => {
  t = await createCrew();
  folder = await mkdtemp(join(tmpdir(), 'allclear-cli-schedules-'));
  type = terminalOf(t, runCli);
  await t.hire('Ann');
  await t.hire('Bob');
});
afterAll(async () => {
  await rm(folder, { recursive: true });
  await t.end();
});

const run = (...argv: readonly string[]) => type('', ...argv);
const write = async (name: string, text: string) => {
  const file = join(folder, name);
  await writeFile(file, text);
  return file;
};

it('makes a schedule of turns, changes and removes it, and tells its versions', async () => {
  const turns = ['--person', 'Ann', '--person', 'bob@example.com', '--zone', 'Europe/Berlin'];
  const made = await run('schedules', 'create', 'Second', ...turns, '--begins', '2026-11-02 09:00');
  expect(made).toMatchObject({ exitCode: EXIT.ok, err: '' });
  expect(made.out).toMatch(/^Second is made\.\n {2}\S.* (Ann|Bob)$/m);
  const shown = await run('schedules', 'second');
  expect(shown.out).toMatch(/^Second, version 1, Europe\/Berlin\n {2}\S/);
  expect((await run('schedules', 'change', 'Second', '--rename', 'Late', '--hand-off', 'never')).out).toMatch(
    /^Late is changed, as version 2\.\n/,
  );
  const versions = (await run('schedules', 'versions', 'late')).out;
  expect(versions).toMatch(/^version 2 {2}from .* Olive Owner {2}Rotation, weekly: Ann, Bob\nversion 1 /);
  const hours = ['--hours', 'mon-fri 09:00-17:00', '--rotation', 'daily'];
  const gaps = await run('schedules', 'create', 'Days', ...turns, '--begins', 'mon 09:00', ...hours);
  expect(gaps.exitCode).toBe(EXIT.attention);
  expect(gaps.out).toContain('nobody: restricted');
  expect((await run('schedules', 'remove', 'Days')).out).toBe('Days is removed; nobody is on call by it.\n');
  expect((await run('schedules', 'Days')).err).toContain('There is no on-call schedule Days. There are: Late.');
});

it.each([
  [['--begins', '2026-11-02 09:00'], 'Say whose turns they are'],
  [['--person', 'Ann'], '--begins'],
  [['--person', 'Ann', '--begins', 'soon'], '--begins soon is not a time'],
  [['--person', 'Ann', '--begins', 'mon 09:00', '--zone', 'Mars/North'], '--zone Mars/North is not a time zone'],
  [['--person', 'Ann', '--begins', 'mon 09:00', '--every', '0'], '--every 0 is not a whole number'],
  [['--person', 'Ann', '--begins', 'mon 09:00', '--hours', 'work'], 'work is no days and hours'],
])('refuses to make a schedule of %j', async (options, sentence) => {
  const refused = await run('schedules', 'create', 'Wrong', ...options);
  expect(refused.exitCode).not.toBe(EXIT.ok);
  expect(refused.err).toContain(sentence);
});

it('keeps schedules in a file: exports, previews and applies them', async () => {
  const exported = await run('schedules', 'export');
  const file = await write('schedules.yaml', exported.out);
  expect((await run('schedules', 'apply', file)).out).toBe('The schedules are what the file says.\n');
  const primary = `
    schedules:
      - name: Primary
        zone: Europe/Berlin
        handOff: 2h
        layers:
          - name: Nights
            begins: 2026-11-01 18:00
            rotation: custom
            turns:
              - { people: Ann, length: 12h }
              - { people: [Ann, Bob], length: 2d }
            hours: [mon-thu 18:00-09:00, "sat,sun 00:00-24:00"]
            whenAway: next-in-rotation
          - name: Weeks
            begins: 2026-11-02T09:00
            rotation: weekly
            every: 2
            turns: [Bob, []]
          - name: Learning
            shadow: true
            begins: 2026-11-02T09:00
            rotation: monthly
            turns: [[olive@example.com, Ann]]
  `;
  await write('schedules.yaml', primary);
  const preview = await run('schedules', 'preview', file, '--from', '2026-12-01', '--to', '2026-12-20');
  expect(preview).toMatchObject({ exitCode: EXIT.attention, err: '' });
  expect(preview.out).toMatch(/^Primary, Europe\/Berlin\n {2}\S/);
  expect(preview.out).toContain('nobody: unassigned');
  expect((await run('schedules', 'preview', file, 'Second')).err).toContain('names no schedule Second');
  expect(await run('schedules', 'apply', file, '--prune', '--dry-run')).toMatchObject({
    exitCode: EXIT.attention,
    out: '- Late\n+ Primary\nNothing is changed: this was a dry run.\n',
  });
  expect((await run('schedules', 'apply', file)).out).toMatch(/^\+ Primary\n/);
  expect((await run('schedules', 'apply', file)).out).toBe('The schedules are what the file says.\n');
  await write('schedules.yaml', (await run('--json', 'schedules', 'export', 'primary')).out);
  expect((await run('schedules', 'apply', file)).out).toBe('The schedules are what the file says.\n');
  await write('schedules.yaml', primary.replace('every: 2', 'every: 1'));
  expect((await run('schedules', 'apply', file, '--holds-from', '2d')).out).toMatch(/^~ Primary\n/);
  expect((await run('schedules', 'versions', 'Primary')).out).toMatch(/^version 2 {2}from .*\(in 2 d/);
  await write('schedules.yaml', primary.replace('length: 12h', 'length: 12x'));
  expect((await run('schedules', 'apply', file)).err).toContain('Primary, Nights, turn 1: 12x is no length');
  await write('schedules.yaml', primary.replace('turns: [Bob', 'turns: [Boob'));
  expect((await run('schedules', 'apply', file)).err).toContain('There is no person Boob');
  await write('schedules.yaml', primary.replace('mon-thu 18', 'moon 18'));
  expect((await run('schedules', 'apply', file)).err).toContain(
    'Primary, Nights, hours: moon 18:00-09:00 is no days and hours',
  );
});

it('tells schedules of one name apart by their ids, and never writes one over the other', async () => {
  const begins = ['--begins', '2026-11-02 09:00', '--zone', 'UTC'];
  await run('schedules', 'create', 'Twin', '--person', 'Ann', ...begins);
  await run('schedules', 'create', 'Other', '--person', 'Bob', ...begins);
  await run('schedules', 'change', 'Other', '--rename', 'twin');
  const { items } = (await t.call('GET', '/api/v1/schedules')).body as { items: { id: string; name: string }[] };
  const [first, second] = items.filter(({ name }) => /^twin$/i.test(name)).map(({ id }) => id);
  const onCall = async () => (await run('--json', 'schedules', first ?? '')).out;
  const before = await onCall();
  const exported = (await run('schedules', 'export')).out;
  expect(exported.match(/ id: sch_/g)).toHaveLength(2);
  await write('twins.yaml', exported);
  const twins = join(folder, 'twins.yaml');
  expect((await run('schedules', 'apply', twins, '--prune')).out).toBe('The schedules are what the file says.\n');
  // Without ids nobody can say which is meant, so nothing is written, not even what is clear.
  await write(
    'twins.yaml',
    `${exported.replaceAll(/id: sch_\w+\n\s+/g, '')}  - { name: New, zone: UTC, layers: [] }\n`,
  );
  const refused = await run('schedules', 'apply', twins);
  expect(refused).toMatchObject({ exitCode: EXIT.failed, out: '' });
  expect(refused.err).toContain(`names several: ${first}, ${second}. Say which with "id"`);
  expect((await run('schedules', 'preview', twins, 'Twin')).err).toContain('names several');
  expect((await run('schedules', 'New')).err).toContain('There is no on-call schedule New');
  expect(await onCall()).toBe(before);
  // By its id one of them gets a name of its own, and the other stays.
  await write('twins.yaml', exported.replace('name: twin', 'name: Tertiary'));
  expect((await run('schedules', 'apply', twins)).out).toMatch(/^~ Tertiary\n/);
  expect(await onCall()).toBe(before);
  const plain = (await run('schedules', 'export')).out;
  expect(plain).not.toContain('id:');
  await write('twins.yaml', plain.replace('name: Tertiary', 'name: TWIN'));
  expect((await run('schedules', 'apply', twins)).err).toContain('two entries for the schedule TWIN');
  await write('twins.yaml', 'schedules: [{ id: sch_gone, name: Twin, zone: UTC, layers: [] }]');
  expect((await run('schedules', 'apply', twins)).err).toContain('Twin: there is no schedule with the id sch_gone');
  await run('schedules', 'remove', 'Twin');
  await run('schedules', 'remove', 'Tertiary');
});

it('plans an .ics file as overrides, and makes them when told to', async () => {
  const ics = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//test//EN',
    ...['Ann', 'A. Lee'].flatMap((summary, i) => [
      'BEGIN:VEVENT',
      `UID:${i}`,
      'DTSTAMP:20261101T000000Z',
      `DTSTART:2026120${i + 1}T090000Z`,
      `DTEND:2026120${i + 1}T170000Z`,
      `SUMMARY:${summary}`,
      'END:VEVENT',
    ]),
    'END:VCALENDAR',
  ].join('\r\n');
  const planned = await type(ics, 'schedules', 'import', 'Late', '-');
  expect(planned).toMatchObject({ exitCode: EXIT.attention, err: '' });
  expect(planned.out).toMatch(/^1 override to make, 2 read from the file\.\n {2}.* Ann\n/);
  expect(planned.out).toContain('! A. Lee names nobody here; say whom it means: --person "A. Lee=NAME"');
  expect((await run('overrides', 'Late')).out).not.toContain('ovr_');
  const done = await type(ics, 'schedules', 'import', 'Late', '-', '--person', 'A. Lee=Bob', '--apply');
  expect(done).toMatchObject({ exitCode: EXIT.ok, err: '' });
  expect(done.out).toMatch(/^2 overrides made, /);
  expect((await run('overrides', 'Late')).out).toContain('ovr_');
  expect((await type('nonsense', 'schedules', 'import', 'Late', '-')).exitCode).toBe(EXIT.failed);
  expect((await type(ics, 'schedules', 'import', 'Late', '-', '--person', 'Bob')).exitCode).toBe(EXIT.usage);
});

it('makes and revokes addresses for calendar programs', async () => {
  expect((await run('feeds')).out).toBe('There is no calendar address.\n');
  const made = await run('feeds', 'create', '--schedule', 'Late');
  expect(made.out).toMatch(/^http\S+\n$/);
  const id = /feeds revoke (cal_\S+)/.exec(made.err)?.[1] ?? '';
  expect((await t.app.request(new URL(made.out.trim()).pathname)).status).toBe(200);
  expect((await run('feeds')).out).toMatch(new RegExp(`^${id} {2}schedule {2}Late {2}made by Olive Owner, `));
  expect((await run('feeds', 'create', '--team', 'x', '--person', 'Ann')).exitCode).toBe(EXIT.usage);
  expect((await run('feeds', 'create', '--team', 'x')).err).toContain('There is no team x');
  expect((await run('feeds', 'revoke', id)).out).toBe(`${id} is revoked.\n`);
  expect((await t.app.request(new URL(made.out.trim()).pathname)).status).toBe(404);
});
