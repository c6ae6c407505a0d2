import { AppError, type FieldError } from '#kernel/errors.ts';
import type { System } from '#platform/ctx.ts';
import { createGroupCommit } from '#platform/group-commit.ts';
import { digest } from '#platform/secrets.ts';
import { createAnnouncer } from '../alert/announce-alerts.ts';
import type { AlertSourceKind } from '../alert-source/contract.ts';
import { type AlertSourceRow, selectAlertSourceByKey, updateLastSignal } from '../alert-source/store.ts';
import { applyMapping, type CompiledMapping, compileMapping } from '../mapping/mapping.ts';
import { selectMapping, upsertSubscription } from '../mapping/store.ts';
import { subscriptionIn } from '../mapping/subscription.ts';
import { type Claim, signalOf } from './claim.ts';
import type { IntakeBody } from './contract.ts';
import { formatOfKind, type GroupFormat, readFormat } from './group-format.ts';
import { readIntake, readJson, readShallowJson, refuseSignal } from './intake-body.ts';
import { createRefusedLog } from './note-refused.ts';
import type { NewSignal } from './signal.ts';
import { writeBatchAlone } from './write-batch.ts';

/** `alertId` is null for a `resolved` that no open alert waits for. */
export type Accepted = { readonly alertId: string | null; readonly dedupKey: string };
/** A message that is fine and no signal: `ignored` says why. */
type Ignored = { readonly alertId: null; readonly dedupKey: null; readonly ignored: string };
/** What became of a message about several alerts. */
type AcceptedGroup = { readonly alerts: readonly Accepted[]; readonly note?: string };

/**
 * Everything here answers after the commit, and throws `not_found` (no such key), `invalid` (says why) or `unavailable`
 * (says when to come back).
 */
export type Intake = {
  /** What was sent to the address of a source. */
  readonly accept: (key: string, bytes: Uint8Array) => Promise<Accepted | Ignored | AcceptedGroup>;
  /** The same where the address names the format. */
  readonly acceptGroup: (key: string, format: GroupFormat, bytes: Uint8Array) => Promise<AcceptedGroup>;
};

const KEY_CACHE_MS = 2_000;
const KEY_CACHE_SIZE = 10_000;
const LAST_SIGNAL_EVERY_MS = 10_000;
const MAX_BATCH = 500;
const MAX_WAITING = 10_000;
/** More than one commit at a time only when a whole batch waits. */
const COMMITS_AT_ONCE = 2;
/** Kinds whose keys open these doors; mail and forms have their own. */
const SPEAKS_JSON: ReadonlySet<AlertSourceKind> = new Set(['generic', 'alertmanager', 'grafana']);

type Known = {
  readonly source: AlertSourceRow;
  /** Null for our own JSON. */
  readonly mapping: CompiledMapping | null;
  readonly untilMs: number;
};

/** The generic intake: many requests in one commit, later stages told right after it. */
export function createIntake(system: System): Intake {
  const tellLaterStages = createAnnouncer(system);
  const known = new Map<string, Known>();
  const lastMarked = new Map<string, number>();
  const noteRefused = createRefusedLog(system);

  const group = createGroupCommit<readonly NewSignal[], readonly Accepted[]>({
    maxBatch: MAX_BATCH,
    maxWaiting: MAX_WAITING,
    concurrency: COMMITS_AT_ONCE,
    async commit(requests) {
      const { alertIds, news } = await writeBatchAlone(system.database, requests.flat());
      if (news) tellLaterStages();
      return requests.map((signals) =>
        signals.map((signal) => ({ alertId: alertIds.get(signal) ?? null, dedupKey: signal.dedupKey })),
      );
    },
  });

  function sourceOf(key: string): Known | Promise<Known> {
    const hit = known.get(key);
    if (hit && hit.untilMs > performance.now()) return hit;
    known.delete(key);
    return readSource(key);
  }

  async function readSource(key: string): Promise<Known> {
    const source = await selectAlertSourceByKey(system.database, digest(key));
    if (!source || !SPEAKS_JSON.has(source.kind))
      throw new AppError(
        'not_found',
        source
          ? `The source with this key takes nothing here: its kind is ${source.kind}. Its own address stands under Settings, Alert sources.`
          : 'No alert source has this key. Copy the address again from Settings, Alert sources.',
      );
    const row = source.kind === 'generic' ? await selectMapping(system.database, source) : null;
    const found: Known = {
      source,
      mapping: row && compileMapping(row.mapping),
      untilMs: performance.now() + KEY_CACHE_MS,
    };
    if (known.size >= KEY_CACHE_SIZE) known.clear();
    known.set(key, found);
    return found;
  }

  function markSeen(source: AlertSourceRow, at: Date) {
    if (at.getTime() - (lastMarked.get(source.id) ?? 0) < LAST_SIGNAL_EVERY_MS) return;
    lastMarked.set(source.id, at.getTime());
    // Only for people to look at; the signal itself is safe already.
    updateLastSignal(system.database, source, at).catch((error: unknown) =>
      system.log.warn({ err: String(error) }, 'last signal not noted'),
    );
  }

  async function refuse(source: AlertSourceRow, bytes: Uint8Array, refusal: Refusal): Promise<never> {
    await noteRefused(source, refusal.message, bytes);
    throw new AppError('invalid', refusal.message, { errors: refusal.errors });
  }

  /** Writes the claims of one request, all or none of them. */
  async function store(source: AlertSourceRow, claims: readonly Claim[]): Promise<readonly Accepted[]> {
    const at = system.clock.now();
    const answers = await group.submit(claims.map((claim) => signalOf(source, claim, at)));
    markSeen(source, at);
    return answers;
  }

  async function submit(source: AlertSourceRow, body: IntakeBody, payload: string): Promise<Accepted> {
    const [answer] = await store(source, [claimOf(body, payload)]);
    return answer ?? { alertId: null, dedupKey: '' };
  }

  async function acceptGroupOf(source: AlertSourceRow, format: GroupFormat, bytes: Uint8Array): Promise<AcceptedGroup> {
    const json = readShallowJson(bytes);
    if (!json.ok) return await refuse(source, bytes, json);
    const read = readFormat(format, json.value);
    if (!read.ok) return await refuse(source, bytes, refuseSignal(read.errors));
    const alerts = await store(source, read.claims);
    return { alerts, ...(read.note === null ? {} : { note: read.note }) };
  }

  async function acceptMapped(source: AlertSourceRow, mapping: CompiledMapping, bytes: Uint8Array) {
    const read = readJson(bytes);
    if (!read.ok) return await refuse(source, bytes, read);
    const asked = subscriptionIn(read.value);
    if (asked !== null) {
      const at = { askedAt: system.clock.now(), workspaceId: source.workspaceId, alertSourceId: source.id };
      await upsertSubscription(system.database, { ...asked, ...at });
      return ignored('The subscription waits for somebody to confirm it under Settings, Alert sources.');
    }
    const mapped = applyMapping(mapping, read.value);
    if (mapped.outcome === 'refused') return await refuse(source, bytes, refuseSignal(mapped.errors));
    if (mapped.outcome === 'ignored') return ignored(mapped.why);
    return await submit(source, mapped.body, read.text);
  }

  return {
    async accept(key, bytes) {
      const { source, mapping } = await sourceOf(key);
      const format = formatOfKind(source.kind);
      if (format !== null) return await acceptGroupOf(source, format, bytes);
      if (mapping !== null) return await acceptMapped(source, mapping, bytes);
      const read = readIntake(bytes);
      if (!read.ok) return await refuse(source, bytes, read);
      return await submit(source, read.body, read.text);
    },
    async acceptGroup(key, format, bytes) {
      return await acceptGroupOf((await sourceOf(key)).source, format, bytes);
    },
  };
}

type Refusal = { readonly message: string; readonly errors: readonly FieldError[] };

function ignored(why: string): Ignored {
  return { alertId: null, dedupKey: null, ignored: why };
}

function claimOf(body: IntakeBody, payload: string): Claim {
  const { title, dedupKey, status, severity, source, labels, url, details } = body;
  return {
    dedupKey: dedupKey ?? title,
    status,
    severity,
    title,
    source: source ?? null,
    labels: labels ?? {},
    url: url ?? null,
    evidence:
      details === undefined && source === undefined ? null : { source: source ?? null, details: details ?? null },
    beganAt: null,
    drill: false,
    payload,
  };
}
