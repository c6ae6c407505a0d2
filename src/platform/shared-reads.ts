/**
 * Lets callers who want the same thing at the same time share one read. A read serves only those who asked before it
 * began, so nobody gets what was true before they asked: who comes while one is under way waits for the next. Alone, a
 * caller waits for nobody; under load the reads grow fewer by themselves.
 */
export type SharedReads = <Value>(key: string, read: () => Promise<Value>) => Promise<Value>;

export function createSharedReads(): SharedReads {
  const running = new Map<string, Promise<unknown>>();
  const next = new Map<string, Promise<unknown>>();

  function begin(key: string, read: () => Promise<unknown>): Promise<unknown> {
    const reading = read().finally(() => {
      if (running.get(key) === reading) running.delete(key);
    });
    running.set(key, reading);
    return reading;
  }

  function queue(key: string, read: () => Promise<unknown>, current: Promise<unknown>): Promise<unknown> {
    const start = () => {
      next.delete(key);
      return begin(key, read);
    };
    const waiting = current.then(start, start);
    next.set(key, waiting);
    return waiting;
  }

  return <Value>(key: string, read: () => Promise<Value>) => {
    const current = running.get(key);
    const shared = current ? (next.get(key) ?? queue(key, read, current)) : begin(key, read);
    return shared as Promise<Value>;
  };
}
