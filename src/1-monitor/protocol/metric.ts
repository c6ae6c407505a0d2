import type { Asked } from '../check/answer.ts';
import { askJson } from '../check/ask-json.ts';
import { fault } from '../check/faults.ts';
import type { CheckError } from '../check/spec.ts';
import type { ProtocolOptions } from '../kind/kinds.ts';
import { holds, shownValue, thresholdWords } from '../kind/threshold.ts';
import { type PrometheusAnswer, readPrometheus, type Series } from './prometheus-answer.ts';
import type { Protocol } from './protocol.ts';
import { trustOf } from './trust.ts';

type Options = ProtocolOptions['metric'];

const MAX_BODY_BYTES = 4_194_304;
/** Over a stretch so many points are looked at, but no two nearer than this. */
const POINTS = 60;
const MIN_STEP_S = 15;
const MAX_LINES = 200;

/** Up while every value holds. That the server of metrics does not answer says nothing of what it measures: unknown. */
export const askMetric: Protocol<'metric'> = async (spec, target, run, world) => {
  const { options } = spec;
  const tls = { ...trustOf(options).tls, skipVerification: options.skipVerification };
  const headers = headersOf(options);
  const url = addressOf(target.url, options, Date.now());
  const asked = await askJson({ url, headers, maxBodyBytes: MAX_BODY_BYTES, tls }, run, world);
  if (!asked.ok) return { error: unclear(asked.error), received: asked.received };
  const answer = readPrometheus(asked.value);
  const refusal = refuse(answer, asked.status);
  if (refusal !== null || answer === null || !answer.ok) return { error: refusal, received: asked.received };
  const judged = judge(answer.series, options);
  return { ...judged, received: { status: null, headers: [], body: Buffer.from(linesOf(answer.series)) } };
};

function headersOf({ headers, user, password, bearerToken }: Options): Readonly<Record<string, string>> {
  const given = headers.map((line) => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon), line.slice(colon + 1).trim()] as const;
  });
  const account = Buffer.from(`${user ?? ''}:${password ?? ''}`).toString('base64');
  const signedIn =
    bearerToken !== null
      ? { Authorization: `Bearer ${bearerToken}` }
      : user !== null || password !== null
        ? { Authorization: `Basic ${account}` }
        : {};
  return { Accept: 'application/json', ...signedIn, ...Object.fromEntries(given) };
}

function addressOf(base: URL, { query, forSeconds }: Options, nowMs: number): string {
  const url = new URL(base);
  const path = url.pathname.replace(/\/+$/, '');
  url.pathname = `${path}/api/v1/${forSeconds === 0 ? 'query' : 'query_range'}`;
  url.searchParams.set('query', query);
  if (forSeconds > 0) {
    const end = nowMs / 1_000;
    url.searchParams.set('start', (end - forSeconds).toFixed(3));
    url.searchParams.set('end', end.toFixed(3));
    url.searchParams.set('step', String(Math.max(MIN_STEP_S, Math.ceil(forSeconds / POINTS))));
  }
  return url.href;
}

function unclear({ kind, message }: CheckError): CheckError {
  const ours = kind === 'target-not-allowed' || kind === 'resolver' || kind === 'out-of-resources' || kind === 'engine';
  return ours ? fault(kind, message) : fault('no-data', `the metrics could not be read: ${message}`);
}

function refuse(answer: PrometheusAnswer | null, status: number): CheckError | null {
  if (answer !== null && !answer.ok) return fault('no-data', `the query was refused: ${answer.reason}`);
  if (status !== 200) return fault('no-data', `the metrics could not be read: expected status 200, got ${status}`);
  return answer === null ? fault('no-data', 'the answer is not one of Prometheus') : null;
}

function judge(series: readonly Series[], options: Options): Pick<Asked, 'error'> {
  const measured = series.filter(({ values }) => values.length > 0);
  if (measured.length === 0) return noData(options);
  // Over a stretch it is a fault only when it never held.
  const broken = measured.filter(({ values }) => values.every((value) => !holds(value, options)));
  const [first] = broken;
  if (first === undefined) return { error: null };
  const many = measured.length === 1 ? '' : ` (${broken.length} of ${measured.length} series)`;
  const message = `${first.name} is ${shownValue(first.values.at(-1) ?? NaN)}, expected ${thresholdWords(options)}${many}`;
  return { error: fault('answer', message) };
}

function noData({ noData: meaning, query }: Options): Pick<Asked, 'error'> {
  const message = `“${query.slice(0, 100)}” gives no value`;
  if (meaning === 'up') return { error: null };
  return { error: fault(meaning === 'down' ? 'answer' : 'no-data', message) };
}

/** As Prometheus itself exposes them: a name and its latest value. */
function linesOf(series: readonly Series[]): string {
  const lines = series.slice(0, MAX_LINES).map(({ name, values }) => `${name} ${shownValue(values.at(-1) ?? NaN)}`);
  return lines.join('\n');
}
