import { CHECK_LIMITS } from '../check/limits.ts';
import type { CheckArtefacts, CheckConnection, CheckErrorKind, StepRun } from '../check/spec.ts';
import type { WireResult } from './probe-wire.ts';
import { MOST_MS, LAST_MS, WIRE_LIMITS } from './wire-limits.ts';

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
