import type { On, ScriptError, ToScript } from '../messages.ts';

/**
 * The functions of this folder run inside the script's own realm: the host hands over their text, so each may use only
 * its arguments, the language, and the other functions of the folder.
 */
export interface Catalogue {
  readonly calls: Readonly<Record<On['kind'], readonly string[]>>;
  readonly makers: readonly string[];
  readonly pageMatchers: readonly string[];
  readonly locatorMatchers: readonly string[];
}

/** What stands between the script and the pipe. */
export interface Bridge {
  readonly catalogue: Catalogue;
  readonly urls: Map<number, string>;
  readonly dialogs: Map<number, ((dialog: object) => unknown)[]>;
  readonly send: (message: object) => void;
  /** Sends what gets an answer. */
  readonly ask: (message: object) => Promise<unknown>;
  readonly receive: (message: ToScript) => void;
}

/** How what comes over the pipe becomes an object of the script again. */
export interface Revive {
  readonly page: (bridge: Bridge, page: number) => object;
  readonly response: (given: object) => object;
  readonly dialog: (bridge: Bridge, dialog: number, kind: string, message: string) => object;
}

export function makeBridge(post: (text: string) => void, catalogue: Catalogue, revive: Revive): Bridge {
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void; at: Error }>();
  const urls = new Map<number, string>();
  const dialogs = new Map<number, ((dialog: object) => unknown)[]>();
  let last = 0;
  const send = (message: object) => post(JSON.stringify(message));
  const bridge: Bridge = {
    catalogue,
    urls,
    dialogs,
    send,
    ask(message) {
      last += 1;
      const id = last;
      const at = new Error('call');
      send({ ...message, id, line: lineOf(at) });
      return new Promise((resolve, reject) => waiting.set(id, { resolve, reject, at }));
    },
    receive(message) {
      if (message.type === 'dialog') {
        const { page, dialog, kind, message: text } = message;
        const own = revive.dialog(bridge, dialog, kind, text);
        for (const hear of dialogs.get(page) ?? []) hear(own);
        return;
      }
      if (message.type !== 'answer') return;
      for (const [page, url] of Object.entries(message.urls)) urls.set(Number(page), url);
      const call = waiting.get(message.id);
      waiting.delete(message.id);
      if (call === undefined) return;
      if (message.error === undefined) return call.resolve(decodeAnswer(bridge, message.value, revive));
      const error = call.at;
      error.name = message.error.name;
      error.message = message.error.message;
      call.reject(Object.assign(error, { call: message.id }));
    },
  };
  return bridge;
}

/** The line of the script that an error comes from. */
export function lineOf(error: unknown): number | null {
  const stack = typeof error === 'object' && error !== null && 'stack' in error ? String(error.stack) : '';
  const line = /journey\.js:(\d+)/.exec(stack)?.[1];
  return line === undefined ? null : Number(line);
}

export function describeError(error: unknown): ScriptError {
  if (typeof error !== 'object' || error === null)
    return { name: 'Error', message: String(error).slice(0, 2_000), line: null, call: null };
  const { name, message, call } = error as { name?: unknown; message?: unknown; call?: unknown };
  return {
    name: String(name ?? 'Error').slice(0, 100),
    message: String(message ?? '').slice(0, 2_000),
    line: lineOf(error),
    call: typeof call === 'number' ? call : null,
  };
}

/** What was refused for being no call that a journey has. */
export function notAvailable(what: string): Error {
  const error = new Error(`${what} is not available in a journey`);
  error.name = 'NotAvailable';
  return error;
}

/** As JSON can carry it: expressions, functions for the page and locators are marked. */
export function encodeArgument(value: unknown, depth: number): unknown {
  if (depth > 20) throw new TypeError('an argument is nested too deeply');
  if (value instanceof RegExp) return { $regex: [value.source, value.flags] };
  if (typeof value === 'function') {
    const on = (value as { $on?: unknown }).$on;
    return on === undefined ? { $function: String(value) } : { $on: on };
  }
  if (typeof value !== 'object' || value === null) return value;
  const on = (value as { $on?: unknown }).$on;
  if (on !== undefined) return { $on: on };
  if (Array.isArray(value)) return value.map((item) => encodeArgument(item, depth + 1));
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, encodeArgument(item, depth + 1)]));
}

export function decodeAnswer(bridge: Bridge, value: unknown, revive: Revive): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const marked = value as { $page?: unknown; $response?: unknown };
  if (typeof marked.$page === 'number') return revive.page(bridge, marked.$page);
  if (typeof marked.$response === 'object' && marked.$response !== null) return revive.response(marked.$response);
  return value;
}
