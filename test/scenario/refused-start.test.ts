import { chmodSync, mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort, spawnServer } from '#test/harness/server-process.ts';

let dir: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'allclear-refused-'));
});
afterAll(() => {
  rmSync(dir, { recursive: true, force: true });
});

/** What a server that refuses to start says on standard error, without the lines of progress. */
async function refusal(env: Record<string, string>): Promise<string> {
  const started = spawnServer({
    ALLCLEAR_PORT: String(await freePort()),
    ALLCLEAR_DATA_DIR: join(dir, 'data'),
    ...env,
  });
  const { message } = await started.then(
    async (server) => {
      await server.kill('SIGTERM');
      return new Error('it started');
    },
    (error: Error) => error,
  );
  expect(message).toMatch(/^the server ended with 1: /);
  const said = message.split('\n').filter((line) => !/^(the server ended|database {3})/.test(line));
  expect(message, 'a sentence, not a stack').not.toMatch(/^\s+at /m);
  return said.join(' ').trim() || message;
}

describe('a server that cannot start says why in a sentence, and ends with 1', () => {
  it('when its data directory lies below a file', async () => {
    writeFileSync(join(dir, 'file'), '');
    expect(await refusal({ ALLCLEAR_DATA_DIR: join(dir, 'file', 'data') })).toContain(join(dir, 'file', 'data'));
  });

  it('when its data directory cannot be written', async () => {
    const readOnly = join(dir, 'read-only');
    mkdirSync(readOnly);
    const isRoot = process.getuid?.() === 0;
    // Root may write everywhere, except where the file system says no.
    if (isRoot) expect(spawnSync('mount', ['-t', 'tmpfs', '-o', 'ro,size=1m', 'tmpfs', readOnly]).status).toBe(0);
    else chmodSync(readOnly, 0o500);
    try {
      expect(await refusal({ ALLCLEAR_DATA_DIR: join(readOnly, 'data') })).toContain(readOnly);
      expect(await refusal({ ALLCLEAR_DATA_DIR: readOnly })).toContain(readOnly);
    } finally {
      if (isRoot) spawnSync('umount', [readOnly]);
      else chmodSync(readOnly, 0o700);
    }
  });

  it('when its port is taken', async () => {
    const holder = createServer().listen(0, '127.0.0.1');
    await once(holder, 'listening');
    const { port } = holder.address() as AddressInfo;
    const said = await refusal({ ALLCLEAR_PORT: String(port) });
    holder.close();
    expect(said).toContain(String(port));
    expect(said).toContain('ALLCLEAR_PORT');
  });

  it('when its database does not answer', async () => {
    const port = await freePort();
    const said = await refusal({ DATABASE_URL: `postgres://allclear:hush@127.0.0.1:${port}/allclear` });
    expect(said).toContain(`127.0.0.1:${port}`);
    expect(said).not.toContain('hush');
  });

  it('when the environment is wrong, naming every fault at once', async () => {
    const said = await refusal({ ALLCLEAR_PORT: 'many', ALLCLEAR_SMTP_URL: 'mail.example.com' });
    expect(said).toMatch(/ALLCLEAR_PORT.*ALLCLEAR_SMTP_URL/);
  });
});
