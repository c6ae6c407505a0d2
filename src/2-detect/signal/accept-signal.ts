import { AppError } from '#kernel/errors.ts';
import type { System } from '#platform/ctx.ts';
import type { Database } from '#platform/database.ts';
import { createGroupCommit } from '#platform/group-commit.ts';
import { digest } from '#platform/secrets.ts';
import { createAnnouncer } from '../alert/announce-alerts.ts';
import { type AlertSourceRow, selectAlertSourceByKey, updateLastSignal } from '../alert-source/store.ts';
import type { IntakeBody } from './contract.ts';
import { readIntake, storableJson } from './intake-body.ts';
import { inRounds, type NewSignal, type SignalGroup } from './signal.ts';
import { type Written, writeFiring, writeResolved } from './store.ts';

/** `alertId` is null for a `resolved` that no open alert waits for. */
type Accepted = { readonly alertId: string | null; readonly dedupKey: string };

export type Intake = {
  /** Answers after the signal is committed. Throws `not_found`, `invalid` (says why) or `unavailable` (says when to come back). */
  readonly accept: (key: string, bytes: Uint8Array) => Promise<Accepted>;
};

const KEY_CACHE_MS = 2_000;
const KEY_CACHE_SIZE = 10_000;
const LAST_SIGNAL_EVERY_MS = 10_000;
const MAX_BATCH = 500;
const MAX_WAITING = 10_000;
/** More than one commit at a time only when a whole batch waits. */
const COMMITS_AT_ONCE = 2;

type Known = { readonly source: AlertSourceRow; readonly untilMs: number };

/** The generic intake: many requests in one commit, later stages told right after it. */
export function createIntake(system: System): Intake {
  const tellLaterStages = createAnnouncer(system);
  const known = new Map<string, Known>();
  const lastMarked = new Map<string, number>();

  const group = createGroupCommit<NewSignal, Accepted>({
    maxBatch: MAX_BATCH,
    maxWaiting: MAX_WAITING,
    concurrency: COMMITS_AT_ONCE,
    async commit(signals) {
      const { accepted, news } = await writeSignals(system, signals);
      if (news) tellLaterStages();
      return accepted;
    },
  });

  function sourceOf(key: string): AlertSourceRow | Promise<AlertSourceRow> {
    const hit = known.get(key);
    if (hit && hit.untilMs > performance.now()) return hit.source;
    known.delete(key);
    return readSource(key);
  }

  async function readSource(key: string): Promise<AlertSourceRow> {
    const source = await selectAlertSourceByKey(system.database, digest(key));
    if (!source)
      throw new AppError(
        'not_found',
        'No alert source has this key. Copy the address again from Settings, Alert sources.',
      );
    if (known.size >= KEY_CACHE_SIZE) known.clear();
    known.set(key, { source, untilMs: performance.now() + KEY_CACHE_MS });
    return source;
  }

  function markSeen(source: AlertSourceRow, at: Date) {
    if (at.getTime() - (lastMarked.get(source.id) ?? 0) < LAST_SIGNAL_EVERY_MS) return;
    lastMarked.set(source.id, at.getTime());
    // Only for people to look at; the signal itself is safe already.
    updateLastSignal(system.database, source, at).catch((error: unknown) =>
      system.log.warn({ err: String(error) }, 'last signal not noted'),
    );
  }

  return {
    async accept(key, bytes) {
      const source = await sourceOf(key);
      const read = readIntake(bytes);
      if (!read.ok) throw new AppError('invalid', read.message, { errors: read.errors });
      const at = system.clock.now();
      const answer = await group.submit(signalOf(source, read.body, read.text, at));
      markSeen(source, at);
      return answer;
    },
  };
}

/** Writes a batch, all or nothing; `news` is true when an alert was opened, raised or closed. */
async function writeSignals(
  system: System,
  signals: readonly NewSignal[],
): Promise<{ accepted: Accepted[]; news: boolean }> {
  const rounds = inRounds(signals);
  const [only] = rounds;
  const single = rounds.length === 1 && only?.every(({ status }) => status === 'firing') === true;
  const alertIds = new Map<NewSignal, string | null>();
  let news = false;
  const write = async (database: Database) => {
    for (const round of rounds) {
      for (const { group, written } of await writeRound(database, round)) {
        for (const signal of group.signals) alertIds.set(signal, written.alertId);
        news ||= written.announce !== null;
      }
    }
  };
  // Almost always there is one statement, which is a transaction by itself.
  if (single) await write(system.database);
  else await system.database.transaction().execute(write);
  return {
    accepted: signals.map((signal) => ({ alertId: alertIds.get(signal) ?? null, dedupKey: signal.dedupKey })),
    news,
  };
}

type WrittenGroup = { readonly group: SignalGroup; readonly written: Written };

async function writeRound(database: Database, round: readonly SignalGroup[]): Promise<WrittenGroup[]> {
  const firing = round.filter(({ status }) => status === 'firing');
  const resolved = round.filter(({ status }) => status === 'resolved');
  const written = [...(await writeFiring(database, firing)), ...(await writeResolved(database, resolved, 'resolved'))];
  return [...firing, ...resolved].map((group, i) => ({
    group,
    written: written[i] ?? { alertId: null, announce: null },
  }));
}

function signalOf(source: AlertSourceRow, body: IntakeBody, payload: string, at: Date): NewSignal {
  const title = body.title.toWellFormed();
  return {
    workspaceId: source.workspaceId,
    scope: source.id,
    dedupKey: (body.dedupKey ?? title).toWellFormed(),
    status: body.status,
    severity: body.severity,
    title,
    origin: 'intake',
    alertSourceId: source.id,
    alertSourceName: source.name,
    monitorId: null,
    serviceId: source.serviceId,
    drill: false,
    source: body.source?.toWellFormed() ?? null,
    labels: body.labels === undefined ? '{}' : storableJson(body.labels),
    url: body.url ?? null,
    evidence: evidenceOf(body),
    payload,
    beganAt: at,
    receivedAt: at,
  };
}

function evidenceOf(body: IntakeBody): string | null {
  if (body.details === undefined && body.source === undefined) return null;
  return storableJson({ source: body.source ?? null, details: body.details ?? null });
}
