import { chmodSync, existsSync, mkdirSync, readFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askForTest } from './ask-for-test.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'allclear-programs-'));
  program('ends', 'echo "$2"; exit "$1"');
  program(
    'escapes',
    `setsid sh -c 'echo $$ > ${join(folder, 'escaped')}; exec sleep 60' & sleep 0.2; echo gone; exit 2`,
  );
  program('mute', 'exit "$1"');
  program('complains', 'echo "no such thing" >&2; exit 2');
  program('shows', 'printf "%s\\n" "$@"');
  program('hangs', `sleep 60 & echo $! > ${join(folder, 'child')}; wait`);
  program('leaves', `sleep 60 & echo $! > ${join(folder, 'left')}; echo left; exit 0`);
  program('talks', 'yes | head -c 5000000; exit 0');
  program('environment', 'env');
  program('kills', 'kill -9 $$');
  writeFileSync(join(folder, 'plain'), 'not a program');
  mkdirSync(join(folder, 'folder'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function program(name: string, script: string): void {
  writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`);
  chmodSync(join(folder, name), 0o755);
}

const ask = (name: string, options: object = {}, timeoutMs = 5_000) =>
  askForTest('exec', `exec://${name}`, { options: { ...options }, setup: { programs: folder }, timeoutMs });

/** Whether the process of a noted number still runs; one that nobody has buried yet does not. */
const isAlive = (note: string): boolean => {
  const stat = `/proc/${readFileSync(join(folder, note), 'utf8').trim()}/stat`;
  return existsSync(stat) && !/\) Z /.test(readFileSync(stat, 'utf8'));
};

describe('a program', () => {
  it.each([
    ['0', 'up', null],
    ['1', 'degraded', 'answer'],
    ['2', 'down', 'answer'],
    ['3', 'unknown', 'no-data'],
    ['4', 'unknown', 'no-data'],
  ])('that ends with %s makes it %s', async (code, outcome, kind) => {
    const result = await ask('ends', { args: [code, 'DISK: 7 % free | /=93%;90'] });
    expect(result).toMatchObject({ outcome, error: kind === null ? null : { kind } });
    if (kind !== null) expect(result.error?.message).toContain('DISK: 7 % free');
    expect(result.error?.message ?? '').not.toContain('/=93%');
  });

  it.each(['1', '2', '3'])('without a word that ends with %s is said so', async (code) => {
    expect((await ask('mute', { args: [code] })).error?.message).toContain(`ended with ${code}`);
  });

  it('that complains is quoted, with what it wrote as evidence', async () => {
    const result = await ask('complains');
    expect(result).toMatchObject({ outcome: 'down', error: { message: 'no such thing' } });
    expect(result.evidence?.bodyStart).toBe('no such thing');
  });

  it('gets its arguments as they are, and its secret, which is not shown', async () => {
    const args = ['$(id)', 'a b', '--password={secret}', '; rm -rf /'];
    const result = await askForTest('exec', 'exec://shows', {
      options: { args, secret: 'hunter2' },
      setup: { programs: folder },
      assertions: [{ kind: 'body', test: 'contains', value: 'nothing of that' }],
      timeoutMs: 5_000,
    });
    expect(result.outcome).toBe('down');
    expect(result.evidence?.bodyStart).toBe('$(id)\na b\n--password=[secret]\n; rm -rf /');
  });

  it('knows nothing of our environment', async () => {
    const result = await askForTest('exec', 'exec://environment', {
      setup: { programs: folder },
      assertions: [{ kind: 'body', test: 'contains', value: 'nothing of that' }],
      timeoutMs: 5_000,
    });
    const names = (result.evidence?.bodyStart ?? '').split('\n').map((line) => line.split('=')[0]);
    expect(names.filter((name) => !['PATH', 'LC_ALL', 'PWD', '_', 'SHLVL'].includes(name ?? ''))).toEqual([]);
  });

  it('that hangs is ended with what it started', async () => {
    const result = await ask('hangs', {}, 700);
    expect(result).toMatchObject({ outcome: 'down', error: { kind: 'timeout' } });
    expect(result.totalMs).toBeLessThan(1_500);
    await expect.poll(() => isAlive('child')).toBe(false);
  });

  it('that leaves something running does not hold the check, and it ends too', async () => {
    const result = await ask('leaves');
    expect(result.outcome).toBe('up');
    expect(result.totalMs).toBeLessThan(3_000);
    await expect.poll(() => isAlive('left')).toBe(false);
  });

  it('is heard to its last word, however many end at once', async () => {
    for (let round = 0; round < 4; round++) {
      const asked = Array.from({ length: 16 }, () => ask('ends', { args: ['1', 'DISK: 7 % free'] }));
      const said = (await Promise.all(asked)).map(({ error }) => error?.message);
      expect(new Set(said)).toEqual(new Set(['DISK: 7 % free']));
    }
  });

  it('whose pipes are held open by what has left its group is over all the same', async () => {
    const result = await ask('escapes');
    expect(result).toMatchObject({ outcome: 'down', error: { message: 'gone' } });
    expect(result.totalMs).toBeLessThan(3_000);
    process.kill(Number(readFileSync(join(folder, 'escaped'), 'utf8')), 'SIGKILL');
  });

  it('that talks without end is not kept', async () => {
    expect((await ask('talks')).outcome).toBe('up');
  });

  it('that is killed says nothing of its target', async () => {
    expect(await ask('kills')).toMatchObject({ outcome: 'unknown', error: { kind: 'no-data' } });
  });
});

it.each([['nothing'], ['plain'], ['folder'], ['..'], ['..%2f..%2fbin%2fsh'], ['a%20b'], ['-x']])(
  'what is no program of the folder is not run: %s',
  async (name) => {
    const result = await ask(name);
    expect(result.outcome).toBe('unknown');
    expect(['not-permitted', 'invalid-spec']).toContain(result.error?.kind);
  },
);

it('says what to do where no folder was given', async () => {
  const result = await askForTest('exec', 'exec://ends');
  expect(result).toMatchObject({ outcome: 'unknown', error: { kind: 'not-permitted' } });
  expect(result.error?.message).toContain('--programs');
});
