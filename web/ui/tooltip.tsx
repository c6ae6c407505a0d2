import * as Radix from 'radix-ui/tooltip';
import type { ReactElement, ReactNode } from 'react';
import { floatingContainer } from './landmark.ts';

/** A few explaining words on hover and focus. Never the only place where something is said. */
export function Tooltip({ words, children }: { words: ReactNode; children: ReactElement }) {
  return (
    <Radix.Provider delayDuration={250}>
      <Radix.Root>
        <Radix.Trigger asChild>{children}</Radix.Trigger>
        <Radix.Portal container={floatingContainer()}>
          <Radix.Content
            sideOffset={6}
            collisionPadding={8}
            className="z-50 max-w-xs animate-fade rounded-control bg-ink px-2.5 py-1.5 text-xs text-on-ink"
          >
            {words}
          </Radix.Content>
        </Radix.Portal>
      </Radix.Root>
    </Radix.Provider>
  );
}
