import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Client, createClient } from '#client';
import { createAlertSource, listAlerts } from '#detect/contract';
import { freePort, type ServerProcess, spawnServer } from './server-process.ts';

export type Instance = {
  readonly server: ServerProcess;
  readonly client: Client;
  readonly apiKey: string;
  readonly env: Readonly<Record<string, string>>;
  /** One signal through the generic intake; answers with the status. */
  readonly signal: (title: string, severity?: 'critical' | 'warning') => Promise<number>;
  /** Calls the API and insists on success. */
  readonly ask: <Answer>(method: string, path: string, body?: unknown) => Promise<Answer>;
  /** Titles of every alert that is stored. */
  readonly alertTitles: () => Promise<Set<string>>;
  readonly end: () => Promise<void>;
};

const API_KEY = 'instance_instance_instance_instance_0123';

/** A whole server in a process of its own, with an owner, on a data directory that its end removes. */
export async function startInstance(env: Record<string, string> = {}): Promise<Instance> {
  const dataDir = mkdtempSync(join(tmpdir(), 'allclear-instance-'));
  const whole = {
    ALLCLEAR_PORT: String(await freePort()),
    ALLCLEAR_DATA_DIR: dataDir,
    ALLCLEAR_OWNER_EMAIL: 'olive@example.com',
    ALLCLEAR_OWNER_PASSWORD: 'correct horse battery',
    ALLCLEAR_OWNER_API_KEY: API_KEY,
    ALLCLEAR_MAIL_FROM: 'Allclear <allclear@example.com>',
    ALLCLEAR_ALLOWED_TARGETS: '127.0.0.0/8',
    ...env,
  };
  const server = await spawnServer(whole);
  const client = createClient({ baseUrl: server.url, apiKey: API_KEY });
  const { key } = await client.call(createAlertSource, { body: { name: 'test' } });
  return {
    server,
    client,
    apiKey: API_KEY,
    env: whole,
    async signal(title, severity = 'critical') {
      const response = await fetch(`${server.url}/intake/${key}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ title, dedupKey: title, severity }),
        signal: AbortSignal.timeout(15_000),
      });
      await response.arrayBuffer();
      return response.status;
    },
    async ask<Answer>(method: string, path: string, body?: unknown) {
      const response = await fetch(`${server.url}/api/v1${path}`, {
        method,
        headers: { authorization: `Bearer ${API_KEY}`, 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`);
      return (text === '' ? null : JSON.parse(text)) as Answer;
    },
    async alertTitles() {
      const titles = new Set<string>();
      let cursor: { cursor?: string } = {};
      for (;;) {
        const page = await client.call(listAlerts, { query: { limit: 200, ...cursor } });
        for (const { title } of page.items) titles.add(title);
        if (page.nextCursor === null) return titles;
        cursor = { cursor: page.nextCursor };
      }
    },
    async end() {
      await server.kill('SIGTERM').catch(() => undefined);
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
