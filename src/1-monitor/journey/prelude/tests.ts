import { type Bridge, lineOf, notAvailable } from './bridge.ts';
import { makeContext, makePage } from './page.ts';

/** What a test is given. */
export type Body = (fixtures: object, info: object) => unknown;

export interface FoundTest {
  readonly name: string;
  readonly body: Body;
  readonly use: Readonly<Record<string, unknown>>;
  readonly before: readonly Body[];
  readonly after: readonly Body[];
  readonly only: boolean;
}

/** Where a `test.describe` stands: what holds inside of it. */
export interface Scope {
  readonly path: readonly string[];
  readonly outer: Scope | null;
  readonly before: Body[];
  readonly after: Body[];
  readonly use: Record<string, unknown>;
  only: boolean;
}

export function makeStep(bridge: Bridge): (name: unknown, body: unknown) => Promise<unknown> {
  let last = 0;
  return async (name, body) => {
    if (typeof body !== 'function') throw new TypeError('step(name, async () => { … }) needs a function');
    last += 1;
    const id = last;
    bridge.send({ type: 'step-begin', id, name: String(name).slice(0, 200), line: lineOf(new Error('step')) });
    let failed = true;
    try {
      const value: unknown = await body({});
      failed = false;
      return value;
    } finally {
      bridge.send({ type: 'step-end', id, failed });
    }
  };
}

/** Playwright's `test`: collects what is to run. */
export function makeTest(found: FoundTest[], step: (name: unknown, body: unknown) => unknown): unknown {
  const scopeIn = (name: string | null, outer: Scope | null): Scope => ({
    path: [...(outer?.path ?? []), ...(name === null ? [] : [name])],
    outer,
    before: [],
    after: [],
    use: {},
    only: false,
  });
  let scope = scopeIn(null, null);
  const scopes = () => {
    const all: Scope[] = [];
    for (let one: Scope | null = scope; one !== null; one = one.outer) all.unshift(one);
    return all;
  };
  const add = (args: readonly unknown[], only: boolean) => {
    const body = args.at(-1);
    if (typeof body !== 'function') throw new TypeError('test(name, async ({ page }) => { … }) needs a function');
    const all = scopes();
    found.push({
      name: [...scope.path, String(args[0])].join(' › '),
      body: body as Body,
      use: Object.assign({}, ...all.map(({ use }) => use)) as Record<string, unknown>,
      before: all.flatMap(({ before }) => before),
      after: all.toReversed().flatMap(({ after }) => after),
      only: only || all.some((one) => one.only),
    });
  };
  const describe = (args: readonly unknown[], only: boolean) => {
    const body = args.at(-1);
    if (typeof body !== 'function') throw new TypeError('test.describe(name, () => { … }) needs a function');
    const inner = scopeIn(typeof args[0] === 'string' ? args[0] : null, scope);
    inner.only = only;
    scope = inner;
    try {
      body();
    } finally {
      scope = inner.outer ?? inner;
    }
  };
  const nothing = () => undefined;
  const groups = Object.assign((...args: unknown[]) => describe(args, false), {
    only: (...args: unknown[]) => describe(args, true),
    serial: (...args: unknown[]) => describe(args, false),
    skip: nothing,
    configure: nothing,
  });
  const known: Record<string, unknown> = {
    describe: groups,
    only: (...args: unknown[]) => add(args, true),
    skip: nothing,
    fixme: nothing,
    slow: nothing,
    setTimeout: nothing,
    step,
    use: (options: object) => Object.assign(scope.use, options),
    beforeEach: (...args: unknown[]) => scope.before.push(args.at(-1) as Body),
    afterEach: (...args: unknown[]) => scope.after.push(args.at(-1) as Body),
  };
  return new Proxy((...args: unknown[]) => add(args, false), {
    get(_, property) {
      if (typeof property === 'symbol') return undefined;
      if (!Object.hasOwn(known, property)) throw notAvailable(`test.${property}`);
      return known[property];
    },
  });
}

/** Runs what was collected, one after the other, each in a browser context of its own. */
export async function runTests(bridge: Bridge, found: readonly FoundTest[]): Promise<void> {
  const only = found.filter((test) => test.only);
  const chosen = only.length > 0 ? only : found;
  if (chosen.length === 0) return;
  bridge.send({ type: 'tests', names: chosen.slice(0, 50).map(({ name }) => name.slice(0, 200)) });
  for (const [index, { body, use, before, after, name }] of chosen.entries()) {
    bridge.send({ type: 'test', index, use });
    const fixtures = makeFixtures(bridge);
    const info = Object.freeze({ title: name });
    for (const hook of before) await hook(fixtures, info);
    await body(fixtures, info);
    for (const hook of after) await hook(fixtures, info);
  }
}

export function makeFixtures(bridge: Bridge): object {
  return new Proxy(Object.freeze({}), {
    get(_, property) {
      if (property === 'page') return makePage(bridge, 0);
      if (property === 'context') return makeContext(bridge);
      if (typeof property === 'symbol') return undefined;
      if (property === 'browserName') return 'chromium';
      if (property === 'isMobile') return false;
      throw notAvailable(`the fixture ${property}`);
    },
  });
}
