import pg from 'pg';
import { clientConfig, type Connection } from './database.ts';
import type { Logger } from './log.ts';

const RECONNECT_MS = 250;

export type Listener = {
  readonly onPayload: (payload: string) => void;
  /** What was notified while the connection was away is gone. */
  readonly onReconnect: () => void;
};

/** Listens to a PostgreSQL channel on one direct connection, and comes back when it breaks. Returns the way to stop. */
export function listenTo(
  connection: Connection,
  channel: string,
  { onPayload, onReconnect }: Listener,
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
      if (payload) onPayload(payload);
    });
    try {
      await next.connect();
      await next.query(`listen ${next.escapeIdentifier(channel)}`);
      if (!first) onReconnect();
      first = false;
    } catch (error) {
      log.warn({ channel, err: String(error) }, 'listener lost the database');
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
