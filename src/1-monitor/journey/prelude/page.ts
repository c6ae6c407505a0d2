import type { Link, On } from '../messages.ts';
import { type Bridge, encodeArgument, notAvailable } from './bridge.ts';

/** An object whose every property is looked up, so that what is missing can be named. */
export function makeThing(name: string, on: object, known: (property: string) => unknown): object {
  return new Proxy(Object.freeze({ $on: on }), {
    get(own, property) {
      if (property === '$on') return own.$on;
      if (typeof property === 'symbol' || property === 'then' || property === 'toJSON') return undefined;
      const value = known(property);
      if (value === undefined) throw notAvailable(`${name}.${property}`);
      return value;
    },
    set: () => false,
  });
}

export function callOn(bridge: Bridge, on: On, method: string): unknown {
  if (!bridge.catalogue.calls[on.kind].includes(method)) return undefined;
  return (...args: unknown[]) =>
    bridge.ask({ type: 'call', on, method, args: args.map((arg) => encodeArgument(arg, 0)) });
}

export function makePage(bridge: Bridge, page: number): object {
  const on: On = { kind: 'page', page };
  const hear = (event: unknown, listener: unknown) => {
    if (event !== 'dialog' || typeof listener !== 'function') throw notAvailable(`page.on('${String(event)}')`);
    const heard = bridge.dialogs.get(page) ?? [];
    if (heard.length === 0) bridge.send({ type: 'listen', page });
    bridge.dialogs.set(page, [...heard, listener as (dialog: object) => unknown]);
  };
  const plain: Record<string, unknown> = {
    url: () => bridge.urls.get(page) ?? 'about:blank',
    context: () => makeContext(bridge),
    on: hear,
    once: hear,
  };
  return makeThing('page', on, (property) => {
    if (Object.hasOwn(plain, property)) return plain[property];
    if (property === 'keyboard' || property === 'mouse')
      return makeThing(`page.${property}`, { kind: property, page }, (method) =>
        callOn(bridge, { kind: property, page }, method),
      );
    return makerOf(bridge, page, [], property) ?? callOn(bridge, on, property);
  });
}

export function makerOf(bridge: Bridge, page: number, chain: readonly Link[], property: string): unknown {
  if (!bridge.catalogue.makers.includes(property)) return undefined;
  return (...args: unknown[]) =>
    makeLocator(bridge, page, [...chain, [property, ...args.map((arg) => encodeArgument(arg, 0))]]);
}

export function makeLocator(bridge: Bridge, page: number, chain: readonly Link[]): object {
  const on: On = { kind: 'locator', page, chain };
  return makeThing('locator', on, (property) => {
    if (property === 'page') return () => makePage(bridge, page);
    if (property === 'all')
      return async () => {
        const count = await bridge.ask({ type: 'call', on, method: 'count', args: [] });
        return Array.from({ length: Number(count) }, (_, index) =>
          makeLocator(bridge, page, [...chain, ['nth', index]]),
        );
      };
    return makerOf(bridge, page, chain, property) ?? callOn(bridge, on, property);
  });
}

export function makeContext(bridge: Bridge): object {
  const on: On = { kind: 'context' };
  return makeThing('context', on, (property) => callOn(bridge, on, property));
}

export function makeDialog(bridge: Bridge, dialog: number, kind: string, message: string): object {
  const on: On = { kind: 'dialog', dialog };
  const plain: Record<string, unknown> = { type: () => kind, message: () => message };
  return makeThing('dialog', on, (property) => plain[property] ?? callOn(bridge, on, property));
}

export function makeResponse(given: object): object {
  const { status, statusText, url, ok, headers } = given as Record<string, unknown>;
  const plain: Record<string, unknown> = {
    status: () => status,
    statusText: () => statusText,
    url: () => url,
    ok: () => ok,
    headers: () => headers,
  };
  return makeThing('response', { kind: 'response' }, (property) => plain[property]);
}
