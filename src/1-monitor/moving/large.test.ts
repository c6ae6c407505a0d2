import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { writeKumaDatabase } from '#test/harness/kuma-database.ts';
import { moveMonitoring } from './move.ts';

const NOW = new Date('2026-01-01T00:00:00Z');
const move = (document: object, more: object = {}) =>
  moveMonitoring({ files: [{ name: 'it.json', text: JSON.stringify(document) }], ...more }, NOW);
const refusal = (document: object, more: object = {}) =>
  move(document, more).then(
    ({ items }) => `moved ${items.length}`,
    (error: { code?: string; errors?: { message: string }[] }) => `${error.code}: ${error.errors?.[0]?.message}`,
  );
const times = <Item>(count: number, item: (n: number) => Item) => Array.from({ length: count }, (_, n) => item(n));
const job = (targets: string[], more: object = {}) => ({
  job_name: 'web',
  metrics_path: '/probe',
  static_configs: [{ targets }],
  ...more,
});

it('moves 5,000 targets of the same name', async () => {
  const { items } = await move({ scrape_configs: [job(times(5_000, () => 'x.example.org'))] });
  expect(items).toHaveLength(5_000);
  expect(items.at(-1)?.becomes).toBe('monitors.x-example-org-5000');
});

it('moves a database of 2,000 monitors and 200 tags, each monitor with 20 of them', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'allclear-large-'));
  const path = join(folder, 'kuma.db');
  const write = async (links: number) => {
    await rm(path, { force: true });
    writeKumaDatabase(path, 2, {
      monitor: times(2_000, (id) => ({ id: id + 1, name: 'Same', type: 'ping', hostname: 'x.example.org' })),
      tag: times(200, (id) => ({ id: id + 1, name: `tag ${id}`, color: '' })),
      monitor_tag: times(links, (n) => ({ monitor_id: (n % 2_000) + 1, tag_id: (n % 199) + 1, value: '' })),
    });
    return { files: [], database: (await readFile(path)).toString('base64') };
  };
  try {
    const { items, text } = await moveMonitoring(await write(40_000), NOW);
    expect(items.filter(({ becomes }) => becomes !== null)).toHaveLength(2_000);
    expect(text.match(/- tag \d+/g)).toHaveLength(40_000);
    await expect(moveMonitoring(await write(50_001), NOW)).rejects.toMatchObject({
      code: 'invalid',
      errors: [{ path: 'body.database', message: 'has 50001 rows of monitor_tag; 50000 are the most' }],
    });
  } finally {
    await rm(folder, { recursive: true });
  }
});

it('refuses more than it moves at once, and says how many there are', async () => {
  const check = { name: 'x', checkType: 'TCP', frequency: 1 };
  const monitor = { frequency: '1m', kind: 'http', request: {} };
  const named = (count: number) => Object.fromEntries(times(count, (n) => [`m${n}`, monitor]));
  const targets = times(5_001, () => 'x');
  expect(await refusal({ scrape_configs: [job(targets)] })).toMatch(/^invalid: .*targets has 5001 entries/);
  expect(await refusal({ scrape_configs: [job(targets.slice(1)), job(['y'])] })).toMatch(/^invalid: 5001 targets/);
  expect(await refusal({ scrape_configs: times(5_001, () => job([])) })).toMatch(/scrape_configs has 5001 entries/);
  expect(await refusal(times(5_001, () => check))).toMatch(/^invalid: .*has 5001 entries/);
  const groups = times(4_000, (id) => ({ id, name: 'g' }));
  expect(await refusal({ checks: times(4_000, () => check), groups })).toMatch(/^invalid: 5001 things/);
  expect(await refusal({ checks: [], groups: times(5_001, (id) => ({ id, name: 'g' })) })).toMatch(/5001 entries/);
  expect(await refusal(named(5_001))).toMatch(/the file has 5001 entries/);
  expect(await refusal({ monitorList: times(5_001, (id) => ({ id, name: 'x' })) })).toMatch(/monitorList has 5001/);
  expect(await refusal({ checks: times(101, () => times(5_000, () => 1)) })).toMatch(/more than 500000 values/);
  expect(await refusal(named(5_000))).toBe('moved 5000');
});

it('does not say for thousands of targets what one module says at length', async () => {
  const modules = { long: { prober: 'http', http: { body: 'x'.repeat(100_000) } } };
  const scrape_configs = [
    job(
      times(5_000, (n) => `h${n}.example.org`),
      { params: { module: ['long'] } },
    ),
  ];
  expect(await refusal({ modules, scrape_configs })).toMatch(
    /^invalid: becomes more than 16000000 characters after 15\d/,
  );
});

it('tells what is wrong with a construct of Checkly as with any other check', async () => {
  const resources = [{ type: 'check', logicalId: 'a', payload: { name: 1 } }];
  expect(await refusal({ resources })).toMatch(/^invalid: /);
});
