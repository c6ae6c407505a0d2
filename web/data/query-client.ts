import { QueryCache, QueryClient } from '@tanstack/react-query';
import { ApiProblem } from '#client';

/** A refusal stays a refusal; only silence and faults of the server are worth asking again. */
function worthRetrying(failures: number, error: Error): boolean {
  if (error instanceof ApiProblem && error.status >= 400 && error.status < 500 && error.status !== 429) return false;
  return failures < 3;
}

let signedOut: (() => void) | undefined;

/** What to do when the server no longer knows the session while a screen is open. */
export function onSignedOut(react: () => void): void {
  signedOut = react;
}

export const queryClient = new QueryClient({
  queryCache: new QueryCache({
    onError: (error) => {
      if (error instanceof ApiProblem && error.status === 401) signedOut?.();
    },
  }),
  defaultOptions: {
    queries: {
      // The stream says when something changed; this only bounds how wrong a tab without a stream can be.
      staleTime: 30_000,
      retry: worthRetrying,
      retryDelay: (failures) => Math.min(500 * 2 ** failures, 8000),
    },
    mutations: { retry: false },
  },
});
