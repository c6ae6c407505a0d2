import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lockDataDirectory } from './data-directory-lock.ts';

let folder = '';
const children: ChildProcess[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'allclear-lock-'));
});
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  await rm(folder, { recursive: true });
});

async function holdInChild(dataDir: string): Promise<ChildProcess> {
  const module = JSON.stringify(join(import.meta.dirname, 'data-directory-lock.ts'));
  const script = `import { lockDataDirectory } from ${module}; lockDataDirectory(${JSON.stringify(dataDir)}); console.log('held'); setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  if (child.stdout) await once(child.stdout, 'data');
  return child;
}

describe('the lock on the data directory', () => {
  it('makes the directory, closed to others, and can be taken again after it was given free', async () => {
    const dataDir = join(folder, 'a', 'data');
    const lock = lockDataDirectory(dataDir);
    expect((await stat(dataDir)).mode & 0o066).toBe(0);
    expect(() => lockDataDirectory(dataDir)).toThrow(`(process ${process.pid}, since `);
    lock.release();
    lock.release();
    lockDataDirectory(dataDir).release();
  });

  it('refuses a second server and says which process holds which directory, and what to do', async () => {
    const holder = await holdInChild(folder);
    expect(() => lockDataDirectory(folder)).toThrow(
      new RegExp(
        `^Another Allclear server \\(process ${holder.pid}, since .*\\) is using the data directory .*\\. Stop it first \\(kill ${holder.pid}\\), or .*ALLCLEAR_DATA_DIR`,
      ),
    );
  });

  it('is free again as soon as its holder was killed', async () => {
    for (let round = 0; round < 3; round += 1) {
      const holder = await holdInChild(folder);
      holder.kill('SIGKILL');
      await once(holder, 'exit');
      lockDataDirectory(folder).release();
    }
  });

  it('says so when the data directory is a file', async () => {
    await writeFile(join(folder, 'file'), '');
    expect(() => lockDataDirectory(join(folder, 'file'))).toThrow('is a file or lies below one. Set ALLCLEAR_DATA_DIR');
    expect(() => lockDataDirectory(join(folder, 'file', 'data'))).toThrow('is a file or lies below one');
  });

  it('says so when the data directory cannot be written', async () => {
    await chmod(folder, 0o555);
    asOrdinaryUser(() => {
      expect(() => lockDataDirectory(folder)).toThrow(`The data directory ${folder} cannot be written by this user.`);
      expect(() => lockDataDirectory(join(folder, 'data'))).toThrow(
        'cannot be written by this user. Give it to the user',
      );
    });
    await chmod(folder, 0o755);
  });
});

/** Root may write everywhere; for a moment it is nobody. */
function asOrdinaryUser(act: () => void): void {
  if (process.geteuid?.() !== 0) return act();
  process.seteuid?.(65_534);
  try {
    act();
  } finally {
    process.seteuid?.(0);
  }
}
