import type { RouteArguments, RouteResult, RouteSpec } from '#kernel/route.ts';

export type ProblemField = { readonly path: string; readonly message: string; readonly suggestion?: string };

/** An answer that is not a success, as RFC 9457 problem details. */
export class ApiProblem extends Error {
  readonly status: number;
  readonly code: string;
  readonly errors: readonly ProblemField[];

  constructor(status: number, code: string, detail: string, errors: readonly ProblemField[] = []) {
    super(detail);
    this.name = 'ApiProblem';
    this.status = status;
    this.code = code;
    this.errors = errors;
  }
}

export type ClientOptions = {
  /** Origin of the server, without `/api/v1`; empty in the browser. */
  readonly baseUrl: string;
  /** Absent in the browser, where the session cookie speaks. */
  readonly apiKey?: string;
  readonly workspaceId?: string;
  readonly fetch?: typeof globalThis.fetch;
};

/** `idempotencyKey` makes a POST that is sent again have its effect once; absent = a new one for each call. */
export type CallOptions = { readonly idempotencyKey?: string; readonly signal?: AbortSignal };

export type Client = {
  /** Calls a route of a contract; throws `ApiProblem` for anything but a success, with code `unreachable` when no answer came. */
  readonly call: <S extends RouteSpec>(
    route: S,
    input: RouteArguments<S>,
    options?: CallOptions,
  ) => Promise<RouteResult<S>>;
};

export function createClient(options: ClientOptions): Client {
  const send = options.fetch ?? globalThis.fetch.bind(globalThis);
  return {
    async call(route, input, { idempotencyKey, signal } = {}) {
      const headers: Record<string, string> = { accept: 'application/json' };
      if (options.apiKey) headers['authorization'] = `Bearer ${options.apiKey}`;
      if (options.workspaceId) headers['allclear-workspace'] = options.workspaceId;
      if (input.body !== undefined) headers['content-type'] = 'application/json';
      if (route.method === 'post') headers['idempotency-key'] = idempotencyKey ?? newKey();
      const url = options.baseUrl + urlOf(route, input.params, input.query);
      const init: RequestInit = { method: route.method.toUpperCase(), headers };
      if (input.body !== undefined) init.body = JSON.stringify(input.body);
      if (signal) init.signal = signal;
      const response = await send(url, init).catch((error: unknown) => {
        if (signal?.aborted) throw error;
        throw new ApiProblem(0, 'unreachable', `Allclear at ${options.baseUrl || 'this address'} does not answer.`);
      });
      const text = await response.text();
      if (!response.ok) throw problemOf(response.status, text);
      return (text === '' ? null : JSON.parse(text)) as RouteResult<typeof route>;
    },
  };
}

/** 128 random bits; not `crypto.randomUUID`, which browsers keep away from plain HTTP on other hosts than localhost. */
function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Path and query of a call. */
export function urlOf(route: RouteSpec, params: unknown, query: unknown): string {
  const values = (params ?? {}) as Record<string, unknown>;
  const path = route.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(values[name])));
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries((query ?? {}) as Record<string, unknown>)) {
    if (value === undefined || value === null) continue;
    for (const one of Array.isArray(value) ? value : [value]) search.append(name, String(one));
  }
  const tail = search.size > 0 ? `?${search}` : '';
  return `/api/v1${path}${tail}`;
}

function problemOf(status: number, text: string): ApiProblem {
  try {
    const problem = JSON.parse(text) as { code?: string; detail?: string; title?: string; errors?: ProblemField[] };
    return new ApiProblem(
      status,
      problem.code ?? 'unknown',
      problem.detail ?? problem.title ?? `HTTP ${status}`,
      problem.errors ?? [],
    );
  } catch {
    return new ApiProblem(status, 'unknown', `The server answered HTTP ${status}.`);
  }
}
