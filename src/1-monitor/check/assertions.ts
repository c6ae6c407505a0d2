import { bodyText, type Answer } from './answer.ts';
import { quote } from './quote.ts';
import { examineJson, type Finding, readJson } from './json-assertion.ts';
import { searchPattern } from './pattern.ts';
import { headerValue } from './response-head.ts';
import type { Assertion, AssertionFailure, CheckSpec, StatusRange } from './spec.ts';

const DAY_MS = 86_400_000;
const DEFAULT_STATUS: Assertion = { kind: 'status', in: [{ from: 200, to: 399 }] };

export interface Judgement {
  readonly failures: readonly AssertionFailure[];
  /** A pattern of ours that could not be searched; then nothing can be said of the target. */
  readonly patternFault: string | null;
}

/** Every assertion that does not hold, in the order asked. `nowMs` only matters for certificates. */
export function judge(assertions: readonly Assertion[], answer: Answer, nowMs: number): Judgement {
  const failures: AssertionFailure[] = [];
  let text: string | null = null;
  const body = (): string => (text ??= bodyText(answer));
  let read: ReturnType<typeof readJson> | null = null;
  const json = () => (read ??= readJson(body()));
  let patternFault: string | null = null;
  const check = (assertion: Assertion): void => {
    const found = examine(assertion, answer, { body, json }, nowMs);
    if (found === null) return;
    if (typeof found === 'string') patternFault ??= found;
    else failures.push({ assertion, ...found });
  };
  if (answer.status !== null && !assertions.some((assertion) => assertion.kind === 'status')) check(DEFAULT_STATUS);
  for (const assertion of assertions) check(assertion);
  return { failures, patternFault };
}

/** Whether the body has to be kept and decoded. */
export function needsBody(spec: CheckSpec): boolean {
  return spec.assertions.some(({ kind }) => kind === 'body' || kind === 'json' || kind === 'size');
}

/** Read at most once, and only when somebody looks. */
type Contents = { readonly body: () => string; readonly json: () => ReturnType<typeof readJson> };

function examine(assertion: Assertion, answer: Answer, { body, json }: Contents, nowMs: number): Finding {
  switch (assertion.kind) {
    case 'status':
      return answer.status !== null && holdsStatus(assertion.in, answer.status)
        ? null
        : { expected: `status ${describeRanges(assertion.in)}`, got: String(answer.status ?? 'none') };
    case 'header':
      return examineHeader(assertion, headerValue(answer.headers, assertion.name.toLowerCase()));
    case 'body':
      return examineBody(assertion, answer, body);
    case 'json':
      return examineJson(assertion, json(), () => describeBody(answer, body));
    case 'size':
      return examineSize(assertion, answer.body.length);
    case 'response-time':
      return answer.totalMs < assertion.belowMs
        ? null
        : { expected: `an answer within ${assertion.belowMs} ms`, got: `${Math.round(answer.totalMs)} ms` };
    case 'certificate':
      return examineCertificate(assertion.daysAtLeast, answer.certificateExpiresAtMs, nowMs);
    default:
      return assertion satisfies never;
  }
}

function examineHeader(assertion: Assertion & { kind: 'header' }, got: string | null): Finding {
  const { name, test, value } = assertion;
  const expected = `header ${name} ${test === 'equals' ? 'to be' : test === 'contains' ? 'to contain' : 'to match'} "${value}"`;
  if (got === null) return { expected, got: 'no such header' };
  const held = holdsText(test, value, got);
  if (typeof held === 'string') return held;
  return held ? null : { expected, got: quote(got) };
}

function examineBody(assertion: Assertion & { kind: 'body' }, answer: Answer, body: () => string): Finding {
  const { test, value } = assertion;
  if (test === 'matches') {
    const held = holdsText(test, value, body());
    if (typeof held === 'string') return held;
    return held ? null : { expected: `body to match "${value}"`, got: describeBody(answer, body) };
  }
  const wanted = test === 'contains';
  if (body().includes(value) === wanted) return null;
  return wanted
    ? { expected: `body to contain "${value}"`, got: describeBody(answer, body) }
    : { expected: `body not to contain "${value}"`, got: 'it does' };
}

function examineSize({ test, bytes }: Assertion & { kind: 'size' }, length: number): Finding {
  if (test === 'less' ? length < bytes : length > bytes) return null;
  return { expected: `a body of ${test === 'less' ? 'less' : 'more'} than ${bytes} bytes`, got: `${length} bytes` };
}

function examineCertificate(daysAtLeast: number, expiresAtMs: number | null, nowMs: number): Finding {
  const expected = `a certificate valid for at least ${daysAtLeast} ${daysAtLeast === 1 ? 'day' : 'days'}`;
  if (expiresAtMs === null) return { expected, got: 'no certificate (not https)' };
  const days = (expiresAtMs - nowMs) / DAY_MS;
  if (days >= daysAtLeast) return null;
  const date = new Date(expiresAtMs).toISOString().slice(0, 10);
  return { expected, got: days < 0 ? `one that expired on ${date}` : `${Math.floor(days)} days left (until ${date})` };
}

function holdsText(test: 'equals' | 'contains' | 'matches', value: string, got: string): boolean | string {
  if (test === 'equals') return got === value;
  if (test === 'contains') return got.includes(value);
  const outcome = searchPattern(value, got);
  return outcome.ok ? outcome.found : outcome.fault;
}

function holdsStatus(ranges: readonly StatusRange[], status: number): boolean {
  return ranges.some((range) => status >= range.from && status <= range.to);
}

function describeRanges(ranges: readonly StatusRange[]): string {
  return ranges.map(({ from, to }) => (from === to ? String(from) : `${from}–${to}`)).join(' or ');
}

function describeBody(answer: Answer, body: () => string): string {
  return answer.body.length === 0 ? 'an empty body' : quote(body());
}
