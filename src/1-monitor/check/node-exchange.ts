import { request as requestPlain, type ClientRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as requestSecure } from 'node:https';
import { isIP, type Socket } from 'node:net';
import type { SecureContext } from 'node:tls';
import type { CheckRequest } from './request.ts';
import type { HeaderFields } from './response-head.ts';
import type { Target } from './target.ts';

export interface NodeAnswer {
  readonly status: number;
  readonly headers: HeaderFields;
  readonly body: Buffer;
}

/**
 * The same question by node:http, to the same address: the second opinion on a response that our parser refused. Null
 * when node:http fails as well, the body is longer than `maxBodyBytes`, or nothing is complete within `timeoutMs`.
 */
export function askNode(
  target: Target,
  address: string,
  request: CheckRequest,
  secure: { readonly context: SecureContext; readonly verify: boolean } | null,
  limits: { readonly timeoutMs: number; readonly maxBodyBytes: number },
): Promise<NodeAnswer | null> {
  const options: RequestOptions = {
    host: address,
    port: target.port,
    method: request.method,
    path: request.path,
    headers: Object.fromEntries(request.headers),
    agent: false,
    maxHeaderSize: 65_536,
    signal: AbortSignal.timeout(limits.timeoutMs),
  };
  return new Promise((resolve) => {
    const name = isIP(target.host) === 0 ? { servername: target.host } : {};
    // A variable, since the types do not know that the options of tls.connect may stand here (the documentation does).
    const withTls = {
      ...options,
      ...name,
      secureContext: secure?.context,
      rejectUnauthorized: secure?.verify !== false,
    };
    const asking = secure === null ? requestPlain(options) : requestSecure(withTls);
    asking.on('response', (response) => collect(response, limits.maxBodyBytes, resolve));
    asking.on('error', () => resolve(null));
    asking.end(request.body ?? undefined);
  });
}

/** The same over a connection that stands. Rejects where node:http will not send the request; the connection is closed then. */
export function askNodeOver(
  socket: Socket,
  request: CheckRequest,
  limits: { readonly timeoutMs: number; readonly maxBodyBytes: number },
): Promise<NodeAnswer | null> {
  return new Promise((resolve) => {
    const asking = requestOver(socket, {
      createConnection: () => socket,
      method: request.method,
      path: request.path,
      headers: Object.fromEntries(request.headers),
      maxHeaderSize: 65_536,
      signal: AbortSignal.timeout(limits.timeoutMs),
    });
    asking.on('response', (response) => collect(response, limits.maxBodyBytes, resolve));
    asking.on('error', () => resolve(null));
    asking.end(request.body ?? undefined);
  });
}

function requestOver(socket: Socket, options: RequestOptions): ClientRequest {
  try {
    return requestPlain(options);
  } catch (error) {
    socket.destroy();
    throw error;
  }
}

function collect(response: IncomingMessage, maxBytes: number, resolve: (answer: NodeAnswer | null) => void): void {
  const pieces: Buffer[] = [];
  let length = 0;
  response.on('data', (piece: Buffer) => {
    length += piece.length;
    pieces.push(piece);
    if (length > maxBytes) response.destroy(new Error('too long'));
  });
  response.on('error', () => resolve(null));
  response.on('end', () => {
    const headers: [string, string][] = [];
    for (let index = 0; index + 1 < response.rawHeaders.length; index += 2) {
      headers.push([(response.rawHeaders[index] ?? '').toLowerCase(), response.rawHeaders[index + 1] ?? '']);
    }
    resolve({ status: response.statusCode ?? 0, headers, body: Buffer.concat(pieces) });
  });
}
