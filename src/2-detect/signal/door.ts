import { AppError, type FieldError } from '#kernel/errors.ts';
import type { System } from '#platform/ctx.ts';
import { createGroupCommit } from '#platform/group-commit.ts';
import { digest } from '#platform/secrets.ts';
import { createAnnouncer } from '../alert/announce-alerts.ts';
import type { AlertSourceKind } from '../alert-source/contract.ts';
import { type AlertSourceRow, selectAlertSourceByKey, updateLastSignal } from '../alert-source/store.ts';
import { type CompiledMapping, compileMapping } from '../mapping/mapping.ts';
import { gateOf } from '../limit/gate.ts';
import { selectMapping } from '../mapping/store.ts';
import type { ReceivedFormat } from '../received/contract.ts';
import { createReceivedLog } from '../received/note-received.ts';
import { type Became, becameOf, outcomeOf, sentenceOf } from '../received/received.ts';
import { TooLarge } from './answer.ts';
import { type Claim, signalOf } from './claim.ts';
import { createHeldKeys } from './held-keys.ts';
import { createRefusedLog } from './note-refused.ts';
import { KEPT_HEAD_BYTES, type Oversized, tooLargeWords } from './oversized.ts';
import { lastChanges, type NewSignal } from './signal.ts';
import { writeBatchAlone } from './write-batch.ts';

type KnownSource = {
  readonly source: AlertSourceRow;
  /** Null for our own JSON. */
  readonly mapping: CompiledMapping | null;
};

/** `alertId` is null for a `resolved` that no open alert waits for. */
export type Stored = { readonly alertId: string | null; readonly dedupKey: string; readonly became: Became };

/** A message as it came, for people to look at later. */
export type Message = { readonly format: ReceivedFormat; readonly text: string };
/** What became of a message that was no signal, or not only one. */
type Note = { readonly became: Became; readonly text: string; readonly alertId?: string | null };
type Refusal = { readonly message: string; readonly errors: readonly FieldError[]; readonly tooLarge?: boolean };

/** What every format comes through: whose key it is, what is stored, and what is written down about it. */
export type Door = {
  /** Throws `not_found` for a key that no source has. */
  readonly sourceOf: (key: string) => Promise<KnownSource>;
  /**
   * Lets a message of a source in, which every format asks before it reads or writes anything; throws `limit`, with when
   * to come back, for a source that sends more than it may.
   */
  readonly enter: (source: AlertSourceRow) => void;
  /**
   * Writes the claims of one request, all or none of them; resolves after the commit, with an answer for each. Throws `limit` for a source that
   * holds its part of the waiting places already.
   */
  readonly store: (source: AlertSourceRow, claims: readonly Claim[], message: Message) => Promise<readonly Stored[]>;
  /** Writes down a message that was taken and stored elsewhere, or that changes nothing. */
  readonly note: (source: AlertSourceRow, message: Message, note: Note) => void;
  /** Writes down what is wrong with a message, and throws `invalid`; where it says too much, as `TooLarge`. */
  readonly refuse: (
    source: AlertSourceRow,
    format: ReceivedFormat,
    bytes: Uint8Array,
    refusal: Refusal,
  ) => Promise<never>;
  /** Writes down a message that is larger than what is taken. It never throws: the answer is the same without it. */
  readonly refuseSize: (source: AlertSourceRow, format: ReceivedFormat, oversized: Oversized) => Promise<void>;
};

const KEY_CACHE_MS = 2_000;
const KEY_CACHE_SIZE = 10_000;
const LAST_SIGNAL_EVERY_MS = 10_000;
const MAX_BATCH = 500;
/** A source alone may hold one half of them. */
const MAX_WAITING = 20_000;
/** More than one commit at a time only when a whole batch waits. */
const COMMITS_AT_ONCE = 2;
/** Kinds whose keys open these doors; mail and forms have their own. */
const SPEAKS_JSON: ReadonlySet<AlertSourceKind> = new Set([
  'generic',
  'alertmanager',
  'grafana',
  'pagerduty',
  'opsgenie',
]);

const doors = new WeakMap<System, Door>();

/** One door per system, whatever the format: many requests in one commit, later stages told right after it. */
export function doorOf(system: System): Door {
  const door = doors.get(system) ?? createDoor(system);
  doors.set(system, door);
  return door;
}

function createDoor(system: System): Door {
  const tellLaterStages = createAnnouncer(system);
  const noteRefused = createRefusedLog(system);
  const noteReceived = createReceivedLog(system);
  const markSeen = createMarker(system);
  const held = createHeldKeys();
  const gate = gateOf(system);
  const group = createGroupCommit<readonly NewSignal[], readonly Stored[]>({
    maxBatch: MAX_BATCH,
    maxWaiting: MAX_WAITING,
    concurrency: COMMITS_AT_ONCE,
    async commit(requests) {
      const { alertIds, opened, news } = await writeBatchAlone(system.database, requests.flat(), held);
      tellLaterStages(news);
      return requests.map((signals) =>
        signals.map((signal) => {
          const alertId = alertIds.get(signal) ?? null;
          return { alertId, dedupKey: signal.dedupKey, became: becameOf(signal.status, alertId, opened.has(signal)) };
        }),
      );
    },
  });
  async function submit(source: AlertSourceRow, signals: readonly NewSignal[]): Promise<readonly Stored[]> {
    try {
      return await group.submit(signals, source.id);
    } catch (error) {
      if (error instanceof AppError && error.code === 'limit') gate.turnedAway(source, 'share');
      throw error;
    }
  }

  return {
    sourceOf: createKeyRing(system),
    enter: gate.enter,
    async store(source, claims, { format, text }) {
      const at = system.clock.now();
      gate.saidMore(source, claims.length - 1);
      const signals = claims.map((claim) => signalOf(source, claim, at));
      const kept = signals.length === 1 ? signals : lastChanges(signals);
      const stored = await submit(source, kept);
      markSeen(source, at);
      const alertIds = stored.flatMap(({ alertId }) => alertId ?? []);
      const all = stored.map(({ became }) => became);
      noteReceived(source, { format, outcome: outcomeOf(all), text: sentenceOf(all), alertIds, payload: text });
      if (kept.length === signals.length) return stored;
      // What was over within the message has the answer of the last that said the same.
      const answers = new Map(kept.map((signal, i) => [stateOf(signal), stored[i]]));
      return signals.flatMap((signal) => answers.get(stateOf(signal)) ?? []);
    },
    note(source, { format, text: payload }, { became, text, alertId }) {
      markSeen(source, system.clock.now());
      noteReceived(source, { format, outcome: became, text, alertIds: alertId ? [alertId] : [], payload });
    },
    async refuse(source, format, bytes, { message, errors, tooLarge = false }) {
      await noteRefused(source, message, bytes);
      const payload = Buffer.from(bytes).toString('utf8');
      noteReceived(source, { format, outcome: 'refused', text: message, alertIds: [], payload });
      throw tooLarge ? new TooLarge(message, errors) : new AppError('invalid', message, { errors });
    },
    async refuseSize(source, format, oversized) {
      const message = tooLargeWords(format, oversized);
      const head = oversized.head.subarray(0, KEPT_HEAD_BYTES);
      await noteRefused(source, message, head);
      const payload = Buffer.from(head).toString('utf8');
      noteReceived(source, { format, outcome: 'refused', text: message, alertIds: [], payload });
    },
  };
}

function stateOf({ status, dedupKey }: NewSignal): string {
  return `${status} ${dedupKey}`;
}

/** Whose key it is, remembered for two seconds. */
function createKeyRing(system: System): Door['sourceOf'] {
  const known = new Map<string, KnownSource & { readonly untilMs: number }>();
  return async (key) => {
    const hit = known.get(key);
    if (hit && hit.untilMs > performance.now()) return hit;
    known.delete(key);
    const source = await selectAlertSourceByKey(system.database, digest(key), system.clock.now());
    if (!source || !SPEAKS_JSON.has(source.kind))
      throw new AppError(
        'not_found',
        source
          ? `The source with this key takes nothing here: its kind is ${source.kind}. Its own address stands under Settings, Alert sources.`
          : 'No alert source has this key. Copy the address again from Settings, Alert sources.',
      );
    const row = source.kind === 'generic' ? await selectMapping(system.database, source) : null;
    const untilMs = performance.now() + KEY_CACHE_MS;
    const found = { source, mapping: row && compileMapping(row.mapping), untilMs };
    if (known.size >= KEY_CACHE_SIZE) known.clear();
    known.set(key, found);
    return found;
  };
}

/** Notes when a source last said something; only for people to look at, so at most every ten seconds and never in the way. */
function createMarker(system: System): (source: AlertSourceRow, at: Date) => void {
  const lastMarked = new Map<string, number>();
  return (source, at) => {
    if (at.getTime() - (lastMarked.get(source.id) ?? 0) < LAST_SIGNAL_EVERY_MS) return;
    lastMarked.set(source.id, at.getTime());
    updateLastSignal(system.database, source, at).catch((error: unknown) =>
      system.log.warn({ err: String(error) }, 'last signal not noted'),
    );
  };
}
