import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AlertSourceView, AlertView } from '#detect/contract';
import type { CheckAnswer } from '#monitor/contract';
import { createTestDatabase } from './database.ts';
import { freePort, spawnServer } from './server-process.ts';

export type PeerServer = {
  readonly url: string;
  readonly ask: <Answer>(method: string, path: string, body?: unknown) => Promise<Answer>;
  /** Asks the question of a monitor once. */
  readonly test: (question: object) => Promise<CheckAnswer>;
  readonly makeSource: (kind: string) => Promise<AlertSourceView>;
  /** Alerts of a source, oldest first. */
  readonly alertsOf: (source: AlertSourceView) => Promise<AlertView[]>;
  /** Kills the server, and starts it again at the same address after `awayMs`. */
  readonly restart: (awayMs?: number) => Promise<void>;
  /** While `during` runs, no signal can be stored: every intake is answered with 503. */
  readonly unable: (during: () => Promise<void>) => Promise<void>;
  readonly end: () => Promise<void>;
};

const API_KEY = 'peer_peer_peer_peer_peer_peer_peer_0123456';

/** A whole server in a process of its own, for real clients to send to, on a database that a test can disturb. */
export async function startPeerServer(): Promise<PeerServer> {
  const database = await createTestDatabase();
  const dataDir = mkdtempSync(join(tmpdir(), 'allclear-peer-'));
  const { host, port, user, database: name } = database.connection;
  const env = {
    DATABASE_URL: `postgres://${user}@${encodeURIComponent(host)}:${port}/${name}`,
    ALLCLEAR_PORT: String(await freePort()),
    ALLCLEAR_DATA_DIR: dataDir,
    ALLCLEAR_OWNER_EMAIL: 'olive@example.com',
    ALLCLEAR_OWNER_PASSWORD: 'correct horse battery',
    ALLCLEAR_OWNER_API_KEY: API_KEY,
    ALLCLEAR_ALLOWED_TARGETS: '127.0.0.0/8',
  };
  let server = await spawnServer(env);
  const ask = async <Answer>(method: string, path: string, body?: unknown) => {
    const response = await fetch(`${server.url}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${API_KEY}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`);
    return (text === '' ? null : JSON.parse(text)) as Answer;
  };
  return {
    url: server.url,
    ask,
    test: (question) => ask<CheckAnswer>('POST', '/monitors/test', question),
    makeSource: (kind) => ask<AlertSourceView>('POST', '/alert-sources', { name: kind, kind }),
    async alertsOf({ id }) {
      const { items } = await ask<{ items: AlertView[] }>('GET', '/alerts?limit=200');
      return items.filter(({ alertSourceId }) => alertSourceId === id).toReversed();
    },
    async restart(awayMs = 0) {
      await server.kill('SIGKILL');
      await new Promise((resolve) => setTimeout(resolve, awayMs));
      server = await spawnServer(env);
    },
    async unable(during) {
      await database.pool.query('alter table signal rename to signal_away');
      await during();
      await database.pool.query('alter table signal_away rename to signal');
    },
    async end() {
      await server.kill('SIGTERM').catch(() => undefined);
      await database.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
