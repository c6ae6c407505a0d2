import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Instance, startInstance } from '#test/harness/instance.ts';
import { waitFor } from '#test/harness/wait-for.ts';

const isRoot = process.getuid?.() === 0;
const why = isRoot ? '' : ' (not run: mounting a small disk needs root)';

describe.skipIf(!isRoot)(`a disk that is full${why}`, () => {
  const disk = mkdtempSync(join(tmpdir(), 'allclear-disk-'));
  const filler = join(disk, 'filler');
  let instance: Instance;

  beforeAll(async () => {
    expect(spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=200m', 'tmpfs', disk]).status).toBe(0);
    instance = await startInstance({ ALLCLEAR_DATA_DIR: join(disk, 'data') });
  });
  afterAll(async () => {
    await instance?.end();
    spawnSync('umount', ['--lazy', disk]);
    rmSync(disk, { recursive: true, force: true });
  });

  /** Not one byte is left. */
  function fill() {
    const file = openSync(filler, 'w');
    for (const size of [1 << 20, 512]) {
      const bytes = Buffer.alloc(size);
      try {
        for (;;) writeSync(file, bytes);
      } catch (error) {
        expect((error as { code?: string }).code).toBe('ENOSPC');
      }
    }
    closeSync(file);
  }

  it('refuses for now what it cannot keep, loses nothing that it kept, and goes on when there is room', async () => {
    const kept: string[] = [];
    const statuses = new Map<number, number>();
    const load = { over: false };
    const send = async (lane: number) => {
      for (let i = 0; !load.over; i++) {
        const title = `full ${lane}-${i} ${'x'.repeat(150)}`;
        const status = await instance.signal(title, 'warning').catch(() => 0);
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
        if (status === 202) kept.push(title);
        else await sleep(20);
      }
    };
    const senders = Promise.all([1, 2, 3, 4].map(send));
    await waitFor('some signals', () => kept.length > 20, 30_000);
    fill();
    await waitFor('the disk to be felt', () => (statuses.get(503) ?? 0) > 20, 60_000);
    const declared = await fetch(`${instance.server.url}/api/v1/incidents`, {
      method: 'POST',
      headers: { authorization: `Bearer ${instance.apiKey}`, 'content-type': 'application/json' },
      body: JSON.stringify({ title: 'The disk is full', severity: 'SEV4' }),
    });
    expect([201, 503]).toContain(declared.status);
    expect((await fetch(`${instance.server.url}/healthz`)).status).toBe(200);

    rmSync(filler);
    const before = kept.length;
    await waitFor('signals to be kept again', () => kept.length > before + 20, 60_000);
    load.over = true;
    await senders;
    expect([...statuses.keys()].toSorted()).toEqual([202, 503]);
    const stored = await instance.alertTitles();
    expect(kept.filter((title) => !stored.has(title))).toEqual([]);
  }, 180_000);
});
