import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { System } from '#platform/ctx.ts';
import { createIntake, type Intake } from './accept-signal.ts';
import { type Answer, refusalOf, responseOf, tooLarge } from './answer.ts';
import { GROUP_FORMATS } from './group-format.ts';
import { MAX_INTAKE_BYTES } from './intake-body.ts';

const PATH = '/intake/';
const intakes = new WeakMap<System, Intake>();

/** One intake per system, however many doors lead to it. */
function intakeOf(system: System): Intake {
  const intake = intakes.get(system) ?? createIntake(system);
  intakes.set(system, intake);
  return intake;
}

/**
 * `POST /intake/{key}` in front of the router, straight on node's request and response: 202 once the signal is
 * committed. At thousands of signals a second the router would cost as much as the rest of the way.
 */
export function frontIntake(system: System): (request: IncomingMessage, response: ServerResponse) => boolean {
  const intake = intakeOf(system);
  return (request, response) => {
    const { url } = request;
    if (request.method !== 'POST' || url === undefined || !url.startsWith(PATH)) return false;
    const key = keyIn(url);
    if (key === null) return false;
    readBody(request, (bytes) => {
      const answered = bytes === null ? Promise.resolve(tooLarge()) : answerTo(system, intake, key, bytes);
      void answered.then(({ status, type, body, retryAfter }) => {
        const headers: Record<string, string | number> = {
          'content-type': type,
          'content-length': Buffer.byteLength(body),
          'cache-control': 'no-store',
        };
        if (retryAfter !== undefined) headers['retry-after'] = retryAfter;
        // What is left of a body that is too large is not read: the connection ends.
        if (bytes === null) headers['connection'] = 'close';
        response.writeHead(status, headers).end(body);
      });
    });
    return true;
  };
}

/** The same for callers inside the process, who have no socket. */
export function mountIntake(app: Hono, system: System): void {
  app.post(`${PATH}:key`, async (c) => {
    const bytes = new Uint8Array(await c.req.arrayBuffer());
    const answer =
      bytes.length > MAX_INTAKE_BYTES
        ? tooLarge()
        : await answerTo(system, intakeOf(system), c.req.param('key'), bytes);
    return responseOf(answer);
  });
}

/** Groups of alerts are as large as whoever groups them wants; one that is refused would be lost. */
const MAX_GROUP_BYTES = 8 * 1024 * 1024;

/** `POST|PUT /intake/{key}/alertmanager` and `/grafana`: one message about a group of alerts. */
export function mountGroups(app: Hono, system: System): void {
  const limit = bodyLimit({ maxSize: MAX_GROUP_BYTES, onError: () => responseOf(tooLarge(MAX_GROUP_BYTES)) });
  for (const format of GROUP_FORMATS) {
    const paths = [`${PATH}:key/${format}`, `${PATH}:key/${format}/`];
    app.on(['POST', 'PUT'], paths, limit, async (c) => {
      const bytes = new Uint8Array(await c.req.arrayBuffer());
      return responseOf(
        await answerOf(system, () => intakeOf(system).acceptGroup(c.req.param('key') ?? '', format, bytes)),
      );
    });
  }
}

function keyIn(url: string): string | null {
  const end = url.indexOf('?', PATH.length);
  const key = end < 0 ? url.slice(PATH.length) : url.slice(PATH.length, end);
  return /^[A-Za-z0-9_-]{1,200}$/.test(key) ? key : null;
}

/** Calls back once with the body, or with null as soon as it is longer than allowed; not at all when the caller goes away. */
function readBody(request: IncomingMessage, done: (bytes: Buffer | null) => void): void {
  if (Number(request.headers['content-length'] ?? 0) > MAX_INTAKE_BYTES) return done(null);
  const chunks: Buffer[] = [];
  let length = 0;
  let tooLong = false;
  request.on('data', (chunk: Buffer) => {
    length += chunk.length;
    if (tooLong) return;
    if (length <= MAX_INTAKE_BYTES) return void chunks.push(chunk);
    tooLong = true;
    request.pause();
    done(null);
  });
  request.on('end', () => {
    if (!tooLong) done(chunks.length === 1 ? (chunks[0] ?? null) : Buffer.concat(chunks));
  });
}

function answerTo(system: System, intake: Intake, key: string, bytes: Uint8Array): Promise<Answer> {
  return answerOf(system, () => intake.accept(key, bytes));
}

async function answerOf(system: System, take: () => Promise<object>): Promise<Answer> {
  try {
    return { status: 202, type: 'application/json', body: JSON.stringify(await take()) };
  } catch (error) {
    return refusalOf(system, error);
  }
}
