import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { text } from 'node:stream/consumers';
import type { AssignmentAnswer, AssignmentBody, WireResult } from '../location/probe-wire.ts';
import { messagesOf } from '../location/wire-result.ts';

/** What came of a message: `away` may be better later, `refused` never will, `revoked` says so of the token. */
type Sent<T> =
  | { readonly ok: true; readonly answer: T }
  | { readonly ok: false; readonly why: 'away' | 'refused' | 'revoked'; readonly message: string };

/** A probe's way to its server. */
export interface ServerLink {
  /** Null: the assignment that is held is still right. */
  readonly ask: (body: AssignmentBody) => Promise<Sent<AssignmentAnswer | null>>;
  readonly handIn: (results: readonly WireResult[]) => Promise<Sent<null>>;
}

const ANSWER_MS = 15_000;

/** `server`: its address as it is opened in a browser. It is the operator's own word, so it may be a private one. */
export function openServerLink(server: string, token: string): ServerLink {
  const base = server.replace(/\/+$/, '');
  const post = async (path: string, body: object): Promise<Sent<unknown>> => {
    try {
      const ask = () => postJson(new URL(`${base}/probe/v1/${path}`), token, JSON.stringify(body));
      // Asked twice, nothing counts twice.
      const { status, said } = await ask().catch((error: unknown) =>
        error instanceof StaleConnection ? ask() : Promise.reject(error),
      );
      if (status === 204) return { ok: true, answer: null };
      if (status >= 200 && status < 300) return { ok: true, answer: JSON.parse(said) };
      return { ok: false, why: reasonOf(status), message: `${status} ${said.slice(0, 300)}` };
    } catch (error) {
      return { ok: false, why: 'away', message: error instanceof Error ? error.message : String(error) };
    }
  };
  return {
    ask: (body) => post('assignment', body) as Promise<Sent<AssignmentAnswer | null>>,
    async handIn(results) {
      let refused: Sent<null> | null = null;
      for (const message of messagesOf(results)) {
        const sent = await post('results', { results: message });
        if (sent.ok) continue;
        if (sent.why !== 'refused') return sent;
        // What is behind it is no worse for that.
        refused = sent;
      }
      return refused ?? { ok: true, answer: null };
    },
  };
}

class StaleConnection extends Error {}

/** By node:http: `fetch` would cost a probe 15 MB. A redirect is no answer. Rejects when none came in time. */
function postJson(url: URL, token: string, body: string): Promise<{ readonly status: number; readonly said: string }> {
  const { promise, resolve, reject } = Promise.withResolvers<{ status: number; said: string }>();
  const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const request = send(url, { method: 'POST', headers, signal: AbortSignal.timeout(ANSWER_MS) }, (response) => {
    text(response).then((said) => resolve({ status: response.statusCode ?? 0, said }), reject);
  });
  // The other side may end a kept connection while we write.
  request.on('error', (error: NodeJS.ErrnoException) =>
    reject(request.reusedSocket && error.code === 'ECONNRESET' ? new StaleConnection() : error),
  );
  request.end(body);
  return promise;
}

/** What a proxy or a server under repair answers passes; a message that is refused as wrong stays wrong. */
function reasonOf(status: number): 'away' | 'refused' | 'revoked' {
  if (status === 401) return 'revoked';
  return status === 400 || status === 413 || status === 422 ? 'refused' : 'away';
}
