import type { Context, Hono } from 'hono';
import { systemActor } from '#kernel/actor.ts';
import { AppError } from '#kernel/errors.ts';
import type { System } from '#platform/ctx.ts';
import { createGroupCommit } from '#platform/group-commit.ts';
import { digest } from '#platform/secrets.ts';
import { withPartitions } from '../result/record-batch.ts';
import { type BeatSignal, readSignal } from './beat.ts';
import { selectKeyOwners } from './store.ts';
import { takeBeats } from './take-beats.ts';

type Arrival = { readonly keyDigest: string; readonly signal: BeatSignal; readonly at: Date; readonly log: string };

const LOG_LENGTH = 2_048;
const BODY_BYTES = 65_536;
// oxlint-disable-next-line no-control-regex
const CONTROL = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]/g;

/** `GET|POST|HEAD /beat/{key}[/start|/fail|/{exitCode}]`: answered after the commit that holds the beat. */
export function mountBeat(app: Hono, system: System): void {
  const beats = createGroupCommit<Arrival, boolean>({
    commit: (arrivals) => commitBeats(system, arrivals),
    maxBatch: 500,
  });
  const take = async (c: Context) => {
    const signal = readSignal(c.req.param('tail') ?? '');
    const key = c.req.param('key') ?? '';
    if (!signal || !/^hb_[a-z0-9]{16,80}$/.test(key)) throw unknownBeat();
    const log = c.req.method === 'POST' ? await readLog(c.req.raw) : '';
    const known = await beats.submit({ keyDigest: digest(key), signal, at: system.clock.now(), log });
    if (!known) throw unknownBeat();
    return c.text('OK\n', 200, { 'cache-control': 'no-store' });
  };
  // Hono answers HEAD by the GET handler.
  app.on(['GET', 'POST'], ['/beat/:key', '/beat/:key/:tail'], take);
}

function unknownBeat(): AppError {
  return new AppError(
    'not_found',
    'No heartbeat has this address. Copy it anew from the heartbeat; after the key only /start, /fail or an exit code may follow.',
  );
}

async function commitBeats(system: System, arrivals: readonly Arrival[]): Promise<boolean[]> {
  const owners = await selectKeyOwners(system.database, [...new Set(arrivals.map(({ keyDigest }) => keyDigest))]);
  const byDigest = new Map(owners.map((owner) => [owner.keyDigest, owner]));
  const beats = arrivals.flatMap((arrival) => {
    const owner = byDigest.get(arrival.keyDigest);
    return owner ? [{ ...arrival, ...owner }] : [];
  });
  for (const [workspaceId, own] of Map.groupBy(beats, (beat) => beat.workspaceId)) {
    await withPartitions(
      system,
      own.map(({ at }) => ({ dueAtMs: at.getTime() })),
      () => system.transact({ actor: systemActor('heartbeat'), workspaceId }, (ctx) => takeBeats(ctx, own)),
    );
  }
  return arrivals.map(({ keyDigest }) => byDigest.has(keyDigest));
}

/** The start of what the job says, as text. A longer body is read to its limit and cut. */
async function readLog(request: Request): Promise<string> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of request.body ?? []) {
    parts.push(part);
    bytes += part.byteLength;
    if (bytes >= BODY_BYTES) break;
  }
  const text = new TextDecoder().decode(Buffer.concat(parts).subarray(0, LOG_LENGTH));
  return text.replaceAll(CONTROL, '').toWellFormed();
}
