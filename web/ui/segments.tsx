import { clsx } from 'clsx';

/** A few values of one setting side by side (`1 h · 24 h · 7 d`); the chosen one is tinted and marked as pressed. */
export function Segments<Value extends string>({
  label,
  value,
  onChange,
  onAim,
  options,
}: {
  label: string;
  value: Value;
  onChange: (value: Value) => void;
  /** Somebody points at one, and may be about to choose it. */
  onAim?: (value: Value) => void;
  options: readonly { value: Value; label: string }[];
}) {
  return (
    <div role="group" aria-label={label} className="flex flex-wrap gap-1">
      {options.map((option) => (
        <button
          key={option.value}
          type="button"
          aria-pressed={option.value === value}
          onClick={() => onChange(option.value)}
          onPointerEnter={() => onAim?.(option.value)}
          onFocus={() => onAim?.(option.value)}
          className={clsx(
            'h-6 rounded-sm px-2 text-xs font-semibold transition-colors max-md:h-9 max-md:px-3',
            option.value === value ? 'bg-accent-tint text-accent-text' : 'bg-sunken text-muted hover:text-text',
          )}
        >
          {option.label}
        </button>
      ))}
    </div>
  );
}
