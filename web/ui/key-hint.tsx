import { clsx } from 'clsx';

const isApple = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.userAgent);
const symbols: Record<string, string> = isApple
  ? { mod: '⌘', enter: '↵', shift: '⇧', esc: 'esc' }
  : { mod: 'Ctrl ', enter: '↵', shift: 'Shift ', esc: 'Esc' };

/** `mod+k` as ⌘K on Apple's keyboards and Ctrl K elsewhere. */
export function keyText(keys: string): string {
  return keys
    .split('+')
    .map((key) => symbols[key] ?? (keys.includes('+') ? key.toUpperCase() : key))
    .join('');
}

/** A key that does what stands beside it; decoration for the eye, screen readers get `aria-keyshortcuts` or the help. */
export function KeyHint({ keys, onInk = false }: { keys: string; onInk?: boolean }) {
  return (
    <kbd
      aria-hidden="true"
      className={clsx(
        'hidden h-4 min-w-4 items-center justify-center rounded-sm border px-1 font-sans text-[11px] leading-none font-normal md:inline-flex',
        onInk ? 'border-on-ink/30 text-on-ink/80' : 'border-line-strong bg-surface text-muted',
      )}
    >
      {keyText(keys)}
    </kbd>
  );
}
