import Search from 'lucide-react/icons/search';
import type { ReactNode } from 'react';
import { Button } from '../ui/button.tsx';
import { KeyHint } from '../ui/key-hint.tsx';

/** Search and palette at the left, live and Declare at the right: the same on every screen. */
export function TopBar({
  onSearch,
  onDeclare,
  live,
}: {
  onSearch: () => void;
  onDeclare?: (() => void) | undefined;
  live: ReactNode;
}) {
  return (
    <header className="sticky top-0 z-20 flex h-12 items-center gap-3 border-b border-line bg-bg px-4 md:px-5">
      <button
        type="button"
        onClick={onSearch}
        aria-keyshortcuts="Meta+K Control+K"
        className="flex h-8 min-w-0 flex-1 items-center gap-2 rounded-control border border-line-strong bg-surface px-2.5 text-left text-muted transition-colors hover:border-faint max-md:h-9 md:max-w-70"
      >
        <Search size={14} aria-hidden="true" className="md:hidden" />
        <span className="flex-1 truncate">Search or do anything</span>
        <KeyHint keys="mod+k" />
      </button>
      <div className="ml-auto flex shrink-0 items-center gap-3">
        {live}
        {onDeclare === undefined ? null : (
          <Button onClick={onDeclare} keyHint="d" aria-keyshortcuts="d" className="max-md:h-9">
            Declare
          </Button>
        )}
      </div>
    </header>
  );
}
