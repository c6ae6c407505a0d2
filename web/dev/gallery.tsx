import { createMemoryHistory, createRootRoute, createRouter, RouterProvider } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Toasts } from '../app/toasts.tsx';
import { Page, Section } from '../ui/panel.tsx';
import { GalleryControls } from './gallery-controls.tsx';
import { GalleryData } from './gallery-data.tsx';
import { GalleryShell } from './gallery-shell.tsx';
import { GalleryWords } from './gallery-words.tsx';

/** Every component of ours on one screen, for looking at; only in development, at /dev/gallery and /dev/shell. */
function AllComponents() {
  return (
    <main>
      <Page title="Gallery" above="components" below="Every owned component, in both themes, at both sizes.">
        <div className="grid gap-8">
          <Section title="Words, states, times">
            <GalleryWords />
          </Section>
          <Section title="Controls">
            <GalleryControls />
          </Section>
          <Section title="Data">
            <GalleryData />
          </Section>
        </div>
      </Page>
      <Toasts />
    </main>
  );
}

function Chosen(): ReactNode {
  return location.pathname === '/dev/shell' ? <GalleryShell /> : <AllComponents />;
}

const router = createRouter({
  routeTree: createRootRoute({ component: Chosen, notFoundComponent: Chosen }),
  history: createMemoryHistory({ initialEntries: ['/incidents'] }),
});

export function Gallery() {
  // The gallery's own small router, whose type is not the dashboard's.
  return <RouterProvider router={router as never} />;
}
