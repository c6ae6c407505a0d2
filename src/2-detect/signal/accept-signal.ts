import { AppError } from '#kernel/errors.ts';
import type { System } from '#platform/ctx.ts';
import type { AlertSourceRow } from '../alert-source/store.ts';
import { applyMapping, type CompiledMapping } from '../mapping/mapping.ts';
import { upsertSubscription } from '../mapping/store.ts';
import { subscriptionIn } from '../mapping/subscription.ts';
import { type Claim, withSource } from './claim.ts';
import type { IntakeBody } from './contract.ts';
import { doorOf, type Stored } from './door.ts';
import { formatOfKind, type GroupFormat, membersIn, readFormat } from './group-format.ts';
import { readIntake, readJson, readShallowJson, refuseSignal } from './intake-body.ts';
import type { Oversized } from './oversized.ts';

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
  /** Writes down what was too large for either; it never throws. */
  readonly refuseSize: (key: string, format: GroupFormat | null, oversized: Oversized) => Promise<void>;
};

/** All of a message is written in one transaction, in which others wait. */
const MOST_CLAIMS = 5_000;

/** Our own JSON, what a mapping makes of any other, and groups of alerts. */
export function createIntake(system: System): Intake {
  const door = doorOf(system);

  async function submit(source: AlertSourceRow, body: IntakeBody, payload: string): Promise<Accepted> {
    const [answer] = await door.store(source, [claimOf(body, payload)], { format: 'json', text: payload });
    return answer ? acceptedOf(answer) : { alertId: null, dedupKey: '' };
  }

  async function acceptGroupOf(source: AlertSourceRow, format: GroupFormat, bytes: Uint8Array): Promise<AcceptedGroup> {
    door.enter(source);
    const json = readShallowJson(bytes);
    if (!json.ok) return await door.refuse(source, format, bytes, json);
    const many = membersIn(json.value);
    if (many > MOST_CLAIMS) return await door.refuse(source, format, bytes, tooMany(many));
    const read = readFormat(format, json.value);
    if (!read.ok) return await door.refuse(source, format, bytes, refuseSignal(read.errors));
    const stored = await door.store(source, read.claims, { format, text: json.text });
    return { alerts: stored.map(acceptedOf), ...(read.note === null ? {} : { note: read.note }) };
  }

  async function acceptMapped(source: AlertSourceRow, mapping: CompiledMapping, bytes: Uint8Array) {
    const read = readJson(bytes);
    if (!read.ok) return await door.refuse(source, 'json', bytes, read);
    const ignore = (why: string) => {
      door.note(source, { format: 'json', text: read.text }, { became: 'ignored', text: why });
      return ignored(why);
    };
    const asked = subscriptionIn(read.value);
    if (asked !== null) {
      const at = { askedAt: system.clock.now(), workspaceId: source.workspaceId, alertSourceId: source.id };
      await upsertSubscription(system.database, { ...asked, ...at });
      return ignore('The subscription waits for somebody to confirm it under Settings, Alert sources.');
    }
    const mapped = applyMapping(mapping, read.value);
    if (mapped.outcome === 'refused') return await door.refuse(source, 'json', bytes, refuseSignal(mapped.errors));
    if (mapped.outcome === 'ignored') return ignore(mapped.why);
    return await submit(source, mapped.body, read.text);
  }

  return {
    async accept(key, bytes) {
      const { source, mapping } = await door.sourceOf(key);
      const format = formatOfKind(source.kind);
      if (format !== null) return await asBusy(acceptGroupOf(source, format, bytes));
      door.enter(source);
      if (mapping !== null) return await acceptMapped(source, mapping, bytes);
      const read = readIntake(bytes);
      if (!read.ok) return await door.refuse(source, 'json', bytes, read);
      return await submit(source, read.body, read.text);
    },
    async acceptGroup(key, format, bytes) {
      return await asBusy(acceptGroupOf((await door.sourceOf(key)).source, format, bytes));
    },
    async refuseSize(key, format, oversized) {
      // Whoever has no key is told no more than the limit.
      const found = await door.sourceOf(key).catch(() => null);
      if (found === null) return;
      await door.refuseSize(found.source, format ?? formatOfKind(found.source.kind) ?? 'json', oversized);
    },
  };
}

/** Senders of groups give up what is answered with 429 and repeat what is answered with 503. */
async function asBusy<Result>(taking: Promise<Result>): Promise<Result> {
  try {
    return await taking;
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'limit') throw error;
    const { message, retryAfterSeconds = 1 } = error;
    throw new AppError('unavailable', message, { retryAfterSeconds, cause: error });
  }
}

function tooMany(many: number) {
  const message = `holds ${many} alerts, and at most ${MOST_CLAIMS} are taken`;
  return {
    message: `The message was refused: it ${message}. Send smaller groups, or set max_alerts of the receiver.`,
    errors: [{ path: 'alerts', message }],
    tooLarge: true,
  };
}

function acceptedOf({ alertId, dedupKey }: Stored): Accepted {
  return { alertId, dedupKey };
}

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
    labels: withSource(labels ?? {}, source ?? null),
    url: url ?? null,
    evidence:
      details === undefined && source === undefined ? null : { source: source ?? null, details: details ?? null },
    beganAt: null,
    drill: false,
    payload,
  };
}
