import { isIP } from 'node:net';
import { z } from 'zod';
import { CHECK_LIMITS } from '../check/limits.ts';
import type { CheckSpec } from '../check/spec.ts';
import { probeLoad } from './contract.ts';
import { LAST_MS, MOST_MS, WIRE_LIMITS } from './wire-limits.ts';

/**
 * What a probe and its server say to each other: JSON over HTTPS, `Authorization: Bearer <token>`. The probe asks every
 * few seconds what to check (`POST /probe/v1/assignment`) and hands in what it found (`POST /probe/v1/results`).
 */
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
  // Shown as an address and linked as one: anything else is none.
  address: z
    .string()
    .max(100)
    .nullable()
    .transform((address) => (address !== null && isIP(address) !== 0 ? address : null)),
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
