import { type AssignmentAnswer, type AssignmentBody, messagesOf, type WireResult } from '../location/probe-wire.ts';

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
      const response = await fetch(`${base}/probe/v1/${path}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(ANSWER_MS),
        redirect: 'error',
      });
      if (response.status === 204) return { ok: true, answer: null };
      const text = await response.text();
      if (response.ok) return { ok: true, answer: JSON.parse(text) };
      return { ok: false, why: reasonOf(response.status), message: `${response.status} ${text.slice(0, 300)}` };
    } catch (error) {
      const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
      return { ok: false, why: 'away', message: cause instanceof Error ? cause.message : String(cause) };
    }
  };
  return {
    ask: (body) => post('assignment', body) as Promise<Sent<AssignmentAnswer | null>>,
    async handIn(results) {
      for (const message of messagesOf(results)) {
        const sent = await post('results', { results: message });
        if (!sent.ok) return sent;
      }
      return { ok: true, answer: null };
    },
  };
}

/** What a proxy or a server under repair answers passes; a message that is refused as wrong stays wrong. */
function reasonOf(status: number): 'away' | 'refused' | 'revoked' {
  if (status === 401) return 'revoked';
  return status === 400 || status === 413 || status === 422 ? 'refused' : 'away';
}
