import { createRootRoute, createRoute, lazyRouteComponent, Outlet, redirect } from '@tanstack/react-router';
import { readSetup } from '#access/contract';
import { ApiProblem } from '#client';
import { api } from '../data/api.ts';
import { queryClient } from '../data/query-client.ts';
import { sessionRead } from '../data/session.ts';
import { FaultScreen, NotFoundScreen } from './fault-screen.tsx';
import { Shell } from './shell.tsx';
import { Toasts } from './toasts.tsx';

/*
 * Every screen of the dashboard, each loaded when it is first opened. To add one: write it in the folder of its stage,
 * add a route here and into the tree below, and a line in `places.tsx` when it belongs into the sidebar.
 */

const root = createRootRoute({
  component: () => (
    <>
      <Outlet />
      <Toasts />
    </>
  ),
});

/** Screens for somebody who is signed in; everybody else is sent to the first visit or the sign-in, and back afterwards. */
const shell = createRoute({
  getParentRoute: () => root,
  id: 'shell',
  component: Shell,
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

const now = createRoute({
  getParentRoute: () => shell,
  path: '/',
  component: lazyRouteComponent(() => import('../now/now-screen.tsx'), 'NowScreen'),
});

const setup = createRoute({
  getParentRoute: () => root,
  path: '/setup',
  component: lazyRouteComponent(() => import('../access/setup-screen.tsx'), 'SetupScreen'),
});

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: (search: Record<string, unknown>): { next?: string } =>
    typeof search['next'] === 'string' && /^\/(?!\/)/.test(search['next']) ? { next: search['next'] } : {},
  component: lazyRouteComponent(() => import('../access/sign-in-screen.tsx'), 'SignInScreen'),
});

export const routeTree = root.addChildren([shell.addChildren([now]), setup, signIn]);

export const routeDefaults = { defaultErrorComponent: FaultScreen, defaultNotFoundComponent: NotFoundScreen };
