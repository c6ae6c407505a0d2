import type { ServerResponse } from 'node:http';
import { SECOND_MS } from '#kernel/duration.ts';

/** An answer whose bytes, headers included, were made beforehand. */
export type PrebuiltAnswer = {
  readonly status: 200 | 404;
  /** Names and values, alternating; without `Date`. */
  readonly headers: readonly string[];
  readonly body: Buffer;
  /** Head and body as they go out in one second. */
  whole: { readonly second: number; readonly bytes: Buffer };
};

export function prebuilt(status: 200 | 404, headers: readonly string[], body: Buffer): PrebuiltAnswer {
  return { status, headers, body, whole: { second: -1, bytes: body } };
}

const STATUS_LINE = { 200: 'HTTP/1.1 200 OK\r\n', 404: 'HTTP/1.1 404 Not Found\r\n' } as const;

/** What Node keeps about the head of an answer; set both, and it believes that the head is out. */
type Head = { _header?: unknown; _headerSent?: unknown };

/**
 * Sends a prebuilt answer. On a kept-alive connection the head and the body go out as one buffer that is made once a
 * second (for its `Date`): Node would check and join a dozen headers for each request, which is a third of its cost
 * (docs/decisions/0006-published-page.md). That uses two fields of ServerResponse that are not documented, so where they are not what we
 * know, and for every other kind of request, the documented way is taken; the answers are the same.
 */
export function sendPrebuilt(response: ServerResponse, answer: PrebuiltAnswer, nowMs: number): void {
  const head = response as Head;
  const { req } = response;
  const plain = req.method === 'GET' && req.httpVersionMinor === 1 && response.shouldKeepAlive;
  if (!plain || head._header !== null || head._headerSent !== false) {
    response.writeHead(answer.status, answer.headers as string[]);
    response.end(req.method === 'HEAD' ? undefined : answer.body);
    return;
  }
  const second = Math.floor(nowMs / SECOND_MS);
  if (answer.whole.second !== second) answer.whole = { second, bytes: wholeAnswer(answer, second) };
  head._header = 'sent';
  head._headerSent = true;
  response.end(answer.whole.bytes);
}

function wholeAnswer({ status, headers, body }: PrebuiltAnswer, second: number): Buffer {
  let text: string = STATUS_LINE[status];
  for (let i = 0; i < headers.length; i += 2) text += `${headers[i]}: ${headers[i + 1]}\r\n`;
  text += `Date: ${new Date(second * SECOND_MS).toUTCString()}\r\n\r\n`;
  return Buffer.concat([Buffer.from(text, 'latin1'), body]);
}
