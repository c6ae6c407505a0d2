import type { Context, Hono } from 'hono';
import { systemActor } from '#kernel/actor.ts';
import { AppError } from '#kernel/errors.ts';
import type { System } from '#platform/ctx.ts';
import { createGroupCommit } from '#platform/group-commit.ts';
import { digest } from '#platform/secrets.ts';
import { withPartitions } from '../result/record-batch.ts';
import { findKeyOwners } from '../sender-key/find-key-owners.ts';
import { readValue } from './read-value.ts';
import { takeValues } from './take-values.ts';

type Arrival = { readonly keyDigest: string; readonly value: number; readonly at: Date };

/** `GET|POST|HEAD /push/{key}` with a value: answered after the commit that holds it. */
export function mountPush(app: Hono, system: System): void {
  const pushes = createGroupCommit<Arrival, boolean>({
    commit: (arrivals) => commitPushes(system, arrivals),
    maxBatch: 500,
  });
  const take = async (c: Context) => {
    const key = c.req.param('key') ?? '';
    if (!/^pv_[a-z0-9]{16,80}$/.test(key)) throw unknownKey();
    const value = await readValue(c.req.raw);
    const known = await pushes.submit({ keyDigest: digest(key), value, at: system.clock.now() });
    if (!known) throw unknownKey();
    return c.text('OK\n', 200, { 'cache-control': 'no-store' });
  };
  // Hono answers HEAD by the GET handler.
  app.on(['GET', 'POST'], '/push/:key', take);
}

function unknownKey(): AppError {
  return new AppError(
    'not_found',
    'No monitor takes values at this address. Copy it anew from the page of the monitor.',
  );
}

async function commitPushes(system: System, arrivals: readonly Arrival[]): Promise<boolean[]> {
  const owners = await findKeyOwners(system, 'value', arrivals);
  const pushes = arrivals.flatMap((arrival) => {
    const owner = owners.get(arrival.keyDigest);
    return owner ? [{ ...arrival, ...owner }] : [];
  });
  for (const [workspaceId, own] of Map.groupBy(pushes, (push) => push.workspaceId)) {
    await withPartitions(
      system,
      own.map(({ at }) => ({ dueAtMs: at.getTime() })),
      () => system.transact({ actor: systemActor('pushed-value'), workspaceId }, (ctx) => takeValues(ctx, own)),
    );
  }
  return arrivals.map(({ keyDigest }) => owners.has(keyDigest));
}
