import type { QueryClient } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { currentTime } from '../ui/clock.ts';
import { refresh } from './query.ts';

export type LiveState =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'live' }
  | { readonly kind: 'lost'; readonly since: Date };

const listeners = new Set<() => void>();
let state: LiveState = { kind: 'connecting' };

function become(next: LiveState): void {
  // A row of failed attempts is one loss: it keeps its first instant.
  if (next.kind === state.kind) return;
  state = next;
  for (const listener of listeners) listener();
}

/** Whether what is on screen follows the server at this moment. */
export function useLiveState(): LiveState {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    () => state,
  );
}

const hiddenMs = 60_000;
/** The server beats every 20 s; after two missed beats the connection is dead, whatever the browser thinks. */
const silenceMs = 45_000;
const backoffMs = { first: 500, most: 15_000 };

/** Topics of one message, or nothing when it is not one of ours. */
export function topicsOf(data: unknown): readonly string[] {
  if (typeof data !== 'string') return [];
  try {
    const news: unknown = JSON.parse(data);
    if (typeof news !== 'object' || news === null || !('topics' in news) || !Array.isArray(news.topics)) return [];
    return news.topics.filter((topic): topic is string => typeof topic === 'string');
  } catch {
    return [];
  }
}

/** How long to wait before attempt `n` (from 0), spread so that a restarted server is not met by all tabs at once. */
export function backoff(attempt: number, spread: number): number {
  return Math.min(backoffMs.first * 2 ** attempt, backoffMs.most) * (0.75 + spread / 2);
}

/**
 * Follows `/api/v1/stream` and reads again what it names. After a gap everything on screen is read again, since what was
 * told meanwhile is gone. A tab that is hidden for a minute lets go (browsers allow six connections to a plain-HTTP host)
 * and catches up when it is looked at. Returns the way to stop.
 */
export function followLive(client: QueryClient): () => void {
  let source: EventSource | undefined;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let rest: ReturnType<typeof setTimeout> | undefined;
  let silence: ReturnType<typeof setTimeout> | undefined;
  let attempt = 0;
  let missed = false;

  function close(): void {
    source?.close();
    source = undefined;
    clearTimeout(retry);
    clearTimeout(silence);
  }

  function lose(): void {
    close();
    missed = true;
    become({ kind: 'lost', since: currentTime() });
    retry = setTimeout(open, backoff(attempt, Math.random()));
    attempt += 1;
  }

  function heard(): void {
    clearTimeout(silence);
    silence = setTimeout(lose, silenceMs);
  }

  function open(): void {
    close();
    const next = new EventSource('/api/v1/stream');
    source = next;
    next.addEventListener('open', () => {
      attempt = 0;
      become({ kind: 'live' });
      if (missed) void refresh(client, ['*']);
      missed = false;
    });
    next.addEventListener('hello', heard);
    next.addEventListener('beat', heard);
    next.addEventListener('changed', ({ data }) => {
      heard();
      void refresh(client, topicsOf(data));
    });
    next.addEventListener('error', lose);
  }

  function seen(): void {
    clearTimeout(rest);
    if (document.visibilityState === 'hidden') {
      rest = setTimeout(() => {
        close();
        missed = true;
      }, hiddenMs);
    } else if (source === undefined) open();
  }

  document.addEventListener('visibilitychange', seen);
  window.addEventListener('online', open);
  open();
  return () => {
    document.removeEventListener('visibilitychange', seen);
    window.removeEventListener('online', open);
    clearTimeout(rest);
    close();
    become({ kind: 'connecting' });
  };
}
