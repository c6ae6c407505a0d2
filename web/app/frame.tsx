import { lazy, type ReactNode, Suspense, useState } from 'react';
import { AccountButton } from './account-button.tsx';
import { BottomBar } from './bottom-bar.tsx';
import type { Place } from './place.ts';
import { PlaceLink, Sidebar } from './sidebar.tsx';

const MoreSheet = lazy(() => import('./more-sheet.tsx').then((module) => ({ default: module.MoreSheet })));

export interface FrameProps {
  workspace: string;
  places: readonly Place[];
  /** At the foot of the sidebar, over oneself. */
  settings?: Place | undefined;
  person: { name: string; note?: ReactNode };
  /** What opens behind the person. */
  account: ReactNode;
  topBar: ReactNode;
  banner?: ReactNode;
  children: ReactNode;
}

/** Where things stand on every screen; knows nothing of what they are. */
export function Frame({ workspace, places, settings, person, account, topBar, banner, children }: FrameProps) {
  const [more, setMore] = useState(false);
  const all = settings === undefined ? places : [...places, settings];
  return (
    <div className="min-h-dvh md:grid md:grid-cols-[200px_minmax(0,1fr)]">
      <a
        href="#content"
        className="sr-only z-60 rounded-control bg-ink px-3 py-2 text-on-ink focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
      >
        Skip to the content
      </a>
      <aside className="sticky top-0 hidden h-dvh border-r border-line md:block">
        <Sidebar
          workspace={workspace}
          places={places}
          foot={
            <>
              {settings === undefined ? null : <PlaceLink place={settings} />}
              <AccountButton {...person}>{account}</AccountButton>
            </>
          }
        />
      </aside>
      <div className="flex min-h-dvh min-w-0 flex-col has-[[data-banner]]:[--above:85px] max-md:pb-[calc(56px+env(safe-area-inset-bottom))]">
        {topBar}
        {banner}
        <main id="content" tabIndex={-1} className="flex min-h-0 flex-1 flex-col focus:outline-none">
          {children}
        </main>
      </div>
      <BottomBar places={places} onMore={() => setMore(true)} />
      <Suspense>
        {more ? <MoreSheet title={workspace} places={all} foot={account} onClose={() => setMore(false)} /> : null}
      </Suspense>
    </div>
  );
}
