import { AppError, type ErrorCode, type FieldError } from '#kernel/errors.ts';

/** RFC 9457 problem details, with our closed code and, for input, the fields. */
export type Problem = {
  readonly type: 'about:blank';
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly errors?: readonly FieldError[];
};

const STATUS: Record<ErrorCode, number> = {
  not_found: 404,
  forbidden: 403,
  unauthenticated: 401,
  conflict: 409,
  invalid: 400,
  limit: 429,
  unavailable: 503,
};

const TITLE: Record<number, string> = {
  400: 'Invalid request',
  401: 'Not signed in',
  403: 'Not allowed',
  404: 'Not found',
  405: 'Method not allowed',
  409: 'Conflict',
  413: 'Too large',
  415: 'Unsupported media type',
  422: 'Idempotency key reused',
  429: 'Too many requests',
  500: 'Internal error',
  503: 'Temporarily unavailable',
};

export function problemOf(error: AppError, status = STATUS[error.code]): Problem {
  return {
    type: 'about:blank',
    title: TITLE[status] ?? 'Error',
    status,
    code: error.code,
    detail: error.message,
    ...(error.errors.length > 0 ? { errors: error.errors } : {}),
  };
}

export function problemResponse(problem: Problem, retryAfterSeconds?: number): Response {
  const headers: Record<string, string> = {
    'content-type': 'application/problem+json',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  };
  if (retryAfterSeconds !== undefined) headers['retry-after'] = String(retryAfterSeconds);
  return new Response(JSON.stringify(problem), { status: problem.status, headers });
}

/** An `AppError` whose HTTP status is finer than its code: 413, 415, 422. */
export class HttpError extends AppError {
  readonly status: number;

  constructor(status: number, code: ErrorCode, message: string, errors: readonly FieldError[] = []) {
    super(code, message, { errors });
    this.status = status;
  }
}

/** The one place that turns what was thrown into an answer; null means: a bug, answer 500 and log it. */
export function answerTo(error: unknown): Response | null {
  if (error instanceof HttpError) return problemResponse(problemOf(error, error.status));
  if (error instanceof AppError) return problemResponse(problemOf(error), error.retryAfterSeconds);
  if (isDatabaseAway(error)) {
    const away = new AppError(
      'unavailable',
      'The database does not answer at the moment. Nothing was changed; try again in a few seconds.',
    );
    return problemResponse(problemOf(away), 2);
  }
  return null;
}

const AWAY_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOENT',
  'EPIPE',
  '57P01',
  '57P02',
  '57P03',
  '53300',
  '53100',
  '08000',
  '08003',
  '08006',
]);
const AWAY_MESSAGES =
  /Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error/;

/** Whether an error says that PostgreSQL is gone, starting, full or out of connections. */
function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = (error as { code?: unknown }).code;
  return (typeof code === 'string' && AWAY_CODES.has(code)) || AWAY_MESSAGES.test(error.message);
}
