import { clsx } from 'clsx';
import * as Radix from 'radix-ui/tabs';
import type { ReactNode } from 'react';
import { KeyHint } from './key-hint.tsx';

export interface Tab<Value extends string> {
  value: Value;
  label: ReactNode;
  keyHint?: string;
  count?: number | undefined;
}

const look = clsx(
  'relative inline-flex h-9 items-center gap-1.5 whitespace-nowrap text-muted hover:text-text max-md:h-11',
  'after:absolute after:inset-x-0 after:bottom-0 after:h-0.5 after:bg-transparent',
  // The list scrolls sideways and would cut a ring that stands outside.
  'focus-visible:-outline-offset-2',
);

/** Tabs over panels: give each panel as `TabPanel`. The line under the chosen one is ink. */
export function Tabs<Value extends string>({
  value,
  onChange,
  tabs,
  label,
  aside,
  className,
  children,
}: {
  value: Value;
  onChange: (value: Value) => void;
  tabs: readonly Tab<Value>[];
  label: string;
  aside?: ReactNode;
  className?: string;
  children?: ReactNode;
}) {
  const isOne = (candidate: string): Value | undefined => tabs.find((tab) => tab.value === candidate)?.value;
  return (
    <Radix.Root
      value={value}
      onValueChange={(next) => {
        const chosen = isOne(next);
        if (chosen !== undefined) onChange(chosen);
      }}
      className={className}
    >
      <div className="flex items-center justify-between gap-4 border-b border-line">
        <Radix.List aria-label={label} className="-mb-px flex gap-4 overflow-x-auto">
          {tabs.map((tab) => (
            <Radix.Trigger
              key={tab.value}
              value={tab.value}
              // Without panels of its own a tab controls nothing that could be named.
              {...(children === undefined ? { 'aria-controls': undefined } : {})}
              className={clsx(
                look,
                'data-[state=active]:font-semibold data-[state=active]:text-text data-[state=active]:after:bg-ink',
              )}
            >
              {tab.label}
              {tab.count === undefined ? null : <span className="num text-xs font-normal text-muted">{tab.count}</span>}
              {tab.keyHint === undefined ? null : <KeyHint keys={tab.keyHint} />}
            </Radix.Trigger>
          ))}
        </Radix.List>
        {aside === undefined ? null : <div className="shrink-0 text-xs text-muted">{aside}</div>}
      </div>
      {children}
    </Radix.Root>
  );
}

export function TabPanel({ value, className, children }: { value: string; className?: string; children: ReactNode }) {
  return (
    <Radix.Content value={value} className={className}>
      {children}
    </Radix.Content>
  );
}
