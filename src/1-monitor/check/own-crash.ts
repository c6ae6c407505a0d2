import { AsyncLocalStorage } from 'node:async_hooks';

const checks = new AsyncLocalStorage<(error: unknown) => void>();

/** Settles as what `ask` does; rejects with what one of its callbacks threw into the void, where `failCheck` is told. */
export function guarded<T>(ask: () => Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => checks.run(reject, () => void ask().then(resolve, reject)));
}

/** To be called where nobody caught an error: it fails the check that threw it. False: it was none. */
export function failCheck(error: unknown): boolean {
  const fail = checks.getStore();
  fail?.(error);
  return fail !== undefined;
}
