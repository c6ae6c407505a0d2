import { createServer, type IncomingMessage, type Server } from 'node:http';
import { BlockList, isIP } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { sql } from 'kysely';
import { type Context, Hono } from 'hono';
import { AppError } from '#kernel/errors.ts';
import type { System } from '#platform/ctx.ts';
import type { Stage } from '#platform/stage.ts';
import { answerOr500, createApi } from './api.ts';
import { metrics } from './metrics.ts';
import { createOpenApi } from './openapi.ts';
import { problemOf, problemResponse } from './problem.ts';
import { renderReference } from './reference.ts';
import { stream } from './stream.ts';
import { mountVitals } from '../watchdog/mount-vitals.ts';

const REFERENCE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'";

/** Nobody opens these in a browser: what is none of their addresses is no screen of the dashboard either. */
const FOR_PROGRAMS = ['/hooks/*', '/beat/*', '/push/*', '/calendar/*'];

/** The whole HTTP surface as one fetch-style application; `dashboard` answers what nothing else does. */
export function createApplication(
  system: System,
  stages: readonly Stage[],
  version: string,
  dashboard: Hono | null,
): Hono {
  const routes = stages.flatMap((stage) => stage.routes);
  // Made when somebody first asks: it costs more than everything else that happens at a start.
  const document = lazily(() =>
    createOpenApi(
      routes.map((route) => route.spec),
      version,
      system.config.publicUrl,
    ),
  );
  const reference = lazily(() => renderReference(document()));
  const app = new Hono();
  app.get('/healthz', (c) => c.text('ok\n'));
  app.get('/readyz', async (c) => {
    await sql`select 1`.execute(system.database);
    return c.text('ready\n');
  });
  mountVitals(app, system);
  app.get('/api/openapi.json', (c) => c.json(document()));
  app.get('/api/docs', (c) => c.html(reference(), 200, { 'content-security-policy': REFERENCE_POLICY }));
  app.get('/api/v1/stream', (c) => stream(system, c));
  app.get('/metrics', (c) => metrics(system, stages, c));
  for (const stage of stages) stage.mount?.(app, system);
  app.route('/api/v1', createApi(system, routes));
  app.all('/api/*', (c) =>
    problemResponse(
      problemOf(new AppError('not_found', `There is no ${c.req.method} ${c.req.path.slice(0, 200)}. See /api/docs.`)),
    ),
  );
  const nothing = (c: Context) =>
    problemResponse(problemOf(new AppError('not_found', `There is nothing at ${c.req.path.slice(0, 200)}.`)));
  for (const path of FOR_PROGRAMS) app.all(path, nothing);
  if (dashboard) app.route('/', dashboard);
  app.notFound(nothing);
  app.onError((error, c) => answerOr500(system, error, c.req.method, c.req.path));
  return app;
}

function lazily<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | null = null;
  return () => (made ??= { value: make() }).value;
}

/** Listens; resolves with the server once it accepts connections. Prebuilt public bytes are tried first. */
export async function listen(system: System, stages: readonly Stage[], app: Hono): Promise<Server> {
  const fronts = stages.flatMap((stage) => (stage.front ? [stage.front(system)] : []));
  const trustForwarded = createForwardedFilter(system.config.trustedProxies);
  const rest = getRequestListener(app.fetch, { overrideGlobalObjects: false });
  const server = createServer(
    { keepAliveTimeout: 65_000, headersTimeout: 20_000, requestTimeout: 60_000 },
    (request, response) => {
      for (const front of fronts) if (front(request, response)) return;
      trustForwarded(request);
      void rest(request, response);
    },
  );
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(explainListenError(error, system)));
    server.listen(system.config.port, system.config.host, resolve);
  });
  return server;
}

function explainListenError(error: NodeJS.ErrnoException, system: System): Error {
  const { host, port } = system.config;
  if (error.code === 'EADDRINUSE')
    return new AppError(
      'unavailable',
      `Port ${port} on ${host} is taken by another program. Stop it, or set ALLCLEAR_PORT.`,
      { cause: error },
    );
  if (error.code === 'EACCES')
    return new AppError(
      'unavailable',
      `This user may not listen on port ${port}. Set ALLCLEAR_PORT to 1024 or higher.`,
      { cause: error },
    );
  if (error.code === 'EADDRNOTAVAIL')
    return new AppError('unavailable', `This machine has no address ${host}. Set ALLCLEAR_HOST.`, { cause: error });
  return error;
}

/**
 * Keeps forwarding headers only from trusted proxies, and sets `x-client-ip` for whoever needs the caller's address:
 * the nearest one that is not a trusted proxy.
 */
function createForwardedFilter(trusted: readonly string[]) {
  const list = new BlockList();
  for (const cidr of trusted) {
    const [address = '', bits = ''] = cidr.split('/');
    list.addSubnet(address, Number(bits), isIP(address) === 6 ? 'ipv6' : 'ipv4');
  }
  const isTrusted = (ip: string) => isIP(ip) !== 0 && list.check(ip, isIP(ip) === 6 ? 'ipv6' : 'ipv4');
  return (request: IncomingMessage) => {
    const peer = (request.socket.remoteAddress ?? '').replace(/^::ffff:/, '');
    const forwarded = String(request.headers['x-forwarded-for'] ?? '')
      .split(',')
      .map((ip) => ip.trim())
      .filter(Boolean);
    const chain = isTrusted(peer) ? [...forwarded, peer] : [peer];
    for (const name of Object.keys(request.headers)) {
      if (/^(x-forwarded-|forwarded$|x-real-ip$|x-client-ip$)/.test(name) && !isTrusted(peer))
        delete request.headers[name];
    }
    request.headers['x-client-ip'] = chain.findLast((ip) => !isTrusted(ip)) ?? peer;
  };
}
