import pg from 'pg';
import { clientConfig, type Connection } from './database.ts';
import type { Logger } from './log.ts';

export const LIVE_CHANNEL = 'allclear_live';

/** What changed, by id only; whoever cares reads it again. The topic `*` means: read everything again. */
export type LiveNews = { readonly workspaceId: string; readonly topics: readonly string[] };

export type LiveHub = {
  /** Calls the listener for each piece of news, of every workspace; returns the way to stop. */
  readonly listen: (listener: (news: LiveNews) => void) => () => void;
};

/** News inside one process: for tests, and as the fan-out behind the database listener. */
export function createLiveHub(): LiveHub & { readonly tell: (news: LiveNews) => void } {
  const listeners = new Set<(news: LiveNews) => void>();
  return {
    listen(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    tell(news) {
      for (const listener of listeners) listener(news);
    },
  };
}

const RECONNECT_MS = 250;

/**
 * Listens on one direct connection and feeds the hub. After every reconnect it tells `*`, because what was notified
 * meanwhile is gone. Returns the way to stop.
 */
export function feedFromDatabase(
  connection: Connection,
  hub: { tell: (news: LiveNews) => void },
  log: Logger,
): () => Promise<void> {
  let client: pg.Client | null = null;
  let stopped = false;
  let first = true;

  async function connect() {
    if (stopped) return;
    const next = new pg.Client(clientConfig(connection));
    const again = () => {
      if (client !== next) return;
      client = null;
      if (!stopped) setTimeout(() => void connect(), RECONNECT_MS);
    };
    client = next;
    next.on('error', again);
    next.on('end', again);
    next.on('notification', ({ payload }) => {
      if (payload) hub.tell(JSON.parse(payload) as LiveNews);
    });
    try {
      await next.connect();
      await next.query(`listen ${LIVE_CHANNEL}`);
      if (!first) hub.tell({ workspaceId: '*', topics: ['*'] });
      first = false;
    } catch (error) {
      log.warn({ err: String(error) }, 'live listener lost the database');
      next.end().catch(() => undefined);
      again();
    }
  }

  void connect();
  return async () => {
    stopped = true;
    await client?.end().catch(() => undefined);
  };
}
