import type { Answer, Verdict } from '../check/answer.ts';
import { askHttp } from '../check/ask-http.ts';
import { blame } from '../check/blame.ts';
import { beginHttpRun, type CheckRun, type CheckWorld, type HttpRun, remainingMs } from '../check/check-run.ts';
import { conclude, outcomeOf } from '../check/conclude.ts';
import { seconds } from '../check/describe-result.ts';
import { collectEvidence } from '../check/evidence.ts';
import { fault } from '../check/faults.ts';
import { CHECK_LIMITS } from '../check/limits.ts';
import type { AssertionFailure, CheckError, CheckEvidence, HttpSpec, SpecOf, StepRun } from '../check/spec.ts';
import type { Target } from '../check/target.ts';
import { type ApiStep, isSecretTaken, stepTitle } from '../kind/api.ts';
import { stepRequest } from './api-request.ts';
import { takeValue } from './api-take.ts';
import { ApiValues, MissingValue } from './api-values.ts';
import { CookieJar } from './cookie-jar.ts';
import type { Protocol } from './protocol.ts';

/** What steps that tidy up may take when the whole time is over. */
const TIDY_MS = 3_000;

/** Asks step by step. Every request is resolved, guarded and made like that of an HTTP monitor. */
export const askApi: Protocol<'api'> = async (spec, target, run, world) => {
  const session = new Session(spec, target, run, world);
  const steps: StepRun[] = [];
  let failed: Failed | null = null;
  for (const step of spec.options.steps) {
    const done: Done = failed !== null && !step.always ? notRun(step) : await session.run(step, failed !== null);
    steps.push(done.step);
    failed ??= done.failed ?? null;
  }
  if (failed === null) return { error: null, received: { status: null, headers: [], body: Buffer.alloc(0) }, steps };
  const { status, verdict } = failed;
  const received = { status, headers: [], body: Buffer.alloc(0) };
  return { error: null, received, verdict, steps };
};

interface Failed {
  readonly status: number | null;
  readonly verdict: Verdict;
}
type Done = { readonly step: StepRun; readonly failed?: Failed };

/** One run of all steps: what they know of each other. */
class Session {
  readonly #spec: SpecOf<'api'>;
  readonly #target: Target;
  readonly #run: CheckRun;
  readonly #world: CheckWorld;
  readonly #values: ApiValues;
  readonly #cookies = new CookieJar();
  #tidyEndsMs: number | null = null;

  constructor(spec: SpecOf<'api'>, target: Target, run: CheckRun, world: CheckWorld) {
    this.#spec = spec;
    this.#target = target;
    this.#run = run;
    this.#world = world;
    this.#values = new ApiValues(spec.options.variables);
  }

  /** `late`: another one has failed, and this one tidies up. */
  async run(step: ApiStep, late: boolean): Promise<Done> {
    const startedMs = performance.now() - this.#run.beganMs;
    let request: HttpSpec;
    try {
      request = stepRequest(step, this.#spec, this.#target, this.#values, this.#remainingMs(late));
    } catch (error) {
      if (!(error instanceof MissingValue)) throw error;
      // What was never made needs no tidying up.
      return late ? notRun(step) : this.#fail(step, startedMs, fault('answer', error.message));
    }
    if (request.timeoutMs <= 0) {
      const message = `the ${seconds(this.#spec.timeoutMs)} for all steps were over before it began`;
      return late ? notRun(step) : this.#fail(step, startedMs, fault('timeout', message));
    }
    return this.#ask(step, request, startedMs);
  }

  #remainingMs(late: boolean): number {
    const remaining = remainingMs(this.#run);
    if (!late || remaining >= TIDY_MS) return remaining;
    this.#tidyEndsMs ??= performance.now() + Math.min(TIDY_MS, this.#spec.timeoutMs);
    return Math.max(remaining, this.#tidyEndsMs - performance.now());
  }

  async #ask(step: ApiStep, request: HttpSpec, startedMs: number): Promise<Done> {
    const run = beginHttpRun(request, this.#world.deadlines, looksIntoBody(step));
    const asked = await askHttp(run, this.#world, this.#cookies);
    const tookMs = performance.now() - run.beganMs;
    this.#world.deadlines.remove(run.deadline);
    this.#note(run);
    const error = asked.error === null ? null : await blame(asked.error, run, this.#world);
    const { verdict, answer } = await conclude({ ...asked, error }, tookMs, run);
    const took = answer === null ? NOTHING_TAKEN : this.#take(step, answer);
    const held = verdict.outcome === 'up' ? took : { failures: [], error: null };
    const failures = [...verdict.failures, ...held.failures]
      .slice(0, CHECK_LIMITS.assertions + 1)
      .map((one) => this.#maskedFailure(one));
    const broken = verdict.error ?? held.error;
    const passed = failures.length === 0 && broken === null;
    const status = asked.received?.status ?? null;
    const shown: StepRun = {
      ...blank(step),
      outcome: passed ? 'passed' : 'failed',
      startedMs,
      tookMs,
      status,
      phases: run.phases,
      failures,
      error: broken && { kind: broken.kind, message: this.#values.mask(broken.message) },
      values: [...took.names].map((name) => [name, this.#values.shown(name)] as const),
    };
    if (passed) return { step: shown };
    const evidence = answer === null ? null : this.#evidence(answer);
    return { step: shown, failed: { status, verdict: this.#verdict(step, failures, broken, evidence) } };
  }

  /** Takes what it can even from an answer that is not right, so that what is secret in it is known to be. */
  #take(step: ApiStep, answer: Answer): Took {
    const names = new Set<string>();
    const failures: AssertionFailure[] = [];
    let error: CheckError | null = null;
    for (const one of step.take) {
      const found = takeValue(one, answer, this.#cookies);
      if (found.ok) {
        this.#values.set(one.name, found.value, isSecretTaken(one));
        names.add(one.name);
      } else if ('fault' in found) error ??= fault('pattern', found.fault);
      else failures.push({ expected: found.expected, got: found.got });
    }
    return { names, failures, error };
  }

  #fail(step: ApiStep, startedMs: number, error: CheckError): Done {
    const tookMs = performance.now() - this.#run.beganMs - startedMs;
    const shown: StepRun = { ...blank(step), outcome: 'failed', startedMs, tookMs, error };
    return { step: shown, failed: { status: null, verdict: this.#verdict(step, [], error, null) } };
  }

  /** What the whole check comes to when this step is the first that failed. */
  #verdict(
    step: ApiStep,
    failures: readonly AssertionFailure[],
    error: CheckError | null,
    evidence: CheckEvidence | null,
  ): Verdict {
    const title = stepTitle(step);
    const named = failures.map((one) => ({ ...one, expected: `${one.expected} (step “${title}”)` }));
    if (error === null) return { outcome: 'down', failures: named, error, evidence };
    const message = this.#values.mask(`step “${title}”: ${error.message}`);
    return { outcome: outcomeOf(error), failures: named, error: { kind: error.kind, message }, evidence };
  }

  #evidence(answer: Answer): CheckEvidence {
    const { headers, bodyStart } = collectEvidence(answer);
    return {
      headers: headers.map(([name, value]) => [name, this.#masked(value, CHECK_LIMITS.evidenceHeaderLength)] as const),
      bodyStart: this.#masked(bodyStart, CHECK_LIMITS.evidenceBodyBytes),
    };
  }

  /** Cut once more: what stands for a short secret is longer than it. */
  #masked(text: string, length: number): string {
    return this.#values.mask(text).slice(0, length).toWellFormed();
  }

  #maskedFailure({ expected, got }: AssertionFailure): AssertionFailure {
    const length = CHECK_LIMITS.stepTextLength;
    return { expected: this.#masked(expected, length), got: this.#masked(got, length) };
  }

  /** What is known of the check as a whole: times added up, the last address and way, the certificate that ends first. */
  #note({ phases, address, connection, certificateExpiresAtMs }: HttpRun): void {
    for (const phase of PHASES) {
      const ms = phases[phase];
      if (ms !== null) this.#run.phases[phase] = (this.#run.phases[phase] ?? 0) + ms;
    }
    this.#run.address = address ?? this.#run.address;
    this.#run.connection = connection ?? this.#run.connection;
    if (certificateExpiresAtMs !== null)
      this.#run.certificateExpiresAtMs = Math.min(
        certificateExpiresAtMs,
        this.#run.certificateExpiresAtMs ?? Number.POSITIVE_INFINITY,
      );
  }
}

const PHASES = ['dnsMs', 'tcpMs', 'tlsMs', 'firstByteMs', 'transferMs'] as const;

interface Took {
  readonly names: ReadonlySet<string>;
  readonly failures: readonly AssertionFailure[];
  readonly error: CheckError | null;
}
const NOTHING_TAKEN: Took = { names: new Set(), failures: [], error: null };

function looksIntoBody({ take }: ApiStep): boolean {
  return take.some(({ from }) => from === 'json' || from === 'body');
}

function notRun(step: ApiStep): Done {
  return { step: blank(step) };
}

function blank(step: ApiStep): StepRun {
  return {
    name: stepTitle(step),
    outcome: 'not-run',
    startedMs: 0,
    tookMs: 0,
    status: null,
    phases: null,
    failures: [],
    error: null,
    values: [],
  };
}
