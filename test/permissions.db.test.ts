import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { allows, createWorkspaceWithOwner, type RoutePermission } from '#access';
import { ACCESS_ROLES, PERMISSIONS } from '#access/contract';
import { PIPELINE } from '#app/pipeline.ts';
import type { RouteSpec } from '#kernel/route.ts';
import { createTestSystem, type TestSystem } from '#test/harness/system.ts';
import { prefixOf, sample } from './permissions/sample.ts';
import { type Caller, call, join, seedWorkspace, signIn } from './permissions/seed.ts';

const ROUTES: readonly RouteSpec[] = PIPELINE.flatMap((stage) => stage.routes.map((route) => route.spec));
const title = (route: RouteSpec) => `${route.method.toUpperCase()} ${route.path}`;
const withPath = (route: RouteSpec, idOf: (name: string) => string) =>
  route.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => idOf(name));

let t: TestSystem;
let callers: ReadonlyMap<string, Caller>;
let stranger: Caller;
let strangerWorkspaceId: string;
/** Every id in the first workspace, by prefix. */
let ids: ReadonlyMap<string, readonly string[]>;

beforeAll(async () => {
  t = await createTestSystem();
  const owner = await signIn(t, 'olive@example.com');
  await seedWorkspace(t, owner);
  const others = ['admin', 'member', 'viewer'].map(async (role) => [role, await join(t, owner, role)] as const);
  callers = new Map([['owner', owner], ...(await Promise.all(others))]);
  const made = await createWorkspaceWithOwner(t.system, {
    name: 'Strangers',
    timeZone: 'UTC',
    owner: { name: 'Stan', email: 'stan@example.com', password: 'correct horse battery', emailVerified: true },
  });
  strangerWorkspaceId = made.workspaceId;
  stranger = await signIn(t, 'stan@example.com');
  await t.settle();
  ids = await collectIds();
});
afterAll(() => t.close());

describe('every route × access role', () => {
  it('has routes to walk, and every permission guards one', () => {
    expect(ROUTES.length).toBeGreaterThan(100);
    // `/metrics` stands beside the API, at the address that Prometheus looks for.
    const used = new Set<string>([...ROUTES.map((route) => route.permission), 'metrics.read']);
    expect(Object.keys(PERMISSIONS).filter((permission) => !used.has(permission))).toEqual([]);
  });

  it.each(ROUTES.map((route) => [title(route), route] as const))('%s', async (_, route) => {
    const permission = route.permission as RoutePermission;
    // No id has this shape, so a call that is let in ends at the parser and changes nothing.
    const path = withPath(route, () => '-');
    const anonymous = await call(t, route.method, path, null);
    if (permission === 'public') expect([401, 403]).not.toContain(anonymous.status);
    else expect(anonymous.status).toBe(401);
    for (const role of ACCESS_ROLES) {
      const { status } = await call(t, route.method, path, callers.get(role) ?? null);
      const allowed = permission === 'public' || permission === 'signed-in' || allows(role, permission);
      const outcome = status === 403 ? 'refused' : status === 401 ? 'unknown' : 'let in';
      expect(`${role} ${outcome}`).toBe(`${role} ${allowed ? 'let in' : 'refused'}`);
    }
  });
});

describe('another workspace', () => {
  const withParams = ROUTES.filter((route) => route.path.includes('{'));

  it('has something of everything that a path can name', () => {
    const named = new Set(
      withParams.flatMap((route) => Object.values(patternsOf(route)).flatMap((pattern) => prefixOf(pattern) ?? [])),
    );
    expect([...named].filter((prefix) => (ids.get(prefix) ?? []).length === 0)).toEqual([]);
  });

  it.each(withParams.map((route) => [title(route), route] as const))('%s finds nothing of it', async (_, route) => {
    const before = await fingerprint();
    const patterns = patternsOf(route);
    const prefix = prefixOf(patterns['id']);
    if (prefix === null) return;
    for (const id of (ids.get(prefix) ?? []).slice(0, 3)) {
      const path = withPath(route, (name) => (name === 'id' ? id : pathValue(route, name)));
      const body = route.body ? sample(route.body, (wanted) => foreignId(wanted)) : undefined;
      const answer = await call(t, route.method, path, stranger, body);
      // A refusal of another id in the body says no more than that it is not here either.
      const shown =
        answer.status === 400 && namesForeignId(answer.text, body) ? '404' : `${answer.status} ${answer.text}`;
      expect(shown).toMatch(/^404/);
    }
    expect(await fingerprint()).toEqual(before);
  });

  it.each(
    ROUTES.filter((route) => route.method === 'get' && !route.path.includes('{')).map(
      (route) => [title(route), route] as const,
    ),
  )('%s lists nothing of it', async (_, route) => {
    const answer = await call(t, 'get', route.path, stranger);
    expect(answer.status).toBeLessThan(300);
    const leaked = [...ids].flatMap(([, all]) => all).filter((id) => answer.text.includes(id));
    expect(leaked).toEqual([]);
  });

  it.each(
    ROUTES.filter(
      (route) => route.body && route.method !== 'get' && !route.path.includes('{') && route.permission !== 'public',
    ).map((route) => [title(route), route] as const),
  )('%s takes no id of it in its body', async (_, route) => {
    const before = await fingerprint();
    let named = 0;
    const body = route.body
      ? sample(route.body, (prefix) => {
          named++;
          return foreignId(prefix);
        })
      : undefined;
    const answer = await call(t, route.method, route.path, stranger, body);
    if (named > 0) expect(`${answer.status} ${answer.text.slice(0, 200)}`).toMatch(/^4\d\d /);
    expect(answer.status).toBeLessThan(500);
    expect(await fingerprint()).toEqual(before);
  });

  it('cannot be named by a header either', async () => {
    const headers = { ...stranger.headers, 'allclear-workspace': t.workspaceId };
    expect((await call(t, 'get', '/incidents', { headers })).status).toBe(403);
    expect(
      (await call(t, 'get', '/incidents', { headers: { ...headers, 'allclear-workspace': strangerWorkspaceId } }))
        .status,
    ).toBe(200);
  });

  it('is not on the live stream of a visitor', async () => {
    expect((await call(t, 'get', '/stream', null)).status).toBe(401);
  });
});

it('nothing of this was a fault of ours', () => {
  expect(t.errors).toEqual([]);
});

/** Whether every fault that a refusal names is an id of the first workspace. */
function namesForeignId(text: string, body: unknown): boolean {
  const { errors = [] } = JSON.parse(text) as { errors?: { path: string }[] };
  const all = [...ids.values()].flat();
  return (
    errors.length > 0 &&
    errors.every(({ path }) => all.includes(String((body as Record<string, unknown>)[path.replace(/^body\./, '')])))
  );
}

function foreignId(prefix: string): string {
  return ids.get(prefix)?.[0] ?? `${prefix}_nobodyhasthisone`;
}

function patternsOf(route: RouteSpec): Record<string, string | undefined> {
  const schema = route.params?.toJSONSchema({ io: 'input' }) as
    | { properties?: Record<string, { pattern?: string }> }
    | undefined;
  return Object.fromEntries(Object.entries(schema?.properties ?? {}).map(([name, inner]) => [name, inner.pattern]));
}

function pathValue(route: RouteSpec, name: string): string {
  const values = route.params ? (sample(route.params, foreignId) as Record<string, unknown>) : {};
  return String(values[name]);
}

async function workspaceTables(): Promise<string[]> {
  const { rows } = await t.database.pool.query<{ name: string }>(
    "select c.table_name as name from information_schema.columns c join information_schema.tables t using (table_schema, table_name) where c.table_schema = 'public' and c.column_name = 'workspace_id' and t.table_type = 'BASE TABLE' order by 1",
  );
  return rows.map((row) => row.name);
}

/** Ids are found in every column of every row, so that what one table only mentions counts too. */
async function collectIds(): Promise<Map<string, string[]>> {
  const found = new Map<string, Set<string>>();
  for (const table of await workspaceTables()) {
    const { rows } = await t.database.pool.query<{ id?: unknown }>(`select * from ${table} where workspace_id = $1`, [
      t.workspaceId,
    ]);
    for (const { id } of rows) {
      const prefix = typeof id === 'string' ? /^([a-z]+)_/.exec(id)?.[1] : undefined;
      if (prefix && typeof id === 'string') found.set(prefix, (found.get(prefix) ?? new Set()).add(id));
    }
  }
  const people = await t.database.pool.query<{ user_id: string }>(
    'select user_id from member where workspace_id = $1 order by joined_at',
    [t.workspaceId],
  );
  found.set('usr', new Set(people.rows.map((row) => row.user_id)));
  const sessions = await t.database.pool.query<{ id: string }>('select id from user_session where user_id = $1', [
    t.ownerId,
  ]);
  found.set('ses', new Set(sessions.rows.map((row) => row.id)));
  return new Map([...found].map(([prefix, all]) => [prefix, [...all]]));
}

/** A digest of every row of the first workspace and of its people. */
async function fingerprint(): Promise<Record<string, string>> {
  const digests: Record<string, string> = {};
  const note = async (table: string, where: string, value: string) => {
    const { rows } = await t.database.pool.query<{ digest: string }>(
      `select coalesce(md5(string_agg(r::text, '|' order by r::text)), '') as digest from ${table} r where ${where}`,
      [value],
    );
    digests[table] = rows[0]?.digest ?? '';
  };
  for (const table of await workspaceTables()) await note(table, 'workspace_id = $1', t.workspaceId);
  for (const table of ['user_account', 'user_credential', 'user_session']) {
    await note(
      table,
      `${table === 'user_account' ? 'id' : 'user_id'} in (select user_id from member where workspace_id = $1)`,
      t.workspaceId,
    );
  }
  return digests;
}
