import { clsx } from 'clsx';
import * as Radix from 'radix-ui/dropdown-menu';
import type { ReactNode } from 'react';
import { KeyHint } from './key-hint.tsx';
import { floatingContainer } from './landmark.ts';

/** A list of acts behind a button. `trigger` is the button itself. */
export function Menu({
  trigger,
  align = 'start',
  children,
}: {
  trigger: ReactNode;
  align?: 'start' | 'end';
  children: ReactNode;
}) {
  return (
    <Radix.Root modal={false}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal container={floatingContainer()}>
        <Radix.Content
          align={align}
          sideOffset={4}
          collisionPadding={8}
          className="z-50 min-w-48 animate-rise rounded-panel border border-line bg-surface p-1 shadow-raised"
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

export function MenuItem({
  onSelect,
  icon,
  keyHint,
  danger = false,
  disabled = false,
  children,
}: {
  onSelect: () => void;
  icon?: ReactNode;
  keyHint?: string;
  danger?: boolean;
  disabled?: boolean;
  children: ReactNode;
}) {
  return (
    <Radix.Item
      disabled={disabled}
      onSelect={onSelect}
      className={clsx(
        'flex min-h-8 cursor-pointer items-center gap-2 rounded-control px-2.5 py-1 select-none max-md:min-h-11',
        'data-disabled:cursor-not-allowed data-disabled:opacity-50 data-highlighted:bg-sunken data-highlighted:outline-none',
        danger && 'text-bad-text',
      )}
    >
      {icon}
      <span className="flex-1">{children}</span>
      {keyHint === undefined ? null : <KeyHint keys={keyHint} />}
    </Radix.Item>
  );
}

export function MenuLabel({ children }: { children: ReactNode }) {
  return <Radix.Label className="px-2.5 py-1 text-xs text-muted">{children}</Radix.Label>;
}

export function MenuLine() {
  return <Radix.Separator className="-mx-1 my-1 h-px bg-line" />;
}
