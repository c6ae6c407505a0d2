import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

export type SinkRequest = {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** The body as it came, for what is not text. */
  readonly bytes: Buffer;
  readonly atMs: number;
};

/** How a sink misbehaves; what is refused or hung up on is not counted as received. */
export type Mood =
  | { readonly kind: 'well' }
  | { readonly kind: 'status'; readonly status: number; readonly headers?: Readonly<Record<string, string>> }
  | { readonly kind: 'hang-up' }
  | { readonly kind: 'slow'; readonly ms: number };

export type SinkServer = {
  readonly origin: string;
  readonly port: number;
  readonly setMood: (mood: Mood) => void;
  /** Everything that came, refused or not. */
  readonly attempts: SinkRequest[];
  readonly close: () => Promise<void>;
};

/** An HTTP server for tests: reads the whole request, then answers as its mood says. */
export async function createSinkServer(
  answer: (request: SinkRequest) => { status: number; body: unknown },
  port = 0,
): Promise<SinkServer> {
  let mood: Mood = { kind: 'well' };
  const attempts: SinkRequest[] = [];
  const server = createServer((request, response) => void handle(request, response));

  async function handle(request: IncomingMessage, response: ServerResponse) {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const bytes = Buffer.concat(chunks);
    const received: SinkRequest = {
      method: request.method ?? '',
      path: request.url ?? '',
      headers: request.headers,
      body: bytes.toString('utf8'),
      bytes,
      atMs: Date.now(),
    };
    attempts.push(received);
    const now = mood;
    if (now.kind === 'hang-up') return void request.socket.destroy();
    if (now.kind === 'slow') await sleep(now.ms);
    const { status, body } =
      now.kind === 'status' ? { status: now.status, body: { error: 'as told' } } : answer(received);
    response
      .writeHead(status, { 'content-type': 'application/json', ...(now.kind === 'status' ? now.headers : {}) })
      .end(JSON.stringify(body));
  }

  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const bound = (server.address() as AddressInfo).port;
  return {
    origin: `http://127.0.0.1:${bound}`,
    port: bound,
    attempts,
    setMood: (next) => void (mood = next),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
