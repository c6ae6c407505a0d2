import type { Connection } from './database.ts';
import { listenTo } from './listen.ts';
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

/**
 * Listens on one direct connection and feeds the hub. After every reconnect it tells `*`, because what was notified
 * meanwhile is gone. Returns the way to stop.
 */
export function feedFromDatabase(
  connection: Connection,
  hub: { tell: (news: LiveNews) => void },
  log: Logger,
): () => Promise<void> {
  const onPayload = (payload: string) => hub.tell(JSON.parse(payload) as LiveNews);
  const onReconnect = () => hub.tell({ workspaceId: '*', topics: ['*'] });
  return listenTo(connection, LIVE_CHANNEL, { onPayload, onReconnect }, log);
}
