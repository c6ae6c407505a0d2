import type { ReactNode } from 'react';

/** Small filled shapes: state is told by shape and word, colour only helps. */
export type GlyphName =
  | 'up'
  | 'down'
  | 'dot'
  | 'half'
  | 'check'
  | 'cross'
  | 'pause'
  | 'ring'
  | 'square'
  | 'diamond'
  | 'clock';

const shapes: Record<GlyphName, ReactNode> = {
  up: <path d="M5 .8 9.7 9.2H.3z" />,
  down: <path d="M5 9.2.3.8h9.4z" />,
  dot: <circle cx="5" cy="5" r="4" />,
  half: (
    <>
      <circle cx="5" cy="5" r="3.8" fill="none" stroke="currentColor" strokeWidth="1.2" />
      <path d="M5 1.2a3.8 3.8 0 0 0 0 7.6z" />
    </>
  ),
  check: (
    <path d="m1.4 5.4 2.5 2.5 4.7-5.6" fill="none" stroke="currentColor" strokeWidth="1.8" strokeLinecap="round" />
  ),
  cross: <path d="m2 2 6 6M8 2 2 8" fill="none" stroke="currentColor" strokeWidth="1.8" strokeLinecap="round" />,
  pause: <path d="M1.8 1h2.2v8H1.8zM6 1h2.2v8H6z" />,
  ring: <circle cx="5" cy="5" r="3.6" fill="none" stroke="currentColor" strokeWidth="1.6" />,
  square: <rect x="1.2" y="1.2" width="7.6" height="7.6" rx="1.2" />,
  diamond: <path d="m5 .6 4.4 4.4L5 9.4.6 5z" />,
  clock: (
    <path
      d="M5 1.2a3.8 3.8 0 1 1 0 7.6 3.8 3.8 0 0 1 0-7.6zM5 3v2.2l1.5.9"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.2"
      strokeLinecap="round"
    />
  ),
};

export function Glyph({ name, className = 'size-2.5' }: { name: GlyphName; className?: string }) {
  return (
    <svg viewBox="0 0 10 10" fill="currentColor" aria-hidden="true" className={`shrink-0 ${className}`}>
      {shapes[name]}
    </svg>
  );
}
