import { createRouter } from '@tanstack/react-router';
import { onSignedOut, queryClient } from '../data/query-client.ts';
import { sessionRead } from '../data/session.ts';
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
  // Without a known session nobody was signed in; the shell's route decides where to go.
  if (queryClient.getQueryData(sessionRead.queryKey) === undefined) return;
  const { href } = router.state.location;
  queryClient.clear();
  void router.navigate({ to: '/sign-in', search: { next: href } });
});
