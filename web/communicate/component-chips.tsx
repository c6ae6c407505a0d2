import { clsx } from 'clsx';
import type { ComponentView, SaidStatus } from '#communicate/contract';
import { toneText } from '../ui/badge.tsx';
import { Glyph } from '../ui/glyph.tsx';
import { lookOf } from '../ui/state-badge.tsx';
import { saidStatuses } from './public-words.ts';

/** A value in a small box that opens the browser's own list. */
export function ChipSelect({
  label,
  className,
  before,
  children,
  ...rest
}: React.ComponentProps<'select'> & { label: string; before?: React.ReactNode }) {
  return (
    <span
      className={clsx(
        'relative inline-flex h-6 max-w-full items-center gap-1.5 rounded-sm bg-sunken px-2 text-xs font-semibold max-md:h-10 max-md:px-3',
        'has-focus-visible:outline-2 has-focus-visible:outline-offset-1 has-focus-visible:outline-accent',
        className,
      )}
    >
      {before}
      <select
        aria-label={label}
        {...rest}
        className="max-w-full min-w-0 appearance-none truncate bg-transparent pr-3.5 font-semibold focus-visible:outline-none max-md:text-[16px] md:[field-sizing:content]"
      >
        {children}
      </select>
      <svg
        viewBox="0 0 10 10"
        aria-hidden="true"
        className="pointer-events-none absolute right-2 size-2 text-muted max-md:right-3"
      >
        <path d="m1.5 3.5 3.5 3.5 3.5-3.5" fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" />
      </svg>
    </span>
  );
}

/** What the update says of each component, and a way to name more. */
export function ComponentChips({
  all,
  shown,
  onChange,
}: {
  all: readonly ComponentView[];
  /** Component → what the update would say of it. */
  shown: ReadonlyMap<string, SaidStatus | 'unknown'>;
  onChange: (id: string, status: SaidStatus) => void;
}) {
  const others = all.filter(({ id }) => !shown.has(id));
  const pick = (value: string) => saidStatuses.find((status) => status === value);
  return (
    <>
      {all
        .filter(({ id }) => shown.has(id))
        .map(({ id, name }) => {
          const status = shown.get(id) ?? 'unknown';
          const look = lookOf(status);
          return (
            <ChipSelect
              key={id}
              label={`Public status of ${name}`}
              value={status}
              onChange={(event) => {
                const picked = pick(event.target.value);
                if (picked !== undefined) onChange(id, picked);
              }}
              before={
                <span className={clsx('inline-flex min-w-0 items-center gap-1.5', toneText[look.tone])}>
                  <Glyph name={look.glyph} className="size-2" />
                  <bdi className="max-w-40 truncate text-text max-md:text-base max-md:font-medium">{name}:</bdi>
                </span>
              }
            >
              {status === 'unknown' ? (
                <option value="unknown" disabled>
                  Unknown
                </option>
              ) : null}
              {saidStatuses.map((one) => (
                <option key={one} value={one}>
                  {lookOf(one).word}
                </option>
              ))}
            </ChipSelect>
          );
        })}
      {others.length === 0 ? null : (
        <ChipSelect
          label="Name another component"
          value=""
          onChange={(event) => onChange(event.target.value, 'degraded_performance')}
          className="text-muted"
        >
          <option value="" disabled>
            + Component
          </option>
          {others.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </ChipSelect>
      )}
    </>
  );
}
