import { type ReactNode, useId, useRef } from 'react';
import { Avatar } from '../ui/avatar.tsx';

/** Oneself, at the foot of the sidebar; opens its panel with the browser's own popover (light, closes by itself). */
export function AccountButton({ name, note, children }: { name: string; note?: ReactNode; children: ReactNode }) {
  const id = useId();
  const panel = useRef<HTMLDivElement>(null);
  return (
    <>
      <button
        type="button"
        popoverTarget={id}
        title={`${name}: theme, keys, sign out`}
        className="flex h-8 w-full items-center gap-2 rounded-control px-2 text-left text-xs text-muted transition-colors hover:text-text"
      >
        <Avatar name={name} beside />
        <span className="min-w-0 flex-1 truncate">{note ?? <bdi>{name}</bdi>}</span>
      </button>
      <div
        ref={panel}
        id={id}
        popover="auto"
        onClick={() => panel.current?.hidePopover()}
        className="fixed inset-auto bottom-12 left-2 m-0 w-64 rounded-panel border border-line bg-surface p-1.5 text-text shadow-raised"
      >
        {children}
      </div>
    </>
  );
}
