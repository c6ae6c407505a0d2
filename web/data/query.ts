import {
  type QueryClient,
  type QueryKey,
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
  type UseQueryOptions,
} from '@tanstack/react-query';
import type { RouteArguments, RouteResult, RouteSpec } from '#kernel/route.ts';
import { api } from './api.ts';

/** What a query shows, in the words of the live stream (`alerts`, `incident:inc_…`): news about it reads the query again. */
export type Topics = readonly string[];

declare module '@tanstack/react-query' {
  interface Register {
    queryMeta: { topics?: Topics };
  }
}

/** The key under which an answer of a route is kept. */
export function keyOf(route: RouteSpec, input?: { params?: unknown; query?: unknown }): QueryKey {
  return [`${route.method} ${route.path}`, input?.params ?? {}, input?.query ?? {}];
}

/** A read of a route as options for `useQuery`, `prefetchQuery` and `setQueryData`. */
export function readOf<S extends RouteSpec>(route: S, input: RouteArguments<S>, topics: Topics) {
  return queryOptions<RouteResult<S>>({
    queryKey: keyOf(route, input),
    queryFn: ({ signal }) => api.call(route, input, { signal }),
    meta: { topics },
  });
}

/** Reads a route and stays fresh: read again when the stream tells of one of `topics`. */
export function useRead<S extends RouteSpec>(
  route: S,
  input: RouteArguments<S>,
  topics: Topics,
  options: {
    enabled?: boolean;
    /** For what the stream does not tell; may depend on what was read last. */
    refetchInterval?: number | ((kept: RouteResult<S> | undefined) => number);
    keepPrevious?: boolean;
  } = {},
) {
  const { keepPrevious = false, refetchInterval, ...rest } = options;
  const placeholder = keepPrevious ? { placeholderData: keepPreviousData } : {};
  const pace: Pick<UseQueryOptions<RouteResult<S>>, 'refetchInterval'> = refetchInterval === undefined
    ? {}
    : {
        refetchInterval: (query) =>
          typeof refetchInterval === 'function' ? refetchInterval(query.state.data) : refetchInterval,
      };
  return useQuery<RouteResult<S>>({ ...readOf(route, input, topics), ...placeholder, ...pace, ...rest });
}

type ItemOf<S extends RouteSpec> = RouteResult<S> extends { items: readonly (infer Item)[] } ? Item : never;

function withCursor<S extends RouteSpec>(input: RouteArguments<S>, cursor: string | null): RouteArguments<S> {
  if (cursor === null) return input;
  return { ...input, query: { ...(input.query as object | undefined), cursor } };
}

/** A list with its cursor as options for `useInfiniteQuery` and `prefetchInfiniteQuery`. */
export function pagesOf<S extends RouteSpec>(route: S, input: RouteArguments<S>, topics: Topics) {
  return infiniteQueryOptions({
    queryKey: [...keyOf(route, input), 'pages'],
    queryFn: async ({ signal, pageParam }): Promise<{ items: readonly ItemOf<S>[]; nextCursor: string | null }> => {
      const page: unknown = await api.call(route, withCursor(input, pageParam), { signal });
      return page as { items: readonly ItemOf<S>[]; nextCursor: string | null };
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    meta: { topics },
  });
}

/** A list with its cursor: `items` of all pages read so far, `more()` reads the next; `first` is the first answer, whole. */
export function useList<S extends RouteSpec>(
  route: S,
  input: RouteArguments<S>,
  topics: Topics,
  options: { enabled?: boolean; refetchInterval?: number } = {},
) {
  const result = useInfiniteQuery({
    ...pagesOf(route, input, topics),
    placeholderData: keepPreviousData,
    ...options,
  });
  return {
    items: result.data?.pages.flatMap((page) => page.items),
    first: result.data?.pages[0] as RouteResult<S> | undefined,
    error: result.error,
    isPending: result.isPending,
    refetch: () => void result.refetch(),
    hasMore: result.hasNextPage,
    loadingMore: result.isFetchingNextPage,
    more: () => void result.fetchNextPage(),
  };
}

const ALL_AT_ONCE = 200;
const MOST_PAGES = 25;

/** Every item of a list, for what is chosen from or named; of more than 5,000 the first. */
export function useAll<S extends RouteSpec>(
  route: S,
  input: RouteArguments<S>,
  topics: Topics,
  options: { enabled?: boolean } = {},
) {
  return useQuery<{ readonly items: readonly ItemOf<S>[] }>({
    queryKey: [...keyOf(route, input), 'all'],
    queryFn: async ({ signal }) => {
      const items: ItemOf<S>[] = [];
      let cursor: string | null = null;
      for (let pages = 0; pages < MOST_PAGES; pages += 1) {
        const asked: RouteArguments<S> = {
          ...input,
          query: { ...(input.query as object | undefined), limit: ALL_AT_ONCE },
        };
        const answer: unknown = await api.call(route, withCursor(asked, cursor), { signal });
        const page = answer as { items: readonly ItemOf<S>[]; nextCursor: string | null };
        items.push(...page.items);
        cursor = page.nextCursor;
        if (cursor === null) break;
      }
      return { items };
    },
    meta: { topics },
    ...options,
  });
}

interface ActOptions<S extends RouteSpec> {
  /** Read again at once what this act changes; the live stream tells the other tabs. */
  touches?: Topics;
  /** Shows the outcome before the answer; taken back when the server refuses. */
  optimistic?: (client: QueryClient, input: RouteArguments<S>) => Promise<() => void> | undefined;
  onDone?: (result: RouteResult<S>, input: RouteArguments<S>) => void;
}

/** Acts through a route. `mutateAsync` rejects with an ApiProblem, which `useForm` and ErrorNote know how to show. */
export function useAct<S extends RouteSpec>(route: S, { touches = [], optimistic, onDone }: ActOptions<S> = {}) {
  const client = useQueryClient();
  return useMutation<RouteResult<S>, Error, RouteArguments<S>, (() => void) | undefined>({
    mutationFn: (input) => api.call(route, input),
    onMutate: async (input) => await optimistic?.(client, input),
    onError: (_error, _input, takeBack) => takeBack?.(),
    onSuccess: (result, input) => onDone?.(result, input),
    onSettled: () => void refresh(client, touches),
  });
}

/** Changes a kept answer at once and returns the way to take it back. */
export async function changeKept<Kept>(
  client: QueryClient,
  options: { queryKey: QueryKey },
  change: (before: Kept) => Kept,
): Promise<() => void> {
  await client.cancelQueries({ queryKey: options.queryKey });
  const before = client.getQueryData<Kept>(options.queryKey);
  if (before === undefined) return () => undefined;
  client.setQueryData<Kept>(options.queryKey, change(before));
  return () => client.setQueryData<Kept>(options.queryKey, before);
}

/** Reads again every query about one of the topics; `*` means all. */
export function refresh(client: QueryClient, topics: Topics): Promise<void> {
  if (topics.length === 0) return Promise.resolve();
  const told = new Set(topics);
  return client.invalidateQueries({
    predicate: (query) => told.has('*') || (query.meta?.topics ?? []).some((topic) => told.has(topic)),
  });
}
