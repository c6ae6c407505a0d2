import { clsx } from 'clsx';
import type { ReactNode } from 'react';

/** A strip of figures in one box: label, value, and a line that says what the value rests on. */
export function Stats({ children }: { children: ReactNode }) {
  return (
    <dl className="flex flex-wrap overflow-hidden rounded-panel border border-line bg-line [gap:1px]">{children}</dl>
  );
}

export function Stat({
  label,
  note,
  className,
  children,
}: {
  label: string;
  note?: ReactNode;
  className?: string;
  children: ReactNode;
}) {
  return (
    <div className="min-w-36 flex-1 bg-surface px-4 py-3">
      <dt className="text-xs text-muted">{label}</dt>
      <dd className={clsx('num mt-0.5 truncate text-lg leading-6 font-semibold', className)}>{children}</dd>
      {note === undefined ? null : <dd className="mt-0.5 text-xs text-muted">{note}</dd>}
    </div>
  );
}
