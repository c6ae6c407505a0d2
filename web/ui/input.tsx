import { clsx } from 'clsx';
import type { ComponentProps } from 'react';
import { useFieldWiring } from './field.tsx';

const box = clsx(
  'w-full min-w-0 rounded-control border border-line-strong bg-surface px-2.5 text-text transition-colors',
  'hover:border-faint focus-visible:border-accent focus-visible:outline-1 focus-visible:outline-offset-0',
  'disabled:cursor-not-allowed disabled:bg-sunken disabled:text-muted aria-invalid:border-bad',
);

export function Input({ className, mono = false, ...rest }: ComponentProps<'input'> & { mono?: boolean }) {
  return (
    <input
      {...useFieldWiring()}
      {...rest}
      className={clsx(box, 'h-8 max-md:h-11', mono && 'font-mono text-sm', className)}
    />
  );
}

/** Grows with what is typed, from `rows` lines up to half the window. */
export function Textarea({ className, mono = false, ...rest }: ComponentProps<'textarea'> & { mono?: boolean }) {
  return (
    <textarea
      rows={3}
      dir="auto"
      {...useFieldWiring()}
      {...rest}
      className={clsx(
        box,
        'max-h-[50vh] resize-y py-1.5 [field-sizing:content]',
        mono && 'font-mono text-sm',
        className,
      )}
    />
  );
}

/** The browser's own list: best on a phone, right with every screen reader. */
export function Select({ className, children, ...rest }: ComponentProps<'select'>) {
  return (
    <span className={clsx('relative inline-flex w-full min-w-0', className)}>
      <select {...useFieldWiring()} {...rest} className={clsx(box, 'h-8 appearance-none truncate pr-7 max-md:h-11')}>
        {children}
      </select>
      <svg
        viewBox="0 0 10 10"
        aria-hidden="true"
        className="pointer-events-none absolute top-1/2 right-2.5 size-2.5 -translate-y-1/2 text-muted"
      >
        <path d="m1.5 3.5 3.5 3.5 3.5-3.5" fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" />
      </svg>
    </span>
  );
}
