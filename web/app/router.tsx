import { createRouter } from '@tanstack/react-router';
import { onSignedOut, queryClient } from '../data/query-client.ts';
import { routeDefaults, routeTree } from './routes.tsx';

export const router = createRouter({
  routeTree,
  ...routeDefaults,
  // The next screen's code is there by the time a finger lifts.
  defaultPreload: 'intent',
  defaultPreloadStaleTime: 0,
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}

onSignedOut(() => {
  const { pathname, href } = router.state.location;
  if (/^\/(sign-in|setup|invite|reset-password|forgot-password)/.test(pathname)) return;
  queryClient.clear();
  void router.navigate({ to: '/sign-in', search: { next: href } });
});
