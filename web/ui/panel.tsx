import { clsx } from 'clsx';
import { type ReactNode, useId } from 'react';
import { useWindowTitle } from './window-title.ts';

/** One level of box. Never put one inside another. */
export function Panel({ className, children }: { className?: string; children: ReactNode }) {
  return <div className={clsx('rounded-panel border border-line bg-surface', className)}>{children}</div>;
}

/** Rows in a panel, divided by lines. */
export function Rows({ children, className }: { children: ReactNode; className?: string }) {
  return (
    <ul className={clsx('divide-y divide-line rounded-panel border border-line bg-surface', className)}>{children}</ul>
  );
}

export function Row({ children, className }: { children: ReactNode; className?: string }) {
  return <li className={clsx('px-4 py-3', className)}>{children}</li>;
}

/** A titled part of a screen; the title names it for screen readers. `aside` stands at the right, small. */
export function Section({
  title,
  aside,
  className,
  children,
}: {
  title: ReactNode;
  aside?: ReactNode;
  className?: string;
  children: ReactNode;
}) {
  const id = useId();
  return (
    <section aria-labelledby={id} className={className}>
      <div className="mb-2 flex min-h-6 flex-wrap items-center justify-between gap-x-3 gap-y-1">
        <h2 id={id} className="text-sm font-semibold">
          {title}
        </h2>
        {aside === undefined ? null : <div className="text-xs text-muted">{aside}</div>}
      </div>
      {children}
    </section>
  );
}

/** The frame of a screen: title, what stands around it, acts at the right; then the content. */
export function Page({
  title,
  above,
  below,
  acts,
  narrow = false,
  children,
}: {
  title: string;
  above?: ReactNode;
  below?: ReactNode;
  acts?: ReactNode;
  narrow?: boolean;
  children: ReactNode;
}) {
  useWindowTitle(title);
  return (
    <div className={clsx('w-full px-4 pt-5 pb-12 md:px-7', narrow ? 'max-w-3xl' : 'mx-auto max-w-[1400px]')}>
      <header className="mb-5 flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="min-w-0 flex-1 basis-64">
          {above === undefined ? null : (
            <div className="mb-1.5 flex flex-wrap items-center gap-2 text-xs text-muted">{above}</div>
          )}
          <h1 dir="auto" className="text-title font-semibold tracking-tight text-balance break-words">
            {title}
          </h1>
          {below === undefined ? null : <div className="mt-1 text-muted">{below}</div>}
        </div>
        {acts === undefined ? null : <div className="flex flex-wrap items-center gap-2">{acts}</div>}
      </header>
      {children}
    </div>
  );
}
