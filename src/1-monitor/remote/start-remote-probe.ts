import { setTimeout as sleep } from 'node:timers/promises';
import { startCheckEngine } from '../check/engine-client.ts';
import type { CheckEngineLog } from '../check/engine-options.ts';
import type { CheckResult, CheckSpec } from '../check/spec.ts';
import { messagesOf, wireResultOf } from '../location/wire-result.ts';
import { openServerLink } from './server-link.ts';
import { openSpool } from './spool.ts';

export interface RemoteProbeOptions {
  readonly server: string;
  readonly token: string;
  /** Where results wait while the server is away. */
  readonly folder: string;
  /** How much of the disk they may fill; 256 MB unless said. */
  readonly spoolBytes?: number;
  readonly version: string;
  /** The folder of the programs that monitors may name; without it, none is run. */
  readonly programs?: string;
  readonly log: CheckEngineLog;
  /** The browser of journeys; nothing = the usual places are looked at. */
  readonly chromium?: string;
}

export interface RemoteProbe {
  /** Ends the checks; what was found is handed in or stands on the disk. */
  readonly stop: () => Promise<void>;
}

const ASK_MS = 5_000;
const REVOKED_ASK_MS = 60_000;
const RETRY_MS = { first: 1_000, max: 15_000 };
const SPOOL_BYTES = 268_435_456;
const GIVEN_UP_SAY_MS = 60_000;

/**
 * Checks from here what the server says, with the same engine, and hands in what it finds. While the server is away it
 * goes on with what it was told and keeps what it finds on disk, to be handed in later with its true times.
 */
export async function startRemoteProbe(options: RemoteProbeOptions): Promise<RemoteProbe> {
  const { log, version } = options;
  let givenUp = 0;
  let givenUpSaidMs = 0;
  const link = openServerLink(options.server, options.token);
  const spool = await openSpool(options.folder, options.spoolBytes ?? SPOOL_BYTES, (results, why) => {
    givenUp += results;
    if (Date.now() - givenUpSaidMs < GIVEN_UP_SAY_MS) return;
    givenUpSaidMs = Date.now();
    const words =
      why === 'full' ? 'the place for results on this disk is full; the oldest go' : 'kept results cannot be read';
    log.error({ results: givenUp }, words);
    givenUp = 0;
  });
  const ended = new AbortController();
  /** Ends a wait for the server early: it was heard of. */
  let heard = new AbortController();
  const engine = startCheckEngine({
    onResults: take,
    log,
    setup: { programs: options.programs ?? null, chromium: options.chromium ?? null },
    in: 'thread',
  });
  let tag: string | null = null;
  let place = '';
  let monitors = 0;
  let said = '';
  let draining: Promise<void> | null = null;

  /** Says it once, not every five seconds. */
  function say(words: string, level: 'info' | 'warn' | 'error', fields: object = {}): void {
    if (words === said) return;
    said = words;
    log[level](fields, words);
  }

  async function take(results: readonly CheckResult[]): Promise<void> {
    const found = results.map(wireResultOf);
    // Behind what waits, so that the server hears of everything in its order.
    if (spool.size() === 0) {
      const sent = await link.handIn(found);
      if (sent.ok) return;
      if (sent.why === 'refused')
        return log.error({ reason: sent.message }, 'the server refused results; they are left out');
    }
    for (const message of messagesOf(found)) await spool.append(message);
    draining ??= drain().finally(() => {
      draining = null;
    });
  }

  async function drain(): Promise<void> {
    let waitMs = RETRY_MS.first;
    while (!ended.signal.aborted) {
      const batch = await spool.oldest();
      if (batch === null) return;
      const sent = await link.handIn(batch.results);
      if (sent.ok || sent.why === 'refused') {
        if (!sent.ok) log.error({ reason: sent.message }, 'the server refused results; they are left out');
        await spool.drop(batch.names);
        waitMs = RETRY_MS.first;
        continue;
      }
      heard = new AbortController();
      const signal = AbortSignal.any([ended.signal, heard.signal]);
      await sleep(waitMs, undefined, { signal }).catch(() => undefined);
      waitMs = Math.min(waitMs * 2, RETRY_MS.max);
    }
  }

  function assign(specs: readonly CheckSpec[]): void {
    const kept = new Set(specs.map(({ monitorId }) => monitorId));
    engine.remove([...known].filter((id) => !kept.has(id)));
    if (known.size === 0) engine.replaceAll(specs);
    else engine.upsert(specs);
    known = kept;
    monitors = specs.length;
  }
  let known = new Set<string>();

  async function ask(): Promise<number> {
    const stats = engine.stats();
    const load = {
      monitors,
      checksRunning: stats.checksRunning,
      resultsWaiting: stats.resultsWaiting + spool.size(),
      resultsDropped: stats.resultsDropped + spool.dropped(),
      latenessP99Ms: stats.latenessP99Ms,
      rssBytes: process.memoryUsage.rss(),
    };
    const sent = await link.ask({ version, load, have: tag });
    if (sent.ok) {
      heard.abort();
      if (sent.answer === null) {
        say(`checking ${monitors} monitors from ${place}`, 'info', { monitors });
        return ASK_MS;
      }
      tag = sent.answer.tag;
      place = sent.answer.location;
      assign(sent.answer.specs);
      say(`checking ${monitors} monitors from ${place}`, 'info', { monitors });
      return ASK_MS;
    }
    if (sent.why === 'revoked') {
      assign([]);
      tag = null;
      say('the server does not know this token (any more); nothing is checked', 'error', { reason: sent.message });
      return REVOKED_ASK_MS;
    }
    say('the server is away; checks go on and wait on this disk', 'warn', { reason: sent.message });
    return ASK_MS;
  }

  async function go(): Promise<void> {
    if (spool.size() > 0) {
      draining ??= drain().finally(() => {
        draining = null;
      });
    }
    while (!ended.signal.aborted) {
      const nextMs = await ask();
      await sleep(nextMs, undefined, { signal: ended.signal }).catch(() => undefined);
    }
  }
  const going = go();

  return {
    async stop() {
      ended.abort();
      await engine.stop();
      await Promise.all([going, draining]);
    },
  };
}
