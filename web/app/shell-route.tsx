import { createRootRoute, createRoute, Outlet, redirect } from '@tanstack/react-router';
import { readSetup } from '#access/contract';
import { ApiProblem } from '#client';
import { api } from '../data/api.ts';
import { queryClient } from '../data/query-client.ts';
import { sessionRead } from '../data/session.ts';
import { FaultScreen } from './fault-screen.tsx';
import { Shell } from './shell.tsx';
import { Toasts } from './toasts.tsx';

export const root = createRootRoute({
  component: () => (
    <>
      <Outlet />
      <Toasts />
    </>
  ),
});

/** Screens for somebody who is signed in; everybody else is sent to the first visit or the sign-in, and back afterwards. */
export const shell = createRoute({
  getParentRoute: () => root,
  id: 'shell',
  component: Shell,
  // Outside of the frame, so it brings its own landmark.
  errorComponent: (fault) => (
    <main>
      <FaultScreen {...fault} />
    </main>
  ),
  beforeLoad: async ({ location }) => {
    try {
      await queryClient.ensureQueryData(sessionRead);
    } catch (error) {
      if (!(error instanceof ApiProblem) || error.status !== 401) throw error;
      const setup = await api.call(readSetup, {});
      if (setup.open) throw redirect({ to: '/setup' });
      throw redirect({ to: '/sign-in', search: location.href === '/' ? {} : { next: location.href } });
    }
  },
});
