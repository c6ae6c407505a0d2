import { formatPercent } from './format.ts';

export interface UptimeDay {
  /** `2026-11-23` */
  date: string;
  /** 0–1; `null` = nothing known that day. */
  uptime: number | null;
  state: 'up' | 'degraded' | 'down' | 'unknown' | 'maintenance';
  /** More of the day, after its share and its state. */
  note?: string;
}

const fills: Record<UptimeDay['state'], string> = {
  up: 'var(--ok)',
  degraded: 'var(--warn)',
  down: 'var(--bad)',
  unknown: 'var(--line-strong)',
  maintenance: 'var(--accent)',
};
/** Worse days are taller cut-outs as well, so that the bars can be told apart without colour. */
const heights: Record<UptimeDay['state'], number> = { up: 20, degraded: 24, down: 28, unknown: 8, maintenance: 14 };

/** One bar per day, oldest first, with the share below. Days are read by hover; the whole is said in `label`. */
export function UptimeBars({
  days,
  label,
  uptime,
}: {
  days: readonly UptimeDay[];
  label: string;
  uptime: number | null;
}) {
  const bar = 8;
  return (
    <figure className="m-0">
      <svg
        viewBox={`0 0 ${days.length * bar} 28`}
        preserveAspectRatio="none"
        role="img"
        aria-label={label}
        className="block h-7 w-full"
      >
        {days.map((day, index) => (
          <rect
            key={day.date}
            x={index * bar + 1}
            y={28 - heights[day.state]}
            width={bar - 2}
            height={heights[day.state]}
            rx="1"
            fill={fills[day.state]}
            opacity={day.state === 'up' ? 0.75 : 1}
          >
            <title>{`${day.date}: ${day.uptime === null ? 'nothing known' : formatPercent(day.uptime)}, ${day.state}${day.note ? `; ${day.note}` : ''}`}</title>
          </rect>
        ))}
      </svg>
      <figcaption className="num mt-1 flex justify-between text-xs text-muted">
        <span>{days.length} days ago</span>
        <span>{formatPercent(uptime)} uptime</span>
        <span>today</span>
      </figcaption>
    </figure>
  );
}
