import { useSyncExternalStore } from 'react';

/** What the declare dialog starts with. */
export interface DeclarePrefill {
  title?: string;
  alertIds?: string[];
  serviceIds?: string[];
  /** The incident would be a drill, as its alert is. */
  drill?: boolean;
}

let wanted: DeclarePrefill | undefined;
const listeners = new Set<() => void>();

/** Opens the declare dialog from any screen; `undefined` closes it. */
export function askToDeclare(prefill: DeclarePrefill | undefined): void {
  wanted = prefill;
  for (const listener of listeners) listener();
}

/** What is asked for at the moment, for the one place that shows the dialog. */
export function useDeclareRequest(): DeclarePrefill | undefined {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    () => wanted,
  );
}
