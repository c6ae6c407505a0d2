import type { ToScript } from '../messages.ts';
import { type Catalogue, describeError, lineOf, makeBridge, notAvailable } from './bridge.ts';
import { makeExpect } from './expect.ts';
import { makeContext, makeDialog, makePage, makeResponse } from './page.ts';
import { type FoundTest, makeStep, makeTest, runTests } from './tests.ts';

/** What the host keeps of the realm: functions that take text and answer nothing. */
export interface Begun {
  readonly receive: (text: string) => void;
  readonly fire: (timer: number) => void;
  readonly run: () => void;
  readonly fail: (error: unknown) => void;
}

/**
 * Called once in the script's realm, with the two functions of the host, which have no prototype that leads out of it.
 * `journey`: set by the script's text, which is compiled in the same realm.
 */
export function begin(
  post: (text: string) => void,
  later: (timer: number, milliseconds: number) => void,
  given: string,
): Begun {
  Error.stackTraceLimit = 50;
  const { catalogue, secrets } = JSON.parse(given) as { catalogue: Catalogue; secrets: Record<string, string> };
  const bridge = makeBridge(post, catalogue, { page: makePage, response: makeResponse, dialog: makeDialog });
  const timers = new Map<number, () => void>();
  let lastTimer = 0;
  const setTimer = (then: unknown, milliseconds: unknown, ...args: unknown[]) => {
    if (typeof then !== 'function') throw new TypeError('setTimeout needs a function');
    lastTimer += 1;
    timers.set(lastTimer, () => {
      then(...args);
    });
    later(lastTimer, Math.min(Math.max(Number(milliseconds) || 0, 0), 60_000));
    return lastTimer;
  };
  const secret = (name: unknown) => {
    const value = Object.hasOwn(secrets, String(name)) ? secrets[String(name)] : undefined;
    if (value !== undefined) return value;
    const error = new Error(`there is no secret named ${String(name)}`);
    error.name = 'NotAvailable';
    throw error;
  };
  const found: FoundTest[] = [];
  const step = makeStep(bridge);
  const test = makeTest(found, step);
  const expect = makeExpect(bridge);
  const print = (...words: unknown[]) =>
    bridge.send({ type: 'log', text: words.map(String).join(' ').slice(0, 1_000) });
  const modules = { test, expect };
  const globals = {
    page: makePage(bridge, 0),
    context: makeContext(bridge),
    expect,
    test,
    step,
    secret,
    require(name: unknown) {
      if (name === '@playwright/test' || name === 'playwright/test') return modules;
      throw notAvailable(`the module ${String(name)}`);
    },
    process: Object.freeze({ env: Object.freeze({ ...secrets }) }),
    console: Object.freeze({ log: print, info: print, warn: print, error: print, debug: print }),
    setTimeout: setTimer,
    clearTimeout: (timer: unknown) => void timers.delete(Number(timer)),
  };
  for (const [name, value] of Object.entries(globals))
    Object.defineProperty(globalThis, name, { value, writable: true, configurable: true, enumerable: false });
  let ended = false;
  const end = (error: object | null) => {
    if (ended) return;
    ended = true;
    bridge.send({ type: 'done', error });
  };
  return {
    receive: (text) => bridge.receive(JSON.parse(text) as ToScript),
    fire(timer) {
      const act = timers.get(timer);
      timers.delete(timer);
      act?.();
    },
    run() {
      const { journey } = globalThis as unknown as { journey: () => Promise<void> };
      journey()
        .then(() => runTests(bridge, found))
        .then(
          () => end(null),
          (error: unknown) => end(describeError(error)),
        );
    },
    fail: (error) => end({ ...describeError(error), line: lineOf(error) }),
  };
}
