import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { connect, isIP, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { peerName } from '../check/exchange.ts';
import { describeSocketError, fault } from '../check/faults.ts';
import type { Resolver } from '../check/resolver.ts';
import type { CheckError } from '../check/spec.ts';
import { describeBlocked, type TargetGuards } from '../check/target-guards.ts';
import { DRIVER_LIMITS } from './driver-wire.ts';

const MAX_ADDRESSES = 4;
const CONNECT_MS = 10_000;
/** Of a hop, never passed on. */
const HOP = new Set(['proxy-connection', 'proxy-authorization', 'connection', 'keep-alive', 'te', 'upgrade']);

/** The browser's only way out. */
export interface GuardedProxy {
  readonly port: number;
  /** What became of the last connection to `host:port` that failed. */
  readonly troubleWith: (host: string) => { readonly error: CheckError; readonly address: string | null } | null;
  readonly addressOf: (host: string) => string | null;
  readonly close: () => void;
}

export interface Guarding {
  readonly resolver: Resolver;
  readonly guards: TargetGuards;
  readonly allowedTargets: readonly string[];
  /** More was moved than a journey may. */
  readonly onTooMuch: () => void;
}

/**
 * A forward proxy on loopback for one journey. Every name is resolved here, its addresses are judged by the guard of all
 * checks, and the connection goes to the judged address literally, so a name that changes its answer gains nothing.
 */
export async function startGuardedProxy(guarding: Guarding): Promise<GuardedProxy> {
  const troubles = new Map<string, { error: CheckError; address: string | null }>();
  const reached = new Map<string, string>();
  const sockets = new Set<Duplex>();
  let bytes = 0;
  const count = (length: number) => {
    bytes += length;
    if (bytes > DRIVER_LIMITS.networkBytes) guarding.onTooMuch();
  };
  const keep = (socket: Duplex) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
  };
  const reach = async (host: string, port: number): Promise<Socket | null> => {
    const opened = await open(host, port, guarding);
    if ('socket' in opened) {
      reached.set(host, opened.address);
      troubles.delete(host);
      keep(opened.socket);
      opened.socket.on('data', (chunk: Buffer) => count(chunk.length));
      return opened.socket;
    }
    troubles.set(host, opened);
    return null;
  };

  const server = createServer({ maxHeaderSize: 65_536 }, (asked, answer) => void forward(asked, answer, reach, count));
  server.maxConnections = DRIVER_LIMITS.connections;
  server.on('connection', keep);
  server.on('connect', (asked: IncomingMessage, socket: Duplex, head: Buffer) => {
    void tunnel(asked, socket, head, reach, count);
  });
  server.on('clientError', (_error, socket) => socket.destroy());
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const bound = server.address();
  return {
    port: typeof bound === 'object' && bound !== null ? bound.port : 0,
    troubleWith: (host) => troubles.get(host) ?? null,
    addressOf: (host) => reached.get(host) ?? null,
    close() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

type Reach = (host: string, port: number) => Promise<Socket | null>;
type Count = (length: number) => void;

/** HTTPS and WebSockets: a tunnel to `host:port`. */
async function tunnel(asked: IncomingMessage, socket: Duplex, head: Buffer, reach: Reach, count: Count) {
  const match = /^(?:\[([0-9a-f:.]+)\]|([^:/[\]]+)):(\d{1,5})$/i.exec(asked.url ?? '');
  const host = (match?.[1] ?? match?.[2] ?? '').toLowerCase().replace(/\.$/, '');
  const port = Number(match?.[3] ?? 0);
  if (host === '' || port < 1 || port > 65_535) return void socket.end('HTTP/1.1 400 Bad Request\r\n\r\n');
  const outside = await reach(host, port);
  if (outside === null) return void socket.end('HTTP/1.1 502 Bad Gateway\r\ncontent-length: 0\r\n\r\n');
  if (socket.destroyed) return void outside.destroy();
  socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
  if (head.length > 0) outside.write(head);
  count(head.length);
  socket.on('data', (chunk: Buffer) => count(chunk.length));
  socket.pipe(outside);
  outside.pipe(socket);
  socket.once('close', () => outside.destroy());
  outside.once('close', () => socket.destroy());
}

/** Plain HTTP: the request again, over a connection to the judged address. */
async function forward(asked: IncomingMessage, answer: ServerResponse, reach: Reach, count: Count) {
  const url = URL.parse(asked.url ?? '');
  // What is not a whole URL was not meant for a proxy.
  if (url === null || url.protocol !== 'http:') return void answer.writeHead(400).end();
  const host = url.hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
  const outside = await reach(host, url.port === '' ? 80 : Number(url.port));
  if (outside === null) return void asked.socket.destroy();
  const headers = Object.entries(asked.headersDistinct)
    .filter(([name]) => !HOP.has(name))
    .flatMap(([name, values]) => (values === undefined ? [] : [[name, values] as const]));
  const passed = request({
    createConnection: () => outside,
    method: asked.method,
    path: `${url.pathname}${url.search}`,
    headers: Object.fromEntries([...headers, ['connection', ['close']]]),
    setHost: false,
  });
  passed.on('response', (response) => {
    const kept = response.rawHeaders.flatMap((text, i) =>
      i % 2 === 0 && !HOP.has(text.toLowerCase()) ? [text, response.rawHeaders[i + 1] ?? ''] : [],
    );
    try {
      answer.writeHead(response.statusCode ?? 502, response.statusMessage ?? '', kept);
    } catch {
      return void asked.socket.destroy();
    }
    response.pipe(answer);
    response.on('error', () => asked.socket.destroy());
  });
  passed.on('error', () => asked.socket.destroy());
  answer.once('close', () => outside.destroy());
  asked.on('data', (chunk: Buffer) => count(chunk.length));
  asked.pipe(passed);
}

type Opened =
  | { readonly socket: Socket; readonly address: string }
  | { readonly error: CheckError; readonly address: string | null };

async function open(host: string, port: number, guarding: Guarding): Promise<Opened> {
  const addresses = await addressesOf(host, guarding);
  if (!Array.isArray(addresses)) return { error: addresses as CheckError, address: null };
  const verdictOf = (address: string) => guarding.guards.verdict(address, guarding.allowedTargets);
  const allowed = addresses.filter((address) => verdictOf(address).allowed).slice(0, MAX_ADDRESSES);
  const [first] = addresses;
  if (allowed.length === 0 && first !== undefined)
    return { error: describeBlocked(first, verdictOf(first).class, host), address: first };
  let failed: Opened = { error: fault('name-not-found', `the name ${host} has no address`), address: null };
  for (const address of allowed) {
    const opened = await dial(address, port, host);
    if ('socket' in opened) return opened;
    failed = opened;
  }
  return failed;
}

async function addressesOf(host: string, { resolver }: Guarding): Promise<readonly string[] | CheckError> {
  if (isIP(host) !== 0) return [host];
  const resolution = resolver.cached(host) ?? (await resolver.resolve(host));
  return resolution.ok ? resolution.addresses : fault(resolution.kind, resolution.message);
}

function dial(address: string, port: number, host: string): Promise<Opened> {
  const scene = { peer: peerName(address, port), host, step: 'connecting' } as const;
  return new Promise((resolve) => {
    const socket = connect({ host: address, port });
    const fail = (error: CheckError) => {
      socket.destroy();
      resolve({ error, address });
    };
    socket.setTimeout(CONNECT_MS, () => fail(fault('timeout', `${scene.peer} accepted no connection within 10 s`)));
    socket.once('error', (error) => fail(describeSocketError(error, scene)));
    socket.once('connect', () => {
      socket.setTimeout(0);
      socket.removeAllListeners('error');
      resolve({ socket, address });
    });
  });
}
