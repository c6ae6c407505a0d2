import { clsx } from 'clsx';
import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react';
import { KeyHint } from './key-hint.tsx';

export type ButtonVariant = 'primary' | 'secondary' | 'ghost' | 'danger';
export type ButtonSize = 'sm' | 'md' | 'lg';

const variants: Record<ButtonVariant, string> = {
  primary: 'bg-ink text-on-ink hover:bg-ink-hover border-transparent',
  secondary: 'bg-surface text-text border-line-strong hover:bg-sunken',
  ghost: 'border-transparent text-muted hover:bg-sunken hover:text-text',
  danger: 'bg-danger text-on-danger border-transparent hover:opacity-90',
};

const sizes: Record<ButtonSize, string> = {
  sm: 'h-7 px-2.5 text-xs gap-1.5 max-md:h-9 max-md:px-3 max-md:text-sm',
  md: 'h-8 px-3 gap-2 max-md:h-10',
  lg: 'h-12 px-4 gap-2 text-lg',
};

/** The look of a button for things that are links. */
export function buttonClass(variant: ButtonVariant = 'secondary', size: ButtonSize = 'md', className?: string): string {
  return clsx(
    'inline-flex shrink-0 items-center justify-center rounded-control border font-medium whitespace-nowrap transition-colors select-none',
    'disabled:cursor-not-allowed disabled:opacity-50 aria-busy:cursor-progress',
    variants[variant],
    sizes[size],
    className,
  );
}

export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  variant?: ButtonVariant | undefined;
  size?: ButtonSize | undefined;
  /** Work is under way: the label stays, the button does not act again. */
  busy?: boolean | undefined;
  /** The key that does the same, shown behind the label. */
  keyHint?: string | undefined;
  icon?: ReactNode;
  ref?: Ref<HTMLButtonElement>;
}

export function Button({ variant, size, busy, keyHint, icon, className, children, onClick, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      aria-busy={busy === true ? true : undefined}
      onClick={busy === true ? (event) => event.preventDefault() : onClick}
      className={buttonClass(variant, size, className)}
    >
      {busy === true ? <Spinner /> : icon}
      {children}
      {keyHint === undefined ? null : <KeyHint keys={keyHint} onInk={variant === 'primary'} />}
    </button>
  );
}

/** A square button with a picture; `label` is what it says to a screen reader and on hover. */
export function IconButton({
  label,
  children,
  size = 'md',
  className,
  ...rest
}: Omit<ButtonProps, 'busy' | 'keyHint' | 'icon'> & { label: string }) {
  const box = { sm: 'size-7', md: 'size-8 max-md:size-10', lg: 'size-12' }[size];
  return (
    <button
      type="button"
      title={label}
      aria-label={label}
      {...rest}
      className={clsx(
        'inline-flex shrink-0 items-center justify-center rounded-control text-muted transition-colors hover:bg-sunken hover:text-text',
        'disabled:cursor-not-allowed disabled:opacity-50',
        box,
        className,
      )}
    >
      {children}
    </button>
  );
}

/** Turns while something is under way. Decoration: the words beside it say what. */
export function Spinner({ className = 'size-3.5' }: { className?: string }) {
  return (
    <svg viewBox="0 0 16 16" fill="none" aria-hidden="true" className={`animate-spin ${className}`}>
      <circle cx="8" cy="8" r="6.5" stroke="currentColor" strokeWidth="2" opacity="0.25" />
      <path d="M14.5 8A6.5 6.5 0 0 0 8 1.5" stroke="currentColor" strokeWidth="2" strokeLinecap="round" />
    </svg>
  );
}
