import { clsx } from 'clsx';
import { createContext, type ReactNode, use, useId } from 'react';
import { Glyph } from './glyph.tsx';

interface FieldWiring {
  id: string;
  describedBy: string | undefined;
  invalid: boolean;
}

const Wiring = createContext<FieldWiring | undefined>(undefined);

/** What a control inside a Field needs to be named, described and marked invalid. */
export function useFieldWiring(): {
  id?: string;
  'aria-describedby'?: string;
  'aria-invalid'?: true;
} {
  const wiring = use(Wiring);
  if (wiring === undefined) return {};
  return {
    id: wiring.id,
    ...(wiring.describedBy === undefined ? {} : { 'aria-describedby': wiring.describedBy }),
    ...(wiring.invalid ? { 'aria-invalid': true as const } : {}),
  };
}

/** A labelled control with its hint and its fault. One control per field. */
export function Field({
  label,
  hint,
  error,
  aside,
  className,
  children,
}: {
  label: ReactNode;
  hint?: ReactNode;
  error?: string | undefined;
  aside?: ReactNode;
  className?: string;
  children: ReactNode;
}) {
  const id = useId();
  const hintId = hint === undefined ? undefined : `${id}-hint`;
  const errorId = error === undefined ? undefined : `${id}-error`;
  const describedBy = [errorId, hintId].filter((part) => part !== undefined).join(' ') || undefined;
  return (
    <div className={clsx('flex min-w-0 flex-col gap-1', className)}>
      <div className="flex items-baseline justify-between gap-3">
        <label htmlFor={id} className="text-sm font-medium">
          {label}
        </label>
        {aside === undefined ? null : <span className="text-xs text-muted">{aside}</span>}
      </div>
      <Wiring value={{ id, describedBy, invalid: error !== undefined }}>{children}</Wiring>
      {error === undefined ? null : <FieldError id={errorId}>{error}</FieldError>}
      {hint === undefined ? null : (
        <p id={hintId} className="text-xs text-muted">
          {hint}
        </p>
      )}
    </div>
  );
}

export function FieldError({ id, children }: { id?: string | undefined; children: ReactNode }) {
  return (
    <p id={id} role="alert" className="flex items-start gap-1.5 text-xs font-medium text-bad-text">
      <Glyph name="up" className="mt-[3px] size-2.5" />
      <span className="first-letter:uppercase">{children}</span>
    </p>
  );
}
