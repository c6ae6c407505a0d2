import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { boundLog, openLog, readLogFrom } from './server-log.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'allclear-log-'));
});
afterEach(() => rm(folder, { recursive: true }));

it('moves a log that has grown aside while its writer goes on', async () => {
  const path = join(folder, 'postgres.log');
  const writer = await openLog(path);
  await writer.write('first\n');
  await boundLog(path, 100);
  expect(await readFile(path, 'utf8')).toBe('first\n');
  await boundLog(path, 3);
  await writer.write('second\n');
  await writer.close();
  expect(await readFile(path, 'utf8')).toBe('second\n');
  expect(await readFile(`${path}.1`, 'utf8')).toBe('first\n');
  expect((await stat(path)).mode & 0o077).toBe(0);
});

it('reads what was written after an offset, also of a log that was emptied', async () => {
  const path = join(folder, 'postgres.log');
  const writer = await openLog(path);
  await writer.write('old new');
  await writer.close();
  expect(await readLogFrom(path, 4)).toBe('new');
  expect(await readLogFrom(path, 4_000)).toBe('old new');
  expect(await readLogFrom(join(folder, 'none'), 0)).toBe('');
});
