import { clsx } from 'clsx';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useMinute } from '../../ui/clock.ts';
import { shareOf } from './layout.ts';
import type { HolidayMarks } from './holidays.ts';
import type { DragTerms, Lane, OpenBars } from './lane.ts';
import type { CalendarRow } from './rows.ts';
import type { CalendarSpan, CalendarView } from './span.ts';
import { TimelineHead } from './timeline-head.tsx';
import { TimelineRow } from './timeline-row.tsx';
import { useTimelineDrag } from './use-timeline-drag.ts';

const percent = (share: number) => `${share * 100}%`;
/** Before it is measured; what most screens come to. */
const USUAL_PX = 1_000;

type TimelineProps = {
  /** Names it for screen readers. */
  label: string;
  view: CalendarView;
  span: CalendarSpan;
  zone: string;
  rows: readonly CalendarRow[];
  /** What stands at the left of a row; its title and note when left out. */
  head?: (row: CalendarRow) => ReactNode;
  onOpen: OpenBars;
  drag?: DragTerms;
  /** Beside a form: less room for what the rows are. */
  compact?: boolean;
  marks?: readonly { version: number; atMs: number }[];
  holidays?: HolidayMarks;
};

/** Rows of bars over one stretch of time: days or hours at the top, lines between them, and where now is. */
export function Timeline({
  label,
  view,
  span,
  zone,
  rows,
  head,
  onOpen,
  drag,
  compact = false,
  marks = [],
  holidays,
}: TimelineProps) {
  const now = useMinute().getTime();
  const [track, px] = useWidth();
  const hands = useTimelineDrag({
    span,
    view,
    edges: drag?.edges ?? [],
    onDrop: (held, stretch) => drag?.onDrop(held, stretch),
  });
  const lane: Lane = { view, span, zone, px, nowMs: now };
  const isNowShown = now >= span.startMs && now < span.endMs;
  return (
    <div
      role="group"
      aria-label={label}
      onKeyDown={moveFocus}
      className={clsx(
        'relative isolate rounded-panel border border-line bg-surface [--head:104px]',
        !compact && 'lg:[--head:160px]',
      )}
    >
      <div
        className="pointer-events-none absolute inset-y-0 right-0 left-(--head) -z-10 overflow-hidden rounded-br-panel"
        aria-hidden="true"
      >
        {now > span.startMs ? (
          <span
            className="absolute top-9 bottom-0 left-0 bg-bg"
            style={{ width: percent(Math.min(1, shareOf(now, span))) }}
          />
        ) : null}
        {span.days.slice(1).map(({ date, startMs }) => (
          <span
            key={date}
            className="absolute top-9 bottom-0 border-l border-line"
            style={{ left: percent(shareOf(startMs, span)) }}
          />
        ))}
        {marks.map(({ version, atMs }) => (
          <span
            key={version}
            className="absolute top-9 bottom-0 border-l border-dashed border-unknown"
            style={{ left: percent(shareOf(atMs, span)) }}
          />
        ))}
      </div>
      <div className="pointer-events-none absolute inset-y-0 right-0 left-(--head)" aria-hidden="true">
        {isNowShown ? (
          <span
            className="absolute top-7.5 bottom-0 z-20 border-l-2 border-accent"
            style={{ left: percent(shareOf(now, span)) }}
          >
            <span className="absolute top-0 -left-[5px] size-2 rounded-full bg-accent" />
          </span>
        ) : null}
      </div>
      <TimelineHead view={view} span={span} zone={zone} px={px} nowMs={now} holidays={holidays} trackRef={track} />
      {rows.map((row) => (
        <TimelineRow key={row.key} row={row} lane={lane} head={head?.(row)} onOpen={onOpen} drag={drag} hands={hands} />
      ))}
    </div>
  );
}

/** Left and right along a row, up and down to the bar nearest in time: a row is one stop of the Tab key. */
function moveFocus(event: React.KeyboardEvent<HTMLElement>) {
  const from = event.target instanceof HTMLElement ? event.target.closest<HTMLElement>('[data-bar]') : null;
  const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -1, ArrowDown: 1 }[event.key];
  if (from === null || step === undefined || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const rows = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-row]')].map((row) => [
    ...row.querySelectorAll<HTMLElement>('[data-bar]'),
  ]);
  const at = rows.findIndex((bars) => bars.includes(from));
  const own = rows[at] ?? [];
  if (event.key === 'ArrowLeft' || event.key === 'ArrowRight') {
    own[own.indexOf(from) + step]?.focus();
    return;
  }
  const middle = (bar: HTMLElement) => bar.getBoundingClientRect().left;
  for (let next = at + step; next >= 0 && next < rows.length; next += step) {
    const [nearest] = (rows[next] ?? []).toSorted(
      (one, other) => Math.abs(middle(one) - middle(from)) - Math.abs(middle(other) - middle(from)),
    );
    if (nearest === undefined) continue;
    nearest.focus();
    return;
  }
}

/** How wide the element is, to the pixel, as it changes. */
function useWidth(): [React.RefObject<HTMLDivElement | null>, number] {
  const ref = useRef<HTMLDivElement>(null);
  const [px, setPx] = useState(USUAL_PX);
  useEffect(() => {
    const element = ref.current;
    if (element === null) return undefined;
    const watcher = new ResizeObserver(() => setPx(Math.round(element.clientWidth) || USUAL_PX));
    watcher.observe(element);
    return () => watcher.disconnect();
  }, []);
  return [ref, px];
}
