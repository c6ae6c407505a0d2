/** One figure in several places, as Prometheus reads it. */
export type MetricFamily = {
  /** Begins with `allclear_`; a counter ends in `_total`, a length of time in `_seconds`. */
  readonly name: string;
  readonly help: string;
  readonly type: 'gauge' | 'counter';
  readonly samples: readonly Sample[];
};

type Sample = { readonly labels?: Labels; readonly value: number };
export type Labels = Readonly<Record<string, string>>;

export const METRICS_TYPE = 'text/plain; version=0.0.4; charset=utf-8';

/**
 * The text format 0.0.4 (https://prometheus.io/docs/instrumenting/exposition_formats/). A family without samples is left out,
 * so is a value that is not known (NaN).
 */
export function renderMetrics(families: readonly MetricFamily[]): string {
  return families
    .map(({ name, help, type, samples }) => {
      const lines = samples
        .filter(({ value }) => !Number.isNaN(value))
        .map(({ labels, value }) => `${name}${labelText(labels)} ${valueText(value)}\n`);
      if (lines.length === 0) return '';
      const said = help.replaceAll('\\', '\\\\').replaceAll('\n', '\\n');
      return `# HELP ${name} ${said}\n# TYPE ${name} ${type}\n${lines.join('')}`;
    })
    .join('');
}

function labelText(labels: Labels | undefined): string {
  const pairs = Object.entries(labels ?? {}).map(([name, value]) => `${name}="${escapeValue(value)}"`);
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}

function escapeValue(value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
}

function valueText(value: number): string {
  if (value === Infinity) return '+Inf';
  return value === -Infinity ? '-Inf' : String(value);
}
