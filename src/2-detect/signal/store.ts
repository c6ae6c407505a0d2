import { addSeconds } from '#kernel/duration.ts';
import { numberArray, textArray } from '#platform/array-parameter.ts';
import { type Database, runSql } from '#platform/database.ts';
import { newId } from '#platform/ids.ts';
import { PROMPT_AFTER_SECONDS, SUSPECT_AFTER_SECONDS } from '../alert/alert.ts';
import type { CloseReason } from '../alert/contract.ts';
import { forgetHeld } from '../alert/held-alerts.ts';
import type { Announcement } from '../alert/tables.ts';
import { type HeldKeys, NONE_HELD } from './held-keys.ts';
import { gravestOf, type SignalGroup } from './signal.ts';
import type { SignalTables } from './tables.ts';

/** What became of one group: its alert, and what later stages must be told of it. */
export type Written = {
  readonly alertId: string | null;
  readonly announce: Announcement | null;
  /** Whether this write opened the alert. */
  readonly opened: boolean;
};

/** `g` counts from 1. */
type WrittenRow = { readonly g: number; readonly alert_id: string; readonly announce: Announcement | null };

/**
 * Writes groups of firing signals: counts on each alert that holds its key, raises its severity when a signal is graver,
 * opens an alert for each new key, and keeps the signals. One statement; the answers are in the order of the groups.
 * Groups that are held are not described, and those that repeat what was kept a moment ago are only counted; where that
 * was wrong, nothing is written and `isNotHeld` knows the error.
 */
export async function writeFiring(
  database: Database,
  groups: readonly SignalGroup[],
  { holds: isHeld, repeats }: Pick<HeldKeys, 'holds' | 'repeats'> = NONE_HELD,
): Promise<Written[]> {
  if (groups.length === 0) return [];
  forgetHeld(database);
  const gravest = textArray(groups.map(({ signals }) => gravestOf(signals)));
  const proposed = groups.map((group) => (isHeld(group) ? null : alertOf(group.signals)));
  const alerts = textArray(proposed.map((alert) => alert && JSON.stringify(alert)));
  const kept = signalsOf(groups, (group) => !(isHeld(group) && repeats(group)));
  const { rows } = await runSql(database, WRITE_FIRING, [...keysOf(groups), gravest, alerts, ...kept]);
  const ids = new Set(proposed.map((alert) => alert?.id));
  return answers(groups, rows as WrittenRow[], (alertId) => ids.has(alertId));
}

/** Whether `writeFiring` wrote nothing because a key was not held after all. */
export function isNotHeld(error: unknown): boolean {
  return (error as { code?: unknown }).code === NOT_HELD;
}

/** Writes groups of resolving signals: closes the alert that holds the key, if any, and keeps the signals with it. */
export async function writeResolved(
  database: Database,
  groups: readonly SignalGroup[],
  reason: CloseReason,
): Promise<Written[]> {
  if (groups.length === 0) return [];
  forgetHeld(database);
  const { rows } = await runSql(database, WRITE_RESOLVED, [reason, ...keysOf(groups), ...signalsOf(groups)]);
  return answers(groups, rows as WrittenRow[], () => false);
}

// The functions, and this code, are in the migrations.
const NOT_HELD = 'ALKEY';
const WRITE_FIRING =
  'select g, alert_id, announce from write_firing($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)';
const WRITE_RESOLVED =
  'select g, alert_id, announce from write_resolved($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)';

/** Workspace, scope, key, size and last time of every group. */
function keysOf(groups: readonly SignalGroup[]) {
  return [
    textArray(groups.map(({ signals: [first] }) => first.workspaceId)),
    textArray(groups.map(({ signals: [first] }) => first.scope)),
    textArray(groups.map(({ signals: [first] }) => first.dedupKey)),
    numberArray(groups.map(({ signals }) => signals.length)),
    numberArray(groups.map(({ signals }) => (signals.at(-1) ?? signals[0]).receivedAt.getTime())),
  ];
}

/** Group, position, severity, title, source, time and payload of every signal that is kept. */
function signalsOf(groups: readonly SignalGroup[], isKept: (group: SignalGroup) => boolean = () => true) {
  const kept = groups.flatMap((group, i) => (isKept(group) ? [{ g: i + 1, of: group.signals }] : []));
  const signals = kept.flatMap(({ of }) => of);
  return [
    numberArray(kept.flatMap(({ g, of }) => of.map(() => g))),
    numberArray(kept.flatMap(({ of }) => of.map((_, i) => i + 1))),
    textArray(signals.map(({ severity }) => severity)),
    textArray(signals.map(({ title }) => title)),
    textArray(signals.map(({ source }) => source)),
    numberArray(signals.map(({ receivedAt }) => receivedAt.getTime())),
    textArray(signals.map(({ payload }) => payload)),
  ];
}

function answers(
  groups: readonly SignalGroup[],
  rows: readonly WrittenRow[],
  isNew: (alertId: string) => boolean,
): Written[] {
  const written: Written[] = groups.map(() => ({ alertId: null, announce: null, opened: false }));
  for (const { g, alert_id, announce } of rows) {
    written[g - 1] = { alertId: alert_id, announce, opened: isNew(alert_id) };
  }
  return written;
}

/** What a group of signals says of an alert: since the first, in the words of the first of the gravest. */
function alertOf(signals: SignalGroup['signals']) {
  const [first] = signals;
  const severity = gravestOf(signals);
  const watched = severity === 'critical';
  const gravest = signals.find((signal) => signal.severity === severity) ?? first;
  return {
    id: newId('alt', first.receivedAt.getTime()),
    title: gravest.title,
    source: first.origin,
    alert_source_id: first.alertSourceId,
    alert_source_name: first.alertSourceName,
    monitor_id: first.monitorId,
    service_id: first.serviceId,
    drill: first.drill,
    began_at: first.beganAt,
    first_seen_at: first.receivedAt,
    labels: first.labels,
    url: gravest.url,
    evidence: gravest.evidence,
    prompt_due_at: watched ? addSeconds(first.receivedAt, PROMPT_AFTER_SECONDS) : null,
    suspect_due_at: watched ? addSeconds(first.receivedAt, SUSPECT_AFTER_SECONDS) : null,
  };
}

const SHOWN = ['alertId', 'ordinal', 'status', 'severity', 'title', 'source', 'receivedAt', 'payload'] as const;
/** Of each alert the first signal and this many of the latest are shown; a few more may be stored. */
export const LATEST = 199;

/** The first signal of an alert of `count` and the latest ones, with an ordinal below the given one, latest first. */
export async function selectSignals(
  database: Database,
  where: { workspaceId: string; alertId: string; count: number; below: number | null; limit: number },
) {
  let query = database
    .withTables<SignalTables>()
    .selectFrom('signal')
    .select(SHOWN)
    .where('workspaceId', '=', where.workspaceId)
    .where('alertId', '=', where.alertId)
    .where((eb) => eb.or([eb('ordinal', '=', 1), eb('ordinal', '>', where.count - LATEST)]));
  if (where.below !== null) query = query.where('ordinal', '<', where.below);
  return await query.orderBy('ordinal', 'desc').limit(where.limit).execute();
}
