import type { StateStretch } from '#monitor/contract';
import { currentTime } from '../ui/clock.ts';
import { formatAbsolute, formatDuration, formatToTheSecond } from '../ui/format.ts';
import { StateWord } from '../ui/state-badge.tsx';
import type { Span } from './span.ts';

const fills: Record<StateStretch['state'], string> = {
  up: 'var(--ok)',
  degraded: 'var(--warn)',
  down: 'var(--bad)',
  unknown: 'var(--line-strong)',
  paused: 'var(--line-strong)',
  maintenance: 'var(--accent)',
};
/** What is not up stands out by its height as well, so that it can be told apart without colour. */
const heights: Record<StateStretch['state'], number> = {
  up: 14,
  degraded: 18,
  down: 24,
  unknown: 6,
  paused: 4,
  maintenance: 10,
};
const WIDTH = 1_000;
/** A minute in three months is still to be seen. */
const NARROWEST = 2;
const NAMED = 6;

const seconds = (instant: string) => new Date(instant).getTime() / 1_000;
const secondsOf = ({ from, to }: StateStretch) => seconds(to) - seconds(from);
const lengthOf = (stretch: StateStretch) => formatDuration(Math.floor(secondsOf(stretch)));
const begun = ({ from }: StateStretch) => formatToTheSecond(new Date(from), currentTime());

/** When a monitor was in which state; what was not up is named below, and is a way to look closer. */
export function StateTimeline({
  states,
  span,
  name,
  onZoom,
}: {
  states: readonly StateStretch[];
  span: Span;
  name: string;
  onZoom: (from: number, to: number) => void;
}) {
  const faults = states
    .filter((one) => one.state !== 'up' && one.state !== 'paused' && secondsOf(one) >= 1)
    .toReversed();
  const scale = WIDTH / (span.to - span.from);
  return (
    <div className="grid gap-2">
      <svg
        viewBox={`0 0 ${WIDTH} 24`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`States of ${name}: ${faults.length === 0 ? 'no change' : `${faults.length} times not up`}`}
        className="block h-6 w-full"
      >
        {/* What is not known at all. */}
        <rect width={WIDTH} y={22} height={2} fill="var(--line)" />
        {/* Up first and down last, so that a short fault is never covered. */}
        {states
          .toSorted(
            (a, b) => Number(b.state === 'up') - Number(a.state === 'up') || heights[a.state] - heights[b.state],
          )
          .map((stretch) => (
            <rect
              key={stretch.from}
              x={(seconds(stretch.from) - span.from) * scale}
              y={24 - heights[stretch.state]}
              width={Math.max(NARROWEST, secondsOf(stretch) * scale)}
              height={heights[stretch.state]}
              fill={fills[stretch.state]}
              opacity={stretch.state === 'up' ? 0.75 : 1}
            >
              <title>{`${stretch.state} from ${begun(stretch)}, ${lengthOf(stretch)}`}</title>
            </rect>
          ))}
      </svg>
      <p className="num flex justify-between text-xs text-muted">
        <span>{formatAbsolute(new Date(span.from * 1_000), currentTime())}</span>
        <span>{span.window === null ? formatAbsolute(new Date(span.to * 1_000), currentTime()) : 'now'}</span>
      </p>
      {faults.length === 0 ? null : (
        <ul className="num flex flex-wrap gap-x-1 gap-y-0.5 text-xs">
          {faults.slice(0, NAMED).map((stretch) => (
            <li key={stretch.from}>
              <button
                type="button"
                title="Look closer"
                onClick={() => lookAt(stretch, onZoom)}
                className="flex items-center gap-1.5 rounded-sm px-1.5 py-0.5 text-muted hover:bg-sunken hover:text-text max-md:min-h-9"
              >
                <StateWord state={stretch.state} />
                {begun(stretch)} · {lengthOf(stretch)}
              </button>
            </li>
          ))}
          {faults.length > NAMED ? (
            <li className="px-1.5 py-0.5 text-muted">and {faults.length - NAMED} before</li>
          ) : null}
        </ul>
      )}
    </div>
  );
}

/** With as much before and after it, so that one sees how it began and ended. */
function lookAt(stretch: StateStretch, onZoom: (from: number, to: number) => void): void {
  const margin = Math.max(60, secondsOf(stretch));
  onZoom(seconds(stretch.from) - margin, seconds(stretch.to) + margin);
}
