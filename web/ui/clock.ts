import { useSyncExternalStore } from 'react';

/** One ticking clock for the page: all countdowns change together, and a hidden tab costs nothing. */
const listeners = new Set<() => void>();
let now = new Date();
let timer: ReturnType<typeof setInterval> | undefined;
let offsetMs = 0;

function tick(): void {
  now = new Date(Date.now() + offsetMs);
  for (const listener of listeners) listener();
}

function listen(listener: () => void): () => void {
  listeners.add(listener);
  if (timer === undefined) {
    timer = setInterval(tick, 1000);
    tick();
  }
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) {
      clearInterval(timer);
      timer = undefined;
    }
  };
}

/** The server's time, to the second; the component renders again each second, so keep it small. */
export function useNow(): Date {
  return useSyncExternalStore(listen, () => now);
}

/** The same, but renders only when the minute changes: enough for "4 m ago" in long lists. */
export function useMinute(): Date {
  const minute = useSyncExternalStore(listen, () => Math.floor(now.getTime() / 60_000));
  return new Date(Math.max(minute * 60_000, now.getTime()));
}

/** Promises are due by the server's clock; a laptop that is two minutes off must not show another countdown. */
export function setClockOffset(serverNow: Date): void {
  const measured = serverNow.getTime() - Date.now();
  offsetMs = Math.abs(measured) < 1500 ? 0 : measured;
}

/** The server's time at this moment, outside of rendering. */
export function currentTime(): Date {
  return new Date(Date.now() + offsetMs);
}
