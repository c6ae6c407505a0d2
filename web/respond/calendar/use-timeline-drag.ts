import { type MouseEvent, type PointerEvent, useEffect, useRef, useState } from 'react';
import type { ScheduleOverrideView } from '#respond/contract';
import { currentTime } from '../../ui/clock.ts';
import { drawn, type Grip, moved, snapped } from './snap.ts';
import type { CalendarSpan, CalendarView, Stretch } from './span.ts';

/** Below this a press is a click. */
const SLIP_PX = 5;
/** How near to the edge of a shift means that edge. */
const REACH_PX = 8;

/** What a hand holds: an empty stretch that it draws, or an override by its edge or as a whole. */
export type Held =
  | { readonly what: 'new' }
  | { readonly what: 'override'; readonly override: ScheduleOverrideView; readonly grip: Grip };

export type Ghost = {
  readonly held: Held;
  readonly shown: Stretch;
  /** Whether it would touch what is over. */
  readonly refused: boolean;
};

type Press = { readonly held: Held; readonly x: number; readonly fromMs: number; readonly pointerId: number };

/** Dragging in a row of time, with a mouse, a pen or a finger. `onDrop` gets what was drawn, or null where it was refused. */
export function useTimelineDrag({
  span,
  view,
  edges,
  onDrop,
}: {
  span: CalendarSpan;
  view: CalendarView;
  edges: readonly number[];
  onDrop: (held: Held, stretch: Stretch | null) => void;
}) {
  const press = useRef<Press>(undefined);
  const dropped = useRef(false);
  const [ghost, setGhost] = useState<Ghost>();
  const isHolding = ghost !== undefined;

  useEffect(() => {
    if (!isHolding) return undefined;
    const giveUp = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      press.current = undefined;
      setGhost(undefined);
    };
    addEventListener('keydown', giveUp);
    return () => removeEventListener('keydown', giveUp);
  }, [isHolding]);

  const instantAt = (event: PointerEvent<HTMLElement>) => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    const perPx = (span.endMs - span.startMs) / width;
    return { ms: span.startMs + (event.clientX - left) * perPx, reachMs: REACH_PX * perPx };
  };

  const ghostOf = ({ held, fromMs }: Press, event: PointerEvent<HTMLElement>): Ghost => {
    const { ms, reachMs } = instantAt(event);
    const nowMs = currentTime().getTime();
    const snap = (at: number) => snapped(at, span, view, edges, reachMs);
    if (held.what === 'new') {
      const shown = drawn(snap(fromMs), snap(ms), nowMs);
      const refused = shown.endMs <= shown.startMs;
      const plain = { startMs: Math.min(fromMs, ms), endMs: Math.max(fromMs, ms) };
      return { held, shown: refused ? plain : shown, refused };
    }
    const before = { startMs: Date.parse(held.override.startsAt), endMs: Date.parse(held.override.endsAt) };
    const edge = held.grip === 'end' ? before.endMs : before.startMs;
    const by = snap(edge + ms - fromMs) - edge;
    const after = moved(before, held.grip, by, nowMs);
    const wished = {
      startMs: held.grip === 'end' ? before.startMs : before.startMs + by,
      endMs: held.grip === 'start' ? before.endMs : before.endMs + by,
    };
    return { held, shown: after ?? wished, refused: after === null };
  };

  return {
    ghost,
    /** For the element that is as wide as the span; `holdAt` says what a press on it takes hold of, if anything. */
    handlers: (holdAt: (target: Element) => Held | null) => ({
      onPointerDown(event: PointerEvent<HTMLElement>) {
        dropped.current = false;
        if (event.button !== 0 || !event.isPrimary) return;
        const held = holdAt(event.target as Element);
        if (held !== null)
          press.current = { held, x: event.clientX, fromMs: instantAt(event).ms, pointerId: event.pointerId };
      },
      onPointerMove(event: PointerEvent<HTMLElement>) {
        const { current } = press;
        if (current === undefined || current.pointerId !== event.pointerId) return;
        if (!isHolding && Math.abs(event.clientX - current.x) < SLIP_PX) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        setGhost(ghostOf(current, event));
      },
      onPointerUp(event: PointerEvent<HTMLElement>) {
        const { current } = press;
        press.current = undefined;
        if (current === undefined || !isHolding) return;
        dropped.current = true;
        const { shown, refused } = ghostOf(current, event);
        setGhost(undefined);
        onDrop(current.held, refused ? null : shown);
      },
      onPointerCancel() {
        press.current = undefined;
        setGhost(undefined);
      },
      // The press that ended a drag is not a click on what lies under it.
      onClickCapture(event: MouseEvent<HTMLElement>) {
        if (!dropped.current) return;
        dropped.current = false;
        event.stopPropagation();
        event.preventDefault();
      },
    }),
  };
}
