import X from 'lucide-react/icons/x';
import { useSyncExternalStore } from 'react';
import { Button, IconButton } from '../ui/button.tsx';
import { Glyph } from '../ui/glyph.tsx';

export interface Toast {
  text: string;
  tone?: 'ok' | 'bad';
  /** One act, usually Undo. */
  act?: { label: string; run: () => void };
}

interface Shown extends Toast {
  id: number;
}

const stayMs = 6000;
let shown: readonly Shown[] = [];
let nextId = 1;
const listeners = new Set<() => void>();

function change(next: readonly Shown[]): void {
  shown = next;
  for (const listener of listeners) listener();
}

const close = (id: number) => change(shown.filter((other) => other.id !== id));

/** Says the outcome of an act at the bottom of the window. A fault stays until it is closed. */
export function toast(news: Toast): void {
  const id = nextId++;
  change([...shown.slice(-2), { ...news, id }]);
  if (news.tone !== 'bad') setTimeout(() => close(id), stayMs);
}

export function Toasts() {
  const toasts = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    () => shown,
  );
  return (
    <div
      aria-live="polite"
      className="pointer-events-none fixed inset-x-4 bottom-20 z-60 flex flex-col items-center gap-2 md:right-6 md:bottom-6 md:left-auto md:items-end"
    >
      {toasts.map(({ id, text, tone, act }) => (
        <div
          key={id}
          className="pointer-events-auto flex max-w-md animate-rise items-center gap-3 rounded-panel border border-line bg-surface py-1.5 pr-1.5 pl-3.5 shadow-raised"
        >
          <Glyph
            name={tone === 'bad' ? 'up' : 'check'}
            className={tone === 'bad' ? 'size-2.5 text-bad' : 'size-2.5 text-ok'}
          />
          <span className="min-w-0 break-words">{text}</span>
          {act === undefined ? null : (
            <Button
              size="sm"
              onClick={() => {
                act.run();
                close(id);
              }}
            >
              {act.label}
            </Button>
          )}
          <IconButton label="Close" size="sm" onClick={() => close(id)}>
            <X size={14} aria-hidden="true" />
          </IconButton>
        </div>
      ))}
    </div>
  );
}
