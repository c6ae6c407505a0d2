import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { router } from './app/router.tsx';
import { queryClient } from './data/query-client.ts';
import './ui/base.css';

const host = document.getElementById('root');
if (host === null) throw new Error('index.html has no #root');

function renderDashboard(into: Root): void {
  into.render(
    <StrictMode>
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </StrictMode>,
  );
}

const page = createRoot(host);
if (import.meta.env.DEV && location.pathname.startsWith('/dev/')) {
  const { Gallery } = await import('./dev/gallery.tsx');
  page.render(<Gallery />);
} else renderDashboard(page);
