import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Hono } from 'hono';
import { AppError } from '#kernel/errors.ts';
import type { System } from '#platform/ctx.ts';
import { createIntake, type Intake } from './accept-signal.ts';
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
    const headers: Record<string, string> = { 'content-type': answer.type, 'cache-control': 'no-store' };
    if (answer.retryAfter !== undefined) headers['retry-after'] = String(answer.retryAfter);
    return new Response(answer.body, { status: answer.status, headers });
  });
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

type Answer = { readonly status: number; readonly type: string; readonly body: string; readonly retryAfter?: number };

async function answerTo(system: System, intake: Intake, key: string, bytes: Uint8Array): Promise<Answer> {
  try {
    return { status: 202, type: 'application/json', body: JSON.stringify(await intake.accept(key, bytes)) };
  } catch (error) {
    return refusalOf(system, error);
  }
}

/** Never 4xx for anything that may work a little later: what is not the caller's fault is 503 with a time to come back. */
function refusalOf(system: System, error: unknown): Answer {
  if (error instanceof AppError && error.code === 'not_found') return problem(404, 'Not found', error);
  if (error instanceof AppError && error.code === 'invalid') return problem(400, 'Invalid request', error);
  if (!(error instanceof AppError)) system.log.error({ err: String(error) }, 'signal could not be written');
  const busy =
    error instanceof AppError
      ? error
      : new AppError('unavailable', 'The signal could not be written at the moment. Send it again in a few seconds.');
  return { ...problem(503, 'Temporarily unavailable', busy), retryAfter: busy.retryAfterSeconds ?? 2 };
}

function tooLarge(): Answer {
  const message = `is larger than ${MAX_INTAKE_BYTES} bytes`;
  const refusal = new AppError('invalid', `The body ${message}. Send less, or a link to the rest in "url".`, {
    errors: [{ path: 'body', message }],
  });
  return problem(413, 'Too large', refusal);
}

function problem(status: number, title: string, { code, message, errors }: AppError): Answer {
  const details = {
    type: 'about:blank',
    title,
    status,
    code,
    detail: message,
    ...(errors.length > 0 ? { errors } : {}),
  };
  return { status, type: 'application/problem+json', body: JSON.stringify(details) };
}
