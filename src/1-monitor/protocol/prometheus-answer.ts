/** One series of an answer of Prometheus: its labels as it writes them, and its values, oldest first. */
export interface Series {
  readonly name: string;
  readonly values: readonly number[];
}

export type PrometheusAnswer =
  | { readonly ok: true; readonly series: readonly Series[] }
  | { readonly ok: false; readonly reason: string };

const MAX_SERIES = 1_000;

/**
 * Reads an answer to `/api/v1/query` or `/api/v1/query_range`. A value that is no number (NaN) is left out, since it
 * compares with nothing. https://prometheus.io/docs/prometheus/latest/querying/api/
 */
export function readPrometheus(answer: unknown): PrometheusAnswer | null {
  const whole = record(answer);
  if (whole?.['status'] === 'error') {
    const { errorType = 'error', error = '' } = whole;
    return { ok: false, reason: `${String(errorType)}: ${String(error)}`.slice(0, 300) };
  }
  const data = record(whole?.['data']);
  if (whole?.['status'] !== 'success' || data === null) return null;
  const { resultType, result } = data;
  if (!Array.isArray(result)) return null;
  if (resultType === 'scalar') return { ok: true, series: [{ name: 'scalar', values: numbers([result]) }] };
  if (resultType !== 'vector' && resultType !== 'matrix') return { ok: false, reason: 'the query gives no numbers' };
  const series = result.slice(0, MAX_SERIES).map((one: unknown): Series => {
    const { metric, value, values } = record(one) ?? {};
    return { name: nameOf(metric), values: numbers(Array.isArray(values) ? values : [value]) };
  });
  return { ok: true, series };
}

/** `up{instance="a:9100",job="node"}` */
function nameOf(metric: unknown): string {
  const { __name__: name = '', ...labels } = record(metric) ?? {};
  const pairs = Object.entries(labels).map(([label, value]) => `${label}="${String(value)}"`);
  const whole = pairs.length === 0 ? String(name) : `${String(name)}{${pairs.join(',')}}`;
  return whole === '' ? 'the value' : whole.slice(0, 300);
}

/** Of pairs of time and text. */
function numbers(pairs: readonly unknown[]): number[] {
  return pairs.flatMap((pair) => {
    const text: unknown = Array.isArray(pair) ? pair[1] : undefined;
    if (typeof text !== 'string') return [];
    const value = text === '+Inf' ? Infinity : text === '-Inf' ? -Infinity : Number(text === '' ? NaN : text);
    return Number.isNaN(value) ? [] : [value];
  });
}

function record(value: unknown): Readonly<Record<string, unknown>> | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null;
}
