import { clsx } from 'clsx';
import type { ReactNode } from 'react';
import { Glyph, type GlyphName } from './glyph.tsx';

export type Tone = 'neutral' | 'accent' | 'ok' | 'warn' | 'major' | 'bad' | 'unknown';

const tinted: Record<Tone, string> = {
  neutral: 'bg-sunken text-muted',
  accent: 'bg-accent-tint text-accent-text',
  ok: 'bg-ok-tint text-ok-text',
  warn: 'bg-warn-tint text-warn-text',
  major: 'bg-major-tint text-major-text',
  bad: 'bg-bad-tint text-bad-text',
  unknown: 'bg-unknown-tint text-unknown-text',
};

/** The text colour of a tone, for a word without its box. */
export const toneText: Record<Tone, string> = {
  neutral: 'text-muted',
  accent: 'text-accent-text',
  ok: 'text-ok-text',
  warn: 'text-warn-text',
  major: 'text-major-text',
  bad: 'text-bad-text',
  unknown: 'text-unknown-text',
};

/** A word in a small box. `glyph` is required wherever the tone means something. */
export function Badge({
  tone = 'neutral',
  glyph,
  className,
  children,
}: {
  tone?: Tone;
  glyph?: GlyphName;
  className?: string;
  children: ReactNode;
}) {
  return (
    <span
      className={clsx(
        'num inline-flex h-5 items-center gap-1.5 rounded-sm px-1.5 text-xs font-semibold whitespace-nowrap',
        tinted[tone],
        className,
      )}
    >
      {glyph === undefined ? null : <Glyph name={glyph} className="size-2" />}
      {children}
    </span>
  );
}
