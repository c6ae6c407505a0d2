import type uPlot from 'uplot';
import { formatAbsolute, formatToTheSecond } from './format.ts';
import { currentTime } from './clock.ts';
import { type Tone, toneVariable } from './tones.ts';

export interface ChartSeries {
  label: string;
  values: readonly (number | null)[];
  tone: Tone;
}

export interface ChartBand {
  /** Seconds since the epoch. */
  from: number;
  to: number;
  tone: 'down' | 'quiet';
}

interface Shown {
  series: readonly ChartSeries[];
  bands?: readonly ChartBand[];
  threshold?: { value: number; label: string } | undefined;
  range?: { from: number; to: number };
  /** The series stand on one another, the first at the bottom. */
  stacked?: boolean;
  /** A stretch of the axis was drawn over: seconds since the epoch. */
  onZoom?: ((from: number, to: number) => void) | undefined;
  formatValue: (value: number) => string;
}

/** A token as the plain colour that it is now; `light-dark()` only resolves on a property that takes colours. */
function colour(host: HTMLElement, variable: string): string {
  host.style.color = `var(${variable})`;
  const value = getComputedStyle(host).color;
  host.style.color = '';
  return value;
}

function drawBehind(shown: Shown, host: HTMLElement) {
  const down = colour(host, '--bad-tint');
  const quiet = colour(host, '--sunken');
  return (plot: uPlot) => {
    const { ctx, bbox } = plot;
    ctx.save();
    for (const band of shown.bands ?? []) {
      const left = Math.max(plot.valToPos(band.from, 'x', true), bbox.left);
      const right = Math.min(plot.valToPos(band.to, 'x', true), bbox.left + bbox.width);
      if (right <= left) continue;
      ctx.fillStyle = band.tone === 'down' ? down : quiet;
      ctx.fillRect(left, bbox.top, Math.max(right - left, 2), bbox.height);
    }
    ctx.restore();
  };
}

function drawThreshold(shown: Shown, host: HTMLElement) {
  const line = colour(host, '--warn');
  const text = colour(host, '--warn-text');
  return (plot: uPlot) => {
    if (shown.threshold === undefined) return;
    const { ctx, bbox } = plot;
    const y = plot.valToPos(shown.threshold.value, 'y', true);
    if (y < bbox.top || y > bbox.top + bbox.height) return;
    ctx.save();
    ctx.strokeStyle = line;
    ctx.lineWidth = devicePixelRatio;
    ctx.setLineDash([4 * devicePixelRatio, 4 * devicePixelRatio]);
    ctx.beginPath();
    ctx.moveTo(bbox.left, y);
    ctx.lineTo(bbox.left + bbox.width, y);
    ctx.stroke();
    ctx.fillStyle = text;
    ctx.font = `${12 * devicePixelRatio}px Inter Variable, system-ui`;
    ctx.textAlign = 'left';
    ctx.textBaseline = 'bottom';
    ctx.fillText(shown.threshold.label, bbox.left + 6 * devicePixelRatio, y - 2 * devicePixelRatio);
    ctx.restore();
  };
}

/** What is stacked is drawn from the top down, each before what stands below it. */
function inDrawingOrder({ series, stacked }: Pick<Shown, 'series' | 'stacked'>): readonly ChartSeries[] {
  return stacked ? series.toReversed() : series;
}

/** Instants and values as uPlot takes them. */
export function chartData(shown: Pick<Shown, 'series' | 'stacked'> & { times: readonly number[] }): uPlot.AlignedData {
  const { times, series, stacked } = shown;
  const lines = stacked ? pileUp(series) : series.map(({ values }) => [...values]);
  return [[...times], ...(stacked ? lines.toReversed() : lines)];
}

/** Each series upon those before it; what is not there is as high as what it would stand on, unless none of them is there. */
function pileUp(series: readonly ChartSeries[]): (number | null)[][] {
  const isGap = (i: number) => series.every(({ values }) => (values[i] ?? null) === null);
  let below: readonly (number | null)[] = [];
  return series.map(({ values }) => {
    const tops = values.map((value, i) => (isGap(i) ? null : (below[i] ?? 0) + (value ?? 0)));
    below = tops;
    return tops;
  });
}

/** So few pixels are a click whose hand shook. */
const LEAST_DRAG_PX = 6;

function zoom(plot: uPlot, onZoom: Shown['onZoom']): void {
  const { left, width } = plot.select;
  if (width === 0) return;
  plot.setSelect({ left: 0, width: 0, top: 0, height: 0 }, false);
  if (width >= LEAST_DRAG_PX) onZoom?.(plot.posToVal(left, 'x'), plot.posToVal(left + width, 'x'));
}

/** Marks of the time axis; with seconds where they stand less than a minute apart. */
function timeWords(splits: readonly number[]): string[] {
  const dense = splits.length > 1 && (splits[1] ?? 0) - (splits[0] ?? 0) < 60;
  const write = dense ? formatToTheSecond : formatAbsolute;
  return splits.map((at) => write(new Date(at * 1000), currentTime()));
}

/** Everything uPlot is told: quiet axes with units, lines of 1.5 px, bands behind, the threshold above. */
export function chartOptions(
  shown: Shown,
  host: HTMLElement,
  height: number,
  onPoint: (index: number | undefined) => void,
): uPlot.Options {
  const axis = { stroke: colour(host, '--muted'), font: '12px Inter Variable, system-ui', ticks: { show: false } };
  const grid = { stroke: colour(host, '--line'), width: 1 };
  return {
    width: host.clientWidth,
    height,
    cursor: {
      y: false,
      points: { show: shown.stacked !== true, size: 6 },
      // What is drawn over is read anew: in finer steps, where there are any.
      drag: { x: shown.onZoom !== undefined, y: false, setScale: false },
    },
    legend: { show: false },
    padding: [8, 30, 0, 0],
    scales: {
      x: { range: (_, min, max) => (shown.range === undefined ? [min, max] : [shown.range.from, shown.range.to]) },
      y: {
        range: (_, __, max) => [0, Math.max(max, shown.threshold?.value ?? 0) * 1.15 || 1],
      },
    },
    axes: [
      {
        ...axis,
        grid: { show: false },
        space: 96,
        size: 28,
        values: (_, splits) => timeWords(splits),
      },
      { ...axis, grid, size: 60, space: 36, values: (_, splits) => splits.map((value) => shown.formatValue(value)) },
    ],
    series: [
      {},
      ...inDrawingOrder(shown).map((one): uPlot.Series => ({
        label: one.label,
        stroke: colour(host, toneVariable[one.tone]),
        ...(shown.stacked ? { fill: colour(host, toneVariable[one.tone]) } : {}),
        width: 1.5,
        spanGaps: false,
        points: { show: false },
      })),
    ],
    hooks: {
      drawClear: [drawBehind(shown, host)],
      draw: [drawThreshold(shown, host)],
      setCursor: [(plot) => onPoint(plot.cursor.idx ?? undefined)],
      setSelect: [(plot) => zoom(plot, shown.onZoom)],
    },
  };
}
