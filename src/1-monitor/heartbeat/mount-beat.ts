import type { Context, Hono } from 'hono';
import { systemActor } from '#kernel/actor.ts';
import { AppError, invalid } from '#kernel/errors.ts';
import type { System } from '#platform/ctx.ts';
import { createGroupCommit } from '#platform/group-commit.ts';
import { digest } from '#platform/secrets.ts';
import { withPartitions } from '../result/record-batch.ts';
import { findKeyOwners } from '../sender-key/find-key-owners.ts';
import { readSignal } from './beat.ts';
import { type Beat, takeBeats } from './take-beats.ts';

type Arrival = Omit<Beat, 'monitorId'> & { readonly keyDigest: string };

const LOG_LENGTH = 10_000;
const BODY_BYTES = 1_048_576;
const AGENT_LENGTH = 200;
// oxlint-disable-next-line no-control-regex
const CONTROL = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]/g;

/** `GET|POST|HEAD /beat/{key}[/start|/fail|/log|/{exitCode}][?rid=…]`: answered after the commit that holds the beat. */
export function mountBeat(app: Hono, system: System): void {
  const beats = createGroupCommit<Arrival, boolean>({
    commit: (arrivals) => commitBeats(system, arrivals),
    maxBatch: 500,
  });
  const take = async (c: Context) => {
    const signal = readSignal(c.req.param('tail') ?? '');
    const key = c.req.param('key') ?? '';
    if (!signal || !/^hb_[a-z0-9]{16,80}$/.test(key)) throw unknownBeat();
    const runId = readRunId(c.req.query('rid'));
    const log = c.req.method === 'POST' ? await readLog(c.req.raw) : '';
    const address = c.req.header('x-client-ip') ?? null;
    const agent = c.req.header('user-agent')?.replaceAll(CONTROL, '').slice(0, AGENT_LENGTH).toWellFormed() ?? null;
    const arrival = { keyDigest: digest(key), signal, runId, at: system.clock.now(), log, address, agent };
    const known = await beats.submit(arrival);
    if (!known) throw unknownBeat();
    return c.text('OK\n', 200, { 'cache-control': 'no-store' });
  };
  // Hono answers HEAD by the GET handler.
  app.on(['GET', 'POST'], ['/beat/:key', '/beat/:key/:tail'], take);
}

function unknownBeat(): AppError {
  return new AppError(
    'not_found',
    'No heartbeat has this address. Copy it anew from the heartbeat; after the key only /start, /fail, /log or an exit code may follow.',
  );
}

/** Any word by which a job tells its runs apart; a job that sends none has one at a time. */
function readRunId(text: string | undefined): string | null {
  if (text === undefined || text === '') return null;
  if (/^[A-Za-z0-9._:-]{1,64}$/.test(text)) return text;
  throw invalid('query.rid', 'must be 1 to 64 letters, digits, dots, colons, dashes or underscores, such as a UUID');
}

async function commitBeats(system: System, arrivals: readonly Arrival[]): Promise<boolean[]> {
  const owners = await findKeyOwners(system, 'heartbeat', arrivals);
  const beats = arrivals.flatMap((arrival) => {
    const owner = owners.get(arrival.keyDigest);
    return owner ? [{ ...arrival, ...owner }] : [];
  });
  for (const [workspaceId, own] of Map.groupBy(beats, (beat) => beat.workspaceId)) {
    await withPartitions(
      system,
      own.map(({ at }) => ({ dueAtMs: at.getTime() })),
      () => system.transact({ actor: systemActor('heartbeat'), workspaceId }, (ctx) => takeBeats(ctx, own)),
    );
  }
  return arrivals.map(({ keyDigest }) => owners.has(keyDigest));
}

/** The end of what the job says, as text: faults stand there. Of a body without end the first MiB is read. */
async function readLog(request: Request): Promise<string> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of request.body ?? []) {
    parts.push(part);
    bytes += part.byteLength;
    if (bytes >= BODY_BYTES) break;
  }
  const text = new TextDecoder().decode(Buffer.concat(parts)).replaceAll(CONTROL, '').toWellFormed();
  return text.length > LOG_LENGTH ? `…${text.slice(1 - LOG_LENGTH).toWellFormed()}` : text;
}
