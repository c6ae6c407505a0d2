import { useEffect, useRef, useState } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { type ChartBand, chartData, chartOptions, type ChartSeries } from './chart-options.ts';
import { currentTime } from './clock.ts';
import { formatAbsolute } from './format.ts';
import { toneFill } from './tones.ts';

export interface ChartProps {
  /** Instants in seconds since the epoch, ascending. */
  times: readonly number[];
  series: readonly ChartSeries[];
  /** Stretches to mark behind the lines: `down` in red, others in grey. */
  bands?: readonly ChartBand[];
  /** A dashed line at a value, with its words. */
  threshold?: { value: number; label: string } | undefined;
  /** The stretch that the axis covers, in seconds; by default what the data covers. */
  range?: { from: number; to: number };
  /** The series stand on one another, the first at the bottom: parts of a whole. */
  stacked?: boolean;
  /** A stretch of the axis was drawn over with the pointer: seconds since the epoch. Offer another way as well. */
  onZoom?: (from: number, to: number) => void;
  formatValue: (value: number) => string;
  /** What the chart shows, in one sentence, for those who cannot see it. */
  label: string;
  height?: number;
}

/** A time series. Follows theme and width; the lines are named above, with their values under the pointer. */
export function Chart(props: ChartProps) {
  const host = useRef<HTMLDivElement>(null);
  const [point, setPoint] = useState<number>();
  const { height = 200 } = props;
  const latest = useRef(props);
  latest.current = props;
  // Callers write their arrays inline; only a change in what they hold draws again.
  const shape = JSON.stringify([props.times, props.series, props.bands, props.threshold, props.range, props.stacked]);

  useEffect(() => {
    const box = host.current;
    if (box === null) return;
    let plot: uPlot | undefined;
    const draw = () => {
      plot?.destroy();
      plot = new uPlot(chartOptions(latest.current, box, height, setPoint), chartData(latest.current), box);
    };
    draw();
    const sized = new ResizeObserver(() => plot?.setSize({ width: box.clientWidth, height }));
    sized.observe(box);
    // Canvas colours are plain numbers: draw again when the theme changes, by switch or by system.
    const themed = new MutationObserver(draw);
    themed.observe(document.documentElement, { attributeFilter: ['data-theme'] });
    const system = matchMedia('(prefers-color-scheme: dark)');
    system.addEventListener('change', draw);
    return () => {
      sized.disconnect();
      themed.disconnect();
      system.removeEventListener('change', draw);
      plot?.destroy();
    };
  }, [shape, height]);

  return (
    <figure className="m-0">
      <ChartLegend {...props} point={point} />
      <div ref={host} role="img" aria-label={props.label} className="w-full" style={{ minHeight: height }} />
    </figure>
  );
}

function ChartLegend({ times, series, formatValue, point }: ChartProps & { point: number | undefined }) {
  const at = point === undefined ? undefined : times[point];
  return (
    <figcaption className="num mb-1 flex min-h-4 flex-wrap gap-x-4 text-xs text-muted">
      {series.map((one) => {
        const value = point === undefined ? null : one.values[point];
        return (
          <span key={one.label} className="inline-flex items-center gap-1.5">
            <span aria-hidden="true" className={`h-0.5 w-3 ${toneFill[one.tone]}`} />
            {one.label}
            {value === null || value === undefined ? null : <span className="text-text">{formatValue(value)}</span>}
          </span>
        );
      })}
      {at === undefined ? null : <span className="ml-auto">{formatAbsolute(new Date(at * 1000), currentTime())}</span>}
    </figcaption>
  );
}
