import { z } from 'zod';
import { CHECK_LIMITS } from '../check/limits.ts';
import type { CheckArtefacts, CheckConnection, CheckErrorKind, CheckSpec, StepRun } from '../check/spec.ts';
import { probeLoad } from './contract.ts';

/**
 * What a probe and its server say to each other: JSON over HTTPS, `Authorization: Bearer <token>`. The probe asks every
 * few seconds what to check (`POST /probe/v1/assignment`) and hands in what it found (`POST /probe/v1/results`).
 */
export const WIRE_LIMITS = {
  resultsAtOnce: 500,
  bodyBytes: 8_388_608,
  fieldLength: 4_096,
  pictureLength: 450_000,
  traceLength: 2_900_000,
  /** Of pictures and traces in one message. */
  artefactsLength: 4_000_000,
  /** Of everything else in one message, and in one result. */
  wordsBytes: 4_000_000,
  resultBytes: 3_500_000,
  failures: CHECK_LIMITS.assertions + 1,
  headers: 100,
} as const;

export const assignmentBody = z.object({
  version: z.string().max(60),
  load: probeLoad,
  /** The assignment that the probe holds; the same one is answered by 204. */
  have: z.string().max(64).nullable(),
});
export type AssignmentBody = z.output<typeof assignmentBody>;

export interface AssignmentAnswer {
  readonly tag: string;
  readonly location: string;
  readonly specs: readonly CheckSpec[];
}

const text = z.string().max(WIRE_LIMITS.fieldLength);
const MOST_MS = 86_400_000;
const LAST_MS = 253_402_300_799_000;
const ms = z.number().min(0).max(MOST_MS);
const instantMs = z.number().int().min(0).max(LAST_MS);
const phase = ms.nullable();
const wirePhases = z.object({ dnsMs: phase, tcpMs: phase, tlsMs: phase, firstByteMs: phase, transferMs: phase });

const stepText = z.string().max(CHECK_LIMITS.stepTextLength);
const wireStep = z.object({
  name: z.string().max(CHECK_LIMITS.stepNameLength),
  outcome: z.enum(['passed', 'failed', 'not-run']),
  startedMs: ms,
  tookMs: ms,
  status: z.number().int().min(0).max(999).nullable(),
  phases: wirePhases.nullable(),
  failures: z.array(z.object({ expected: stepText, got: stepText })).max(CHECK_LIMITS.assertions + 1),
  error: z.object({ kind: z.string().max(40), message: stepText }).nullable(),
  values: z
    .array(z.tuple([z.string().max(60), z.string().max(CHECK_LIMITS.stepValueLength)]))
    .max(CHECK_LIMITS.stepValues),
});

/** One check, as an engine answers it; whose it is says the token, never the body. */
const wireResult = z.object({
  monitorId: z.string().max(80),
  dueAtMs: instantMs,
  startedAtMs: instantMs,
  latenessMs: ms,
  outcome: z.enum(['up', 'degraded', 'down', 'unknown']),
  totalMs: ms,
  phases: wirePhases,
  status: z.number().int().min(0).max(999).nullable(),
  address: z.string().max(100).nullable(),
  certificateExpiresAtMs: z.number().int().min(-8.64e15).max(8.64e15).nullable(),
  failures: z.array(z.object({ expected: text, got: text })).max(WIRE_LIMITS.failures),
  error: z.object({ kind: z.string().max(40), message: text }).nullable(),
  evidence: z
    .object({
      headers: z
        .array(z.tuple([z.string().max(256), z.string().max(CHECK_LIMITS.evidenceHeaderLength)]))
        .max(WIRE_LIMITS.headers),
      bodyStart: z.string().max(CHECK_LIMITS.evidenceBodyBytes * 2),
    })
    .nullable(),
  /** Absent for plain HTTP/1.1 and other protocols. */
  connection: z
    .object({ httpVersion: z.enum(['1.1', '2']).nullable(), proxy: z.string().max(WIRE_LIMITS.fieldLength).nullable() })
    .nullish(),
  /** Absent from probes that know no checks in steps. */
  steps: z.array(wireStep).max(CHECK_LIMITS.stepRuns).nullish(),
  /** Of a journey that was not up, in base 64. */
  artefacts: z
    .object({
      picture: z.base64().max(WIRE_LIMITS.pictureLength).nullable(),
      trace: z.base64().max(WIRE_LIMITS.traceLength).nullable(),
    })
    .nullish(),
});

/** Each is judged on its own: a probe of another version, or what a target made it say, spoils no result beside it. */
export const resultsBody = z.object({ results: z.array(z.unknown()).min(1).max(WIRE_LIMITS.resultsAtOnce) });
export type TakenResult = z.output<typeof wireResult>;

/** Those that can be taken; of the others how many there are, and what is wrong with the first. */
export function takeResults(results: readonly unknown[]): {
  readonly taken: readonly TakenResult[];
  readonly refused: number;
  readonly why: string | null;
} {
  const taken: TakenResult[] = [];
  let why: string | null = null;
  for (const result of results) {
    const parsed = wireResult.safeParse(result);
    if (parsed.success) taken.push(parsed.data);
    else why ??= parsed.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`)[0] ?? '';
  }
  return { taken, refused: results.length - taken.length, why };
}
export type WireResult = z.input<typeof wireResult>;

/** A found result in the words of the wire: nothing longer than is taken. */
export function wireResultOf(result: {
  readonly monitorId: string;
  readonly dueAtMs: number;
  readonly startedAtMs: number;
  readonly latenessMs: number;
  readonly outcome: WireResult['outcome'];
  readonly totalMs: number;
  readonly phases: WireResult['phases'];
  readonly status: number | null;
  readonly address: string | null;
  readonly certificateExpiresAtMs: number | null;
  readonly failures: readonly { readonly expected: string; readonly got: string }[];
  readonly error: { readonly kind: CheckErrorKind; readonly message: string } | null;
  readonly evidence: {
    readonly headers: readonly (readonly [name: string, value: string])[];
    readonly bodyStart: string;
  } | null;
  readonly steps: readonly StepRun[] | null;
  readonly connection?: CheckConnection;
  readonly artefacts?: CheckArtefacts;
}): WireResult {
  const { monitorId, dueAtMs, startedAtMs, latenessMs, outcome, totalMs, phases, status, address } = result;
  const { certificateExpiresAtMs, failures, error, evidence, steps, artefacts, connection } = result;
  const wire: WireResult = {
    monitorId,
    dueAtMs: instantOf(dueAtMs),
    startedAtMs: instantOf(startedAtMs),
    latenessMs: msOf(latenessMs),
    outcome,
    totalMs: msOf(totalMs),
    phases: phasesOf(phases),
    status: statusOf(status),
    address: address === null ? null : cut(address, 100),
    certificateExpiresAtMs: within(certificateExpiresAtMs, -8.64e15, 8.64e15, Math.round),
    failures: failuresOf(failures, WIRE_LIMITS.failures, WIRE_LIMITS.fieldLength),
    error: error && { kind: cut(error.kind, 40), message: cut(error.message, WIRE_LIMITS.fieldLength) },
    evidence: evidence && {
      headers: evidence.headers
        .slice(0, WIRE_LIMITS.headers)
        .map(([name, value]) => [cut(name, 256), cut(value, CHECK_LIMITS.evidenceHeaderLength)]),
      bodyStart: cut(evidence.bodyStart, CHECK_LIMITS.evidenceBodyBytes * 2),
    },
    ...(steps === null ? {} : { steps: steps.slice(0, CHECK_LIMITS.stepRuns).map(wireStepOf) }),
    ...(connection === undefined ? {} : { connection }),
    ...(artefacts === undefined ? {} : { artefacts: wireArtefactsOf(artefacts) }),
  };
  // Rather without its steps than not at all.
  return steps !== null && bytesIn(wire) > WIRE_LIMITS.resultBytes ? { ...wire, steps: null } : wire;
}

function cut(value: string, length: number): string {
  return value.slice(0, length).toWellFormed();
}

/** A number as it is taken; one that is none, or none at all, is null. */
function within(value: number | null, min: number, max: number, round = (one: number) => one): number | null {
  return value === null || Number.isNaN(value) ? null : Math.min(max, Math.max(min, round(value)));
}
const msOf = (value: number) => within(value, 0, MOST_MS) ?? 0;
const instantOf = (value: number) => within(value, 0, LAST_MS, Math.round) ?? 0;
const statusOf = (value: number | null) => within(value, 0, 999, Math.round);

function phasesOf({ dnsMs, tcpMs, tlsMs, firstByteMs, transferMs }: WireResult['phases']): WireResult['phases'] {
  const phaseOf = (value: number | null) => within(value, 0, MOST_MS);
  return {
    dnsMs: phaseOf(dnsMs),
    tcpMs: phaseOf(tcpMs),
    tlsMs: phaseOf(tlsMs),
    firstByteMs: phaseOf(firstByteMs),
    transferMs: phaseOf(transferMs),
  };
}

function failuresOf(
  failures: readonly Readonly<WireResult['failures'][number]>[],
  most: number,
  length: number,
): WireResult['failures'] {
  return failures
    .slice(0, most)
    .map(({ expected, got }) => ({ expected: cut(expected, length), got: cut(got, length) }));
}

function bytesIn(result: WireResult): number {
  const { artefacts: _, ...words } = result;
  return Buffer.byteLength(JSON.stringify(words));
}

function wireArtefactsOf({ picture, trace }: CheckArtefacts): NonNullable<WireResult['artefacts']> {
  const encoded = (bytes: Uint8Array | null, length: number) => {
    const text = bytes === null ? null : Buffer.from(bytes).toString('base64');
    return text === null || text.length > length ? null : text;
  };
  return { picture: encoded(picture, WIRE_LIMITS.pictureLength), trace: encoded(trace, WIRE_LIMITS.traceLength) };
}

/** Results in messages that are taken: not too many, and not too large for what they carry. */
export function messagesOf(results: readonly WireResult[]): WireResult[][] {
  const messages: WireResult[][] = [];
  let artefacts = 0;
  let words = 0;
  for (const result of results) {
    const ownArtefacts = (result.artefacts?.picture?.length ?? 0) + (result.artefacts?.trace?.length ?? 0);
    const ownWords = bytesIn(result);
    const last = messages.at(-1);
    if (
      last !== undefined &&
      last.length < WIRE_LIMITS.resultsAtOnce &&
      artefacts + ownArtefacts <= WIRE_LIMITS.artefactsLength &&
      words + ownWords <= WIRE_LIMITS.wordsBytes
    ) {
      last.push(result);
      artefacts += ownArtefacts;
      words += ownWords;
      continue;
    }
    messages.push([result]);
    artefacts = ownArtefacts;
    words = ownWords;
  }
  return messages;
}

function wireStepOf(step: StepRun): NonNullable<WireResult['steps']>[number] {
  return {
    name: cut(step.name, CHECK_LIMITS.stepNameLength),
    outcome: step.outcome,
    startedMs: msOf(step.startedMs),
    tookMs: msOf(step.tookMs),
    status: statusOf(step.status),
    phases: step.phases && phasesOf(step.phases),
    failures: failuresOf(step.failures, CHECK_LIMITS.assertions + 1, CHECK_LIMITS.stepTextLength),
    error: step.error && {
      kind: cut(step.error.kind, 40),
      message: cut(step.error.message, CHECK_LIMITS.stepTextLength),
    },
    values: step.values
      .slice(0, CHECK_LIMITS.stepValues)
      .map(([name, value]) => [cut(name, 60), cut(value, CHECK_LIMITS.stepValueLength)]),
  };
}
