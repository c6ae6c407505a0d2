import { clsx } from 'clsx';
import { type ComponentProps, type ReactNode, useId } from 'react';

/** A tick box with its words; the whole line is the target. */
export function Checkbox({
  label,
  hint,
  className,
  ...rest
}: Omit<ComponentProps<'input'>, 'type'> & { label: ReactNode; hint?: ReactNode }) {
  const id = useId();
  return (
    <div className={clsx('flex items-start gap-2.5 max-md:py-1.5', className)}>
      <input
        id={id}
        type="checkbox"
        {...rest}
        {...(hint === undefined ? {} : { 'aria-describedby': `${id}-hint` })}
        className="mt-0.5 size-4 shrink-0 rounded-sm accent-accent disabled:opacity-50"
      />
      <span className="min-w-0">
        <label htmlFor={id} className="block">
          {label}
        </label>
        {hint === undefined ? null : (
          <span id={`${id}-hint`} className="block text-xs text-muted">
            {hint}
          </span>
        )}
      </span>
    </div>
  );
}

/** On or off, at once. For what is saved with a form, use a Checkbox. */
export function Switch({
  checked,
  onChange,
  label,
  hideLabel = false,
  disabled = false,
}: {
  checked: boolean;
  onChange: (checked: boolean) => void;
  label: string;
  hideLabel?: boolean;
  disabled?: boolean;
}) {
  return (
    <label className={clsx('inline-flex items-center gap-2.5', disabled && 'opacity-50')}>
      <button
        type="button"
        role="switch"
        aria-checked={checked}
        aria-label={label}
        disabled={disabled}
        onClick={() => onChange(!checked)}
        className={clsx(
          'h-[18px] w-8 shrink-0 rounded-full p-0.5 transition-colors',
          checked ? 'bg-accent' : 'bg-unknown',
        )}
      >
        <span
          className={clsx('block size-3.5 rounded-full bg-surface transition-transform', checked && 'translate-x-3.5')}
        />
      </button>
      {hideLabel ? null : <span aria-hidden="true">{label}</span>}
    </label>
  );
}

export interface RadioCard<Value extends string> {
  value: Value;
  title: ReactNode;
  /** The criteria or the consequence, in view where the choice is made. */
  detail?: ReactNode;
  aside?: ReactNode;
  /** Cannot be chosen; the detail says why. */
  disabled?: boolean;
}

/** One of a few, each with its criteria in view. Arrow keys move, as with any radio group. */
export function RadioCards<Value extends string>({
  legend,
  name,
  value,
  onChange,
  options,
  hideLegend = false,
  columns = false,
}: {
  legend: string;
  name?: string;
  value: Value | undefined;
  onChange: (value: Value) => void;
  options: readonly RadioCard<Value>[];
  hideLegend?: boolean;
  columns?: boolean;
}) {
  const generated = useId();
  return (
    <fieldset className="min-w-0">
      <legend className={clsx('mb-1 text-sm font-medium', hideLegend && 'sr-only')}>{legend}</legend>
      <div className={clsx('grid gap-2', columns && 'sm:grid-cols-2')}>
        {options.map((option) => (
          <label
            key={option.value}
            className={clsx(
              'flex items-start gap-2.5 rounded-control border border-line-strong bg-surface px-3 py-2 transition-colors',
              option.disabled === true ? 'cursor-not-allowed border-dashed' : 'cursor-pointer hover:border-faint',
              'has-checked:border-accent has-checked:bg-accent-tint',
              'has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent',
            )}
          >
            <input
              type="radio"
              name={name ?? generated}
              value={option.value}
              checked={option.value === value}
              disabled={option.disabled === true}
              onChange={() => onChange(option.value)}
              className="mt-1 size-3.5 shrink-0 accent-accent focus-visible:outline-none"
            />
            <span className="min-w-0 flex-1">
              <span className="flex flex-wrap items-center gap-2 font-medium">{option.title}</span>
              {option.detail === undefined ? null : (
                <span className="block text-xs text-unknown-text">{option.detail}</span>
              )}
            </span>
            {option.aside === undefined ? null : <span className="text-xs text-unknown-text">{option.aside}</span>}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
