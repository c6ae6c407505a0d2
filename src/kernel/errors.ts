/** The closed set of outcomes a caller can tell apart; `app` alone turns them into HTTP statuses. */
export type ErrorCode =
  | 'not_found'
  | 'forbidden'
  | 'unauthenticated'
  | 'conflict'
  | 'invalid'
  | 'limit'
  | 'unavailable';

/** One refused field: `path` is dotted (`body.title`, `query.limit`), `message` says what is expected. */
export type FieldError = {
  readonly path: string;
  readonly message: string;
  /** A value that would mend it, for a screen to offer: `127.0.0.0/8` beside a private address. */
  readonly suggestion?: string;
};

/**
 * An expected refusal. The message is read by people: what was refused, which thing, what to do next.
 * Anything else that is thrown is a bug and becomes a 500.
 */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly errors: readonly FieldError[];
  readonly retryAfterSeconds: number | undefined;

  constructor(
    code: ErrorCode,
    message: string,
    options: { errors?: readonly FieldError[]; retryAfterSeconds?: number; cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'AppError';
    this.code = code;
    this.errors = options.errors ?? [];
    this.retryAfterSeconds = options.retryAfterSeconds;
  }
}

/** `notFound('incident', 'inc_1')` reads "There is no incident inc_1 in this workspace." */
export function notFound(noun: string, id: string): AppError {
  return new AppError('not_found', `There is no ${noun} ${id.slice(0, 80)} in this workspace.`);
}

/** Input refused because of one field. */
export function invalid(path: string, message: string): AppError {
  return new AppError('invalid', message, { errors: [{ path, message }] });
}

/** The state changed under the caller, or does not allow the act. */
export function conflict(message: string): AppError {
  return new AppError('conflict', message);
}

/** A broken invariant: fails the request as a bug, never the process. */
export function assert(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Error(`Invariant broken: ${message}`);
}
