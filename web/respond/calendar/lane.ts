import type { Bar, CalendarRow } from './rows.ts';
import type { CalendarSpan, CalendarView, Stretch } from './span.ts';
import type { Held } from './use-timeline-drag.ts';

/** What all rows of a timeline share: the time that they show, and how wide that is. */
export type Lane = { view: CalendarView; span: CalendarSpan; zone: string; px: number; nowMs: number };

/** Several bars when they are too narrow to be told apart. */
export type OpenBars = (bars: readonly Bar[], row: CalendarRow) => void;

/** What can be done by hand: draw over the final row, and move overrides. */
export type DragTerms = {
  edges: readonly number[];
  /** Whether an override may be moved by whoever looks. */
  mayMove: (bar: Bar) => boolean;
  onDrop: (held: Held, stretch: Stretch | null) => void;
};
