import { AppError, type FieldError } from '#kernel/errors.ts';
import type { System } from '#platform/ctx.ts';
import { MAX_INTAKE_BYTES } from './intake-body.ts';

/** What is answered to whoever sends signals, before it is put on a socket or into a `Response`. */
export type Answer = {
  readonly status: number;
  readonly type: string;
  readonly body: string;
  readonly retryAfter?: number;
};

/** What is well formed and says more than is taken at once. */
export class TooLarge extends AppError {
  constructor(message: string, errors: readonly FieldError[]) {
    super('invalid', message, { errors });
    this.name = 'TooLarge';
  }
}

export function responseOf(answer: Answer): Response {
  const headers: Record<string, string> = { 'content-type': answer.type, 'cache-control': 'no-store' };
  if (answer.retryAfter !== undefined) headers['retry-after'] = String(answer.retryAfter);
  return new Response(answer.body, { status: answer.status, headers });
}

/**
 * Never 4xx for anything that may work a little later: 429 for who sends more than it may, and 503 for what is not the
 * caller's fault, both with a time to come back.
 */
export function refusalOf(system: System, error: unknown): Answer {
  if (error instanceof AppError && error.code === 'not_found') return problem(404, 'Not found', error);
  if (error instanceof TooLarge) return problem(413, 'Too large', error);
  if (error instanceof AppError && error.code === 'invalid') return problem(400, 'Invalid request', error);
  if (error instanceof AppError && error.code === 'limit')
    return { ...problem(429, 'Too many signals', error), retryAfter: error.retryAfterSeconds ?? 2 };
  if (!(error instanceof AppError)) system.log.error({ err: String(error) }, 'signal could not be written');
  const busy =
    error instanceof AppError
      ? error
      : new AppError('unavailable', 'The signal could not be written at the moment. Send it again in a few seconds.');
  return { ...problem(503, 'Temporarily unavailable', busy), retryAfter: busy.retryAfterSeconds ?? 2 };
}

/** For whoever asks below `/intake` for anything that takes no signals. */
export function noSuchIntake(method: string, path: string): Answer {
  const why = `There is no ${method} ${path.slice(0, 200)}. Signals are sent with POST to the address of their source.`;
  return problem(404, 'Not found', new AppError('not_found', why));
}

export function tooLarge(limit = MAX_INTAKE_BYTES): Answer {
  const message = `is larger than ${limit} bytes`;
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
