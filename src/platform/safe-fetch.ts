import { isIP, type Socket } from 'node:net';
import { Agent, buildConnector, type Dispatcher, request } from 'undici';
import { AppError, invalid } from '#kernel/errors.ts';
import { createTargetGuard } from './address-guard.ts';
import {
  type Guard,
  guardedLookup,
  refusedTarget,
  type Resolver,
  systemResolver,
  TargetRefused,
} from './guarded-lookup.ts';

/** Limits and outcome of one guarded request; see `createSafeFetch` for the guard itself. */
export type SafeRequest = {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Text, or bytes that are not text. */
  readonly body?: string | Uint8Array;
  readonly timeoutMs: number;
  /** At most this much of the answer is read; the rest is dropped. */
  readonly maxBytes?: number;
  /** CIDRs beyond public addresses that this request may reach. */
  readonly allowedTargets: readonly string[];
};

export type SafeResponse = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

/**
 * One HTTP request to an address that somebody typed in. The resolved address is checked at connect time and again on
 * each redirect: private ones only when allowed, cloud metadata never. Throws `AppError('forbidden')` with what to do,
 * `invalid` for a URL that cannot be asked, `unavailable` when no answer came.
 */
export type SafeFetch = (url: string, request: SafeRequest) => Promise<SafeResponse>;

const MAX_REDIRECTS = 5;
const DEFAULT_MAX_BYTES = 65_536;
const CONNECT_TIMEOUT_MS = 5_000;
/** Connections are kept per list of allowed targets, so that none is reused under a stricter one. */
const MAX_AGENTS = 64;

/**
 * Makes the guarded client. `resolver` replaces DNS in tests. Whatever a host looks like (decimal, octal, IPv4 inside
 * IPv6), the address that the socket would really connect to is what is checked, so a name that answers differently the
 * second time gains nothing.
 */
export function createSafeFetch(options: { resolver?: Resolver } = {}): SafeFetch {
  const resolver = options.resolver ?? systemResolver;
  const agents = new Map<string, Agent>();
  const agentFor = (allowedTargets: readonly string[]) => {
    const key = allowedTargets.toSorted().join(',');
    const known = agents.get(key);
    if (known) return known;
    if (agents.size >= MAX_AGENTS) agents.clear();
    const agent = guardedAgent(createTargetGuard(allowedTargets), resolver);
    agents.set(key, agent);
    return agent;
  };
  return async (url, wanted) => {
    const signal = AbortSignal.timeout(wanted.timeoutMs);
    let target = parseTarget(url);
    let step = { method: wanted.method ?? 'GET', headers: { ...wanted.headers }, body: wanted.body };
    for (let redirects = 0; ; redirects++) {
      const answer = await ask(target, step, agentFor(wanted.allowedTargets), signal, wanted);
      const location = redirectOf(answer);
      if (location === null) return answer;
      if (redirects >= MAX_REDIRECTS)
        throw new AppError('unavailable', `${target.host} redirected more than ${MAX_REDIRECTS} times.`);
      const next = parseTarget(new URL(location, target).href);
      step = followed(step, answer.status, next.origin === target.origin);
      target = next;
    }
  };
}

type Step = { method: string; headers: Record<string, string>; body: string | Uint8Array | undefined };

async function ask(
  target: URL,
  step: Step,
  agent: Dispatcher,
  signal: AbortSignal,
  wanted: SafeRequest,
): Promise<SafeResponse> {
  try {
    const answer = await request(target, {
      dispatcher: agent,
      method: step.method as Dispatcher.HttpMethod,
      headers: { 'user-agent': 'Allclear', ...step.headers },
      body: step.body ?? null,
      signal,
    });
    const headers = Object.fromEntries(
      Object.entries(answer.headers).map(([name, value]) => [
        name,
        Array.isArray(value) ? value.join(', ') : (value ?? ''),
      ]),
    );
    return {
      status: answer.statusCode,
      headers,
      body: await readStart(answer.body, wanted.maxBytes ?? DEFAULT_MAX_BYTES),
    };
  } catch (error) {
    throw explain(error, target, wanted.timeoutMs);
  }
}

async function readStart(body: Dispatcher.ResponseData['body'], maxBytes: number): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    size += chunk.length;
    if (size >= maxBytes) break;
  }
  return Buffer.concat(chunks).subarray(0, maxBytes).toString('utf8');
}

function parseTarget(url: string): URL {
  const target = URL.parse(url);
  if (!target || !['http:', 'https:'].includes(target.protocol))
    throw invalid('url', 'expected a URL such as https://example.com/path');
  if (target.username || target.password) throw invalid('url', 'must not carry a user name or password');
  return target;
}

function redirectOf(answer: SafeResponse): string | null {
  return [301, 302, 303, 307, 308].includes(answer.status) ? (answer.headers['location'] ?? null) : null;
}

/** RFC 9110 §15.4: 307 and 308 repeat the request, the others become a GET. Credentials stay with their origin. */
function followed(step: Step, status: number, sameOrigin: boolean): Step {
  const repeats = status === 307 || status === 308 || step.method === 'GET' || step.method === 'HEAD';
  const dropped = (name: string) =>
    (!sameOrigin && ['authorization', 'cookie'].includes(name.toLowerCase())) ||
    (!repeats && name.toLowerCase().startsWith('content-'));
  const headers = Object.fromEntries(Object.entries(step.headers).filter(([name]) => !dropped(name)));
  return repeats ? { ...step, headers } : { method: 'GET', headers, body: undefined };
}

function guardedAgent(guard: Guard, resolver: Resolver): Agent {
  const lookup = guardedLookup(guard, resolver);
  const connect = buildConnector({ lookup, timeout: CONNECT_TIMEOUT_MS } as buildConnector.BuildOptions);
  return new Agent({
    connect(options, done) {
      const host = options.hostname.replace(/^\[|\]$/g, '');
      if (isIP(host) !== 0 && !guard(host)) return done(new TargetRefused(host), null);
      connect(options, (error, socket) => {
        const remote = (socket as Socket | null)?.remoteAddress;
        if (error || !socket || remote === undefined || guard(remote))
          return done(...([error, socket] as Parameters<typeof done>));
        socket.destroy();
        done(new TargetRefused(remote), null);
      });
    },
    keepAliveTimeout: 4_000,
    connections: 32,
    pipelining: 1,
  });
}

const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'refused the connection',
  ECONNRESET: 'closed the connection',
  UND_ERR_SOCKET: 'closed the connection',
  ENOTFOUND: 'has no address (the name was not found)',
  EAI_AGAIN: 'could not be resolved (DNS did not answer)',
  EHOSTUNREACH: 'cannot be reached',
  ENETUNREACH: 'cannot be reached',
  ETIMEDOUT: 'did not answer the connection',
  UND_ERR_CONNECT_TIMEOUT: 'did not answer the connection',
};

const NOT_CONNECTED: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** Whether a request failed before anything of it was sent; when not, it may have been taken all the same. */
export function wasNotSent(error: unknown): boolean {
  return causes(error).some((cause) => NOT_CONNECTED.has((cause as { code?: string }).code ?? ''));
}

function explain(error: unknown, target: URL, timeoutMs: number): AppError {
  if (error instanceof AppError) return error;
  for (const cause of causes(error)) {
    if (cause instanceof TargetRefused) return refusedTarget(target.host, cause.address);
    const code = (cause as { code?: string }).code;
    if (code !== undefined && REASONS[code])
      return new AppError('unavailable', `${target.host} ${REASONS[code]}.`, { cause: error });
    if (cause instanceof Error && cause.name === 'TimeoutError') {
      return new AppError('unavailable', `${target.host} did not answer within ${timeoutMs / 1_000} s.`, {
        cause: error,
      });
    }
  }
  return new AppError('unavailable', `${target.host}: ${error instanceof Error ? error.message : String(error)}`, {
    cause: error,
  });
}

function causes(error: unknown): unknown[] {
  const inner = error instanceof AggregateError ? error.errors : [];
  const cause = error instanceof Error && error.cause !== undefined ? causes(error.cause) : [];
  return [error, ...inner, ...cause];
}
