import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createTestDatabase, type TestDatabase } from './database.ts';
import { freePort, type ServerProcess, spawnServer } from './server-process.ts';

const NODES = 2;
const OWNER_KEY = 'two_nodes_two_nodes_two_nodes_two_nodes';
/** A node that is killed in the middle of a request may leave it open until then. */
const PATIENCE_MS = 5_000;
const PAUSE_MS = 30;

export type TestNode = {
  readonly url: string;
  /** Whether it has said that it is ready, and was not killed since. */
  readonly isUp: () => boolean;
  /** Resolves once it is up. */
  readonly up: () => Promise<void>;
  /** SIGKILL, and a new process at once; resolves when the old one is gone. */
  readonly kill: () => Promise<void>;
};

/** `copies`: how often the request was sent, the one that was answered included. */
type Answered = { readonly status: number; readonly text: string; readonly copies: number };

export type TwoNodes = {
  readonly database: TestDatabase;
  readonly nodes: readonly TestNode[];
  /** An API key of the owner. */
  readonly ownerKey: string;
  /** How long each start took, in milliseconds. */
  readonly startsMs: readonly number[];
  /**
   * One request, sent again and to another node until one answers with less than 500: what a sender that retries does.
   * `pick` is a number from 0 to 1.
   */
  readonly untilAnswered: (pick: () => number, path: string, init?: RequestInit) => Promise<Answered>;
  /** Calls the API as the owner, until it is answered, and insists on success. */
  readonly ask: <Answer>(method: string, path: string, body?: unknown) => Promise<Answer>;
  readonly end: () => Promise<void>;
};

/** Two whole servers, each in a process of its own, on one database that is there already. */
export async function startTwoNodes(env: Readonly<Record<string, string>> = {}): Promise<TwoNodes> {
  const database = await createTestDatabase();
  const dir = mkdtempSync(join(tmpdir(), 'allclear-nodes-'));
  const { host, port, user, database: name } = database.connection;
  const databaseUrl = `postgres:///${name}?${new URLSearchParams({ host, port: String(port), user }).toString()}`;
  const startsMs: number[] = [];
  const common = {
    DATABASE_URL: databaseUrl,
    // Nothing is checked here, so the check engine need not start with each node.
    ALLCLEAR_ROLES: 'web,worker,scheduler',
    ALLCLEAR_SECRET_KEY: 'two-nodes-two-nodes-two-nodes-two-nodes',
    ALLCLEAR_PUBLIC_URL: 'http://allclear.test',
    ALLCLEAR_OWNER_EMAIL: 'olive@example.com',
    ALLCLEAR_OWNER_PASSWORD: 'correct horse battery',
    ALLCLEAR_OWNER_API_KEY: OWNER_KEY,
    ALLCLEAR_ALLOWED_TARGETS: '127.0.0.0/8',
    ...env,
  };
  const nodes: (TestNode & { readonly stop: () => Promise<void> })[] = [];
  for (let i = 0; i < NODES; i++) {
    const node = createNode(
      { ...common, ALLCLEAR_PORT: String(await freePort()), ALLCLEAR_DATA_DIR: join(dir, `node-${i}`) },
      startsMs,
    );
    nodes.push(node);
    await node.up();
  }

  const untilAnswered: TwoNodes['untilAnswered'] = async (pick, path, init = {}) => {
    for (let copies = 1; ; copies++) {
      const node = nodes[Math.floor(pick() * NODES)];
      try {
        const response = await fetch(`${node?.url}${path}`, { ...init, signal: AbortSignal.timeout(PATIENCE_MS) });
        // Read here, so that an answer that breaks off counts as none.
        const text = await response.text();
        if (response.status < 500) return { status: response.status, text, copies };
      } catch {
        // Refused, reset, or silent.
      }
      await sleep(PAUSE_MS);
    }
  };
  return {
    database,
    nodes,
    ownerKey: OWNER_KEY,
    startsMs,
    untilAnswered,
    async ask<Answer>(method: string, path: string, body?: unknown) {
      const { status, text } = await untilAnswered(Math.random, `/api/v1${path}`, {
        method,
        headers: { authorization: `Bearer ${OWNER_KEY}`, 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      if (status >= 300) throw new Error(`${method} ${path} answered ${status}: ${text}`);
      return (text === '' ? null : JSON.parse(text)) as Answer;
    },
    async end() {
      await Promise.all(nodes.map((node) => node.stop()));
      await database.close();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

function createNode(
  env: Record<string, string>,
  startsMs: number[],
): TestNode & { readonly stop: () => Promise<void> } {
  let running: ServerProcess | null = null;
  let starting = start();
  let over = false;

  async function start() {
    const before = performance.now();
    running = await spawnServer(env);
    startsMs.push(performance.now() - before);
  }

  return {
    url: `http://127.0.0.1:${env['ALLCLEAR_PORT']}`,
    isUp: () => running !== null,
    up: () => starting,
    async kill() {
      await starting;
      const dying = running;
      running = null;
      await dying?.kill('SIGKILL');
      if (!over) starting = start();
    },
    async stop() {
      over = true;
      await starting.catch(() => undefined);
      await running?.kill('SIGTERM');
      running = null;
    },
  };
}
