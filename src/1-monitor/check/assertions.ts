import { bodyText, type Answer } from './answer.ts';
import { searchPattern } from './pattern.ts';
import { headerValue } from './response-head.ts';
import type { Assertion, AssertionFailure, CheckSpec, StatusRange } from './spec.ts';

const DAY_MS = 86_400_000;
const SHOWN_LENGTH = 120;
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
  let patternFault: string | null = null;
  const check = (assertion: Assertion): void => {
    const found = examine(assertion, answer, body, nowMs);
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
  return spec.assertions.some((assertion) => assertion.kind === 'body');
}

type Finding = { readonly expected: string; readonly got: string } | string | null;

function examine(assertion: Assertion, answer: Answer, body: () => string, nowMs: number): Finding {
  switch (assertion.kind) {
    case 'status':
      return answer.status !== null && holdsStatus(assertion.in, answer.status)
        ? null
        : { expected: `status ${describeRanges(assertion.in)}`, got: String(answer.status ?? 'none') };
    case 'header':
      return examineHeader(assertion, headerValue(answer.headers, assertion.name.toLowerCase()));
    case 'body':
      return examineBody(assertion, answer, body);
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

function quote(text: string): string {
  return text.length > SHOWN_LENGTH ? `"${text.slice(0, SHOWN_LENGTH)}…"` : `"${text}"`;
}
