import { z } from 'zod';
import { CHECK_LIMITS } from '../check/limits.ts';
import type { CheckArtefacts, CheckErrorKind, CheckSpec, StepRun } from '../check/spec.ts';
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
const ms = z.number().min(0).max(86_400_000);
const instantMs = z.number().int().min(0).max(253_402_300_799_000);
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
  failures: z.array(z.object({ expected: text, got: text })).max(CHECK_LIMITS.assertions + 1),
  error: z.object({ kind: z.string().max(40), message: text }).nullable(),
  evidence: z
    .object({
      headers: z.array(z.tuple([z.string().max(256), z.string().max(CHECK_LIMITS.evidenceHeaderLength)])).max(100),
      bodyStart: z.string().max(CHECK_LIMITS.evidenceBodyBytes * 2),
    })
    .nullable(),
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

export const resultsBody = z.object({ results: z.array(wireResult).min(1).max(WIRE_LIMITS.resultsAtOnce) });
export type ResultsBody = z.output<typeof resultsBody>;
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
  readonly artefacts?: CheckArtefacts;
}): WireResult {
  const cut = (value: string) => value.slice(0, WIRE_LIMITS.fieldLength).toWellFormed();
  const { monitorId, dueAtMs, startedAtMs, latenessMs, outcome, totalMs, phases, status, address } = result;
  const { certificateExpiresAtMs, failures, error, evidence, steps, artefacts } = result;
  return {
    monitorId,
    dueAtMs: Math.round(dueAtMs),
    startedAtMs: Math.round(startedAtMs),
    latenessMs,
    outcome,
    totalMs,
    phases,
    status,
    address,
    certificateExpiresAtMs,
    failures: failures.map(({ expected, got }) => ({ expected: cut(expected), got: cut(got) })),
    error: error && { kind: error.kind, message: cut(error.message) },
    evidence: evidence && {
      headers: evidence.headers.map(([name, value]) => [name.slice(0, 256), value]),
      bodyStart: evidence.bodyStart,
    },
    ...(steps === null ? {} : { steps: steps.slice(0, CHECK_LIMITS.stepRuns).map(wireStepOf) }),
    ...(artefacts === undefined ? {} : { artefacts: wireArtefactsOf(artefacts) }),
  };
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
  let length = 0;
  for (const result of results) {
    const own = (result.artefacts?.picture?.length ?? 0) + (result.artefacts?.trace?.length ?? 0);
    const last = messages.at(-1);
    if (last === undefined || last.length >= WIRE_LIMITS.resultsAtOnce || length + own > WIRE_LIMITS.artefactsLength) {
      messages.push([result]);
      length = own;
      continue;
    }
    last.push(result);
    length += own;
  }
  return messages;
}

function wireStepOf(step: StepRun): NonNullable<WireResult['steps']>[number] {
  const cut = (value: string, length: number = CHECK_LIMITS.stepTextLength) => value.slice(0, length).toWellFormed();
  return {
    ...step,
    name: cut(step.name, CHECK_LIMITS.stepNameLength),
    failures: step.failures
      .slice(0, CHECK_LIMITS.assertions + 1)
      .map(({ expected, got }) => ({ expected: cut(expected), got: cut(got) })),
    error: step.error && { kind: step.error.kind, message: cut(step.error.message) },
    values: step.values
      .slice(0, CHECK_LIMITS.stepValues)
      .map(([name, value]) => [cut(name, 60), cut(value, CHECK_LIMITS.stepValueLength)]),
  };
}
