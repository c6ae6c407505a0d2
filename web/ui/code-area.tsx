import { clsx } from 'clsx';
import type { ComponentProps } from 'react';
import { useFieldWiring } from './field.tsx';

/** Several lines of code with their numbers, so that a fault which names a line is found. Tab leaves it, as everywhere. */
export function CodeArea({ className, value, ...rest }: ComponentProps<'textarea'> & { value: string }) {
  const wiring = useFieldWiring();
  const lines = value.split('\n').length;
  return (
    <div
      className={clsx(
        'flex max-h-[50vh] min-w-0 overflow-auto rounded-control border border-line-strong bg-surface font-mono text-sm leading-5',
        'focus-within:border-accent focus-within:outline-1 focus-within:outline-accent',
        wiring['aria-invalid'] === true && 'border-bad',
        className,
      )}
    >
      <pre
        aria-hidden="true"
        className="num sticky left-0 min-h-full shrink-0 self-stretch border-r border-line bg-sunken px-2 py-1.5 text-right text-muted select-none"
      >
        {Array.from({ length: lines }, (_, index) => `${index + 1}\n`)}
      </pre>
      <textarea
        {...wiring}
        {...rest}
        value={value}
        rows={8}
        wrap="off"
        dir="ltr"
        spellCheck={false}
        autoCapitalize="none"
        autoComplete="off"
        className="min-h-44 min-w-0 flex-1 resize-none overflow-x-auto overflow-y-hidden bg-transparent px-2.5 py-1.5 text-text outline-none [field-sizing:content]"
      />
    </div>
  );
}
