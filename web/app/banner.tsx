import { clsx } from 'clsx';
import type { ReactNode } from 'react';
import { Glyph } from '../ui/glyph.tsx';

/** One line above every screen: something is wrong with us or with you, and the way to mend it. */
export function Banner({
  tone = 'warn',
  act,
  children,
}: {
  tone?: 'warn' | 'bad' | 'accent';
  act?: ReactNode;
  children: ReactNode;
}) {
  return (
    <div
      role="status"
      data-banner
      className={clsx(
        'flex items-start gap-2.5 border-b border-line px-4 py-2 md:px-5',
        {
          warn: 'bg-warn-tint text-warn-text',
          bad: 'bg-bad-tint text-bad-text',
          accent: 'bg-accent-tint text-accent-text',
        }[tone],
      )}
    >
      <Glyph name={tone === 'accent' ? 'diamond' : 'up'} className="mt-[5px] size-2.5" />
      <p className="min-w-0">
        {children} {act}
      </p>
    </div>
  );
}
