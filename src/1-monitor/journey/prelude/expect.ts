import { type Bridge, encodeArgument, notAvailable } from './bridge.ts';

/** Playwright's `expect`: of pages and locators it waits, of values it is said at once. */
export function makeExpect(bridge: Bridge): unknown {
  const expect = (subject: unknown, note?: unknown) => {
    const on = subjectOf(subject);
    const words = typeof note === 'string' ? `${note}: ` : '';
    return on === null ? valueMatchers(subject, words, false) : thingMatchers(bridge, on, false);
  };
  return new Proxy(expect, {
    get(own, property) {
      if (property === 'soft' || property === 'poll' || property === 'extend')
        throw notAvailable(`expect.${String(property)}`);
      return Reflect.get(own, property);
    },
  });
}

export function subjectOf(subject: unknown): { kind: string } | null {
  if (typeof subject !== 'object' || subject === null) return null;
  try {
    const on = (subject as { $on?: { kind: string } }).$on;
    return on !== undefined && (on.kind === 'page' || on.kind === 'locator') ? on : null;
  } catch {
    return null;
  }
}

export function thingMatchers(bridge: Bridge, on: { kind: string }, negated: boolean): object {
  const { pageMatchers, locatorMatchers } = bridge.catalogue;
  const known = on.kind === 'page' ? pageMatchers : locatorMatchers;
  return new Proxy(Object.freeze({}), {
    get(_, matcher) {
      if (typeof matcher === 'symbol' || matcher === 'then') return undefined;
      if (matcher === 'not') return thingMatchers(bridge, on, !negated);
      if (!known.includes(matcher)) throw notAvailable(`expect(${on.kind}).${matcher}`);
      return (...args: unknown[]) => {
        const takes = matcher === 'toHaveAttribute' ? 2 : matcher.startsWith('toBe') ? 0 : 1;
        const expected = args.slice(0, takes).map((arg) => encodeArgument(arg, 0));
        return bridge.ask({ type: 'expect', on, matcher, negated, expected, options: args[takes] ?? null });
      };
    },
  });
}

/** `words`: what the author says about it. */
export function valueMatchers(value: unknown, words: string, negated: boolean): object {
  const says = (passed: boolean, sentence: string) => {
    if (passed !== negated) return;
    const error = new Error(`${words}expected ${show(value)} ${negated ? 'not ' : ''}${sentence}`);
    error.name = 'ExpectError';
    throw error;
  };
  const text = (other: unknown) => (value === null || value === undefined ? '' : String(value)).includes(String(other));
  const holds = (other: unknown) => (Array.isArray(value) ? value.some((item) => Object.is(item, other)) : text(other));
  const known: Record<string, (...args: unknown[]) => void> = {
    toBe: (other) => says(Object.is(value, other), `to be ${show(other)}`),
    toEqual: (other) => says(sameValue(value, other), `to equal ${show(other)}`),
    toStrictEqual: (other) => says(sameValue(value, other), `to equal ${show(other)}`),
    toContain: (other) => says(holds(other), `to contain ${show(other)}`),
    toMatch: (other) =>
      says(other instanceof RegExp ? other.test(String(value)) : text(other), `to match ${show(other)}`),
    toBeTruthy: () => says(Boolean(value), 'to be truthy'),
    toBeFalsy: () => says(!value, 'to be falsy'),
    toBeNull: () => says(value === null, 'to be null'),
    toBeUndefined: () => says(value === undefined, 'to be undefined'),
    toBeDefined: () => says(value !== undefined, 'to be defined'),
    toBeNaN: () => says(Number.isNaN(value), 'to be NaN'),
    toBeGreaterThan: (other) => says(Number(value) > Number(other), `to be more than ${show(other)}`),
    toBeGreaterThanOrEqual: (other) => says(Number(value) >= Number(other), `to be at least ${show(other)}`),
    toBeLessThan: (other) => says(Number(value) < Number(other), `to be less than ${show(other)}`),
    toBeLessThanOrEqual: (other) => says(Number(value) <= Number(other), `to be at most ${show(other)}`),
    toBeCloseTo: (other, digits = 2) =>
      says(Math.abs(Number(value) - Number(other)) < 10 ** -Number(digits) / 2, `to be close to ${show(other)}`),
    toHaveLength: (other) =>
      says((value as { length?: unknown } | null)?.length === other, `to have the length ${show(other)}`),
  };
  return new Proxy(Object.freeze({}), {
    get(_, matcher) {
      if (typeof matcher === 'symbol' || matcher === 'then') return undefined;
      if (matcher === 'not') return valueMatchers(value, words, !negated);
      if (!Object.hasOwn(known, matcher)) throw notAvailable(`expect(value).${matcher}`);
      return known[matcher];
    },
  });
}

export function show(value: unknown): string {
  if (typeof value === 'string') return `“${value.slice(0, 300)}”`;
  if (value instanceof RegExp || typeof value === 'function' || value === undefined) return String(value).slice(0, 300);
  try {
    return (JSON.stringify(value) ?? String(value)).slice(0, 300);
  } catch {
    return 'something';
  }
}

export function sameValue(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  const [keys, others] = [Object.keys(one), Object.keys(other)];
  return (
    keys.length === others.length &&
    keys.every((key) => sameValue((one as Record<string, unknown>)[key], (other as Record<string, unknown>)[key]))
  );
}
