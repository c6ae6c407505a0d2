import { useEffect, useRef } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { chartOptions, type ChartBand, type ChartSeries } from './chart-options.ts';

export type { ChartBand, ChartSeries } from './chart-options.ts';

export interface ChartProps {
  /** Instants in seconds since the epoch, ascending. */
  times: readonly number[];
  series: readonly ChartSeries[];
  /** Stretches to mark behind the lines: `down` in red, others in grey. */
  bands?: readonly ChartBand[];
  /** A dashed line at a value, with its words. */
  threshold?: { value: number; label: string } | undefined;
  formatValue: (value: number) => string;
  /** What the chart shows, in one sentence, for those who cannot see it. */
  label: string;
  height?: number;
}

/** A time series. Follows theme and width; the figure under the pointer is written at the top. */
export function Chart(props: ChartProps) {
  const host = useRef<HTMLDivElement>(null);
  const { height = 200 } = props;

  useEffect(() => {
    const box = host.current;
    if (box === null) return;
    let plot: uPlot | undefined;
    const draw = () => {
      plot?.destroy();
      const data: uPlot.AlignedData = [[...props.times], ...props.series.map((one) => [...one.values])];
      plot = new uPlot(chartOptions(props, box, height), data, box);
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
  }, [props, height]);

  return <div ref={host} role="img" aria-label={props.label} className="w-full" style={{ minHeight: height }} />;
}
