import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadConfig } from '#platform/config.ts';
import { clockFinding } from './database.ts';
import { checkDataDirectory, checkNode, checkPort } from './machine.ts';
import { checkPublicUrl, checkSharedFate } from './network.ts';

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'allclear-doctor-'));
});
afterAll(() => rm(directory, { recursive: true }));

const io = {
  version: '1.2.3',
  stdin: () => Promise.resolve(''),
  env: {},
  out: () => undefined,
  err: () => undefined,
  fetch: async () => new Response('ok'),
  now: () => new Date(),
};

describe('doctor', () => {
  it('wants Node 26', () => {
    expect(checkNode('v26.10.0').state).toBe('ok');
    expect(checkNode('v20.19.2')).toMatchObject({ state: 'fail', message: expect.stringContaining('npm start') });
  });

  it('looks whether the data directory is one, and keeps its key to itself', async () => {
    expect(await checkDataDirectory(join(directory, 'not', 'there'))).toMatchObject({
      state: 'ok',
      message: expect.stringContaining('will be made'),
    });
    const key = join(directory, 'secret.key');
    await writeFile(key, 'x');
    await chmod(key, 0o644);
    expect(await checkDataDirectory(directory)).toMatchObject({
      state: 'warn',
      message: expect.stringContaining('chmod 600'),
    });
    await chmod(key, 0o600);
    expect((await checkDataDirectory(directory)).state).toBe('ok');
    expect(await checkDataDirectory(key)).toMatchObject({
      state: 'fail',
      message: expect.stringContaining('not a directory'),
    });
  });

  it('says when the port is taken by somebody else', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const address = other.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const config = loadConfig({ ALLCLEAR_PORT: String(port) });
    expect(await checkPort(config, false)).toMatchObject({ state: 'fail', message: expect.stringContaining('taken') });
    expect((await checkPort(config, true)).state).toBe('ok');
    await new Promise((resolve) => other.close(resolve));
    expect((await checkPort(config, false)).state).toBe('ok');
  });

  it('allows another clock the time that asking took, and no more', () => {
    expect(clockFinding('clock', 'x', 1_500, 1_000, 2_000).state).toBe('ok');
    expect(clockFinding('clock', 'x', 3_900, 1_000, 2_000).state).toBe('ok');
    expect(clockFinding('clock', 'x', 9_000, 1_000, 2_000)).toMatchObject({
      state: 'warn',
      message: expect.stringContaining('7.0 s'),
    });
    expect(clockFinding('clock', 'x', -5_000, 1_000, 2_000)).toMatchObject({
      state: 'warn',
      message: expect.stringContaining('6.0 s'),
    });
  });

  it('warns of a public URL that no phone can open', async () => {
    for (const url of ['http://127.0.0.1:4242', 'http://localhost', 'http://[::1]:4242']) {
      expect(await checkPublicUrl(io, url, true)).toMatchObject({
        state: 'warn',
        message: expect.stringContaining('this machine only'),
      });
    }
    expect(await checkPublicUrl(io, 'https://nowhere.invalid', true)).toMatchObject({ state: 'fail' });
  });

  it('names what would fail together with us', async () => {
    expect((await checkSharedFate('https://192.0.2.1', ['https://192.0.2.77/health'])).state).toBe('ok');
    expect(await checkSharedFate('https://192.0.2.1', ['https://192.0.2.1:8443/'])).toMatchObject({
      state: 'warn',
      message: expect.stringContaining('same address'),
    });
    expect(await checkSharedFate('https://192.0.2.1', ['http://127.0.0.1/'])).toMatchObject({
      state: 'warn',
      message: expect.stringContaining('runs on this machine'),
    });
    const domain = await checkSharedFate('https://status.example.invalid', [
      'https://shop.example.invalid/',
      'https://shop.other.invalid/',
    ]);
    expect(domain.message).toContain('shop.example.invalid shares the domain example.invalid');
    expect(domain.message).not.toContain('other');
  });
});
