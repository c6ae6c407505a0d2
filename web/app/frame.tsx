import { type ReactNode, useState } from 'react';
import { Dialog } from '../ui/dialog.tsx';
import { BottomBar } from './bottom-bar.tsx';
import type { Place } from './place.ts';
import { PlaceLink, Sidebar } from './sidebar.tsx';

/** Where things stand on every screen; knows nothing of what they are. */
export function Frame({
  workspace,
  places,
  foot,
  topBar,
  banner,
  children,
}: {
  workspace: string;
  places: readonly Place[];
  foot: ReactNode;
  topBar: ReactNode;
  banner?: ReactNode;
  children: ReactNode;
}) {
  const [more, setMore] = useState(false);
  return (
    <div className="min-h-dvh md:grid md:grid-cols-[200px_minmax(0,1fr)]">
      <a
        href="#content"
        className="sr-only z-60 rounded-control bg-ink px-3 py-2 text-on-ink focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
      >
        Skip to the content
      </a>
      <aside className="sticky top-0 hidden h-dvh border-r border-line md:block">
        <Sidebar workspace={workspace} places={places} foot={foot} />
      </aside>
      <div className="flex min-h-dvh min-w-0 flex-col max-md:pb-[calc(56px+env(safe-area-inset-bottom))]">
        {topBar}
        {banner}
        <main id="content" tabIndex={-1} className="flex min-h-0 flex-1 flex-col focus:outline-none">
          {children}
        </main>
      </div>
      <BottomBar places={places} onMore={() => setMore(true)} />
      <Dialog open={more} onOpenChange={setMore} title={workspace} size="sm">
        <nav aria-label="All places" className="-mx-2 flex flex-col gap-px">
          {places.map((place) => (
            <PlaceLink key={place.to} place={place} onFollow={() => setMore(false)} />
          ))}
        </nav>
        <div className="mt-3 flex flex-col gap-1 border-t border-line pt-3">{foot}</div>
      </Dialog>
    </div>
  );
}
