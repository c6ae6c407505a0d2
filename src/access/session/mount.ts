import type { Hono } from 'hono';
import { AppError } from '#kernel/errors.ts';
import type { System } from '#platform/ctx.ts';
import { readAtMost } from '#platform/read-at-most.ts';
import { authenticate } from './authenticate.ts';
import { type Auth, createAuth } from './auth.ts';
import { CHANGE_PASSWORD_PATH, SIGN_IN_PATH, SIGN_OUT_PATH } from './contract.ts';
import { isForeignOrigin } from './foreign-origin.ts';
import { beginTry } from './begin-try.ts';

const MAX_BODY_BYTES = 4_096;
const FAILURES_PER_ACCOUNT = 8;
const FAILURES_PER_ADDRESS = 40;
const WINDOW_SECONDS = 15 * 60;

/** The three doors of the sign-in library that are open; everything else below `/api/auth` is a 404. */
export function mountSignIn(app: Hono, system: System): void {
  const auth = createAuth(system);

  app.post(SIGN_IN_PATH, async (c) => {
    const body = await readBody(c.req.raw, system);
    const address = c.req.header('x-client-ip') ?? 'local';
    // By account and address together, so that nobody can lock a responder out from elsewhere.
    const account = `account ${address} ${String(body['email']).toLowerCase().slice(0, 254)}`;
    const limits = [
      { key: account, failures: FAILURES_PER_ACCOUNT, windowSeconds: WINDOW_SECONDS },
      { key: `address ${address}`, failures: FAILURES_PER_ADDRESS, windowSeconds: WINDOW_SECONDS },
    ];
    const attempt = await beginTry(system, limits, 'Too many failed tries.');
    let response: Response | undefined;
    try {
      response = await ask(auth, c.req.raw, { email: body['email'], password: body['password'] });
    } finally {
      if (response?.status !== 401) await attempt.takeBack();
    }
    if (response.ok) await attempt.succeed([account]);
    return answer(response, { 401: 'The email address or the password is wrong.' });
  });
  app.post(SIGN_OUT_PATH, async (c) => {
    await readBody(c.req.raw, system);
    return answer(await ask(auth, c.req.raw, {}), {});
  });
  app.post(CHANGE_PASSWORD_PATH, async (c) => {
    const body = await readBody(c.req.raw, system);
    const { currentPassword, newPassword, revokeOtherSessions } = body;
    const change = { currentPassword, newPassword, revokeOtherSessions: revokeOtherSessions !== false };
    const sessionId = await sessionOf(system, c.req.header('cookie'));
    if (sessionId === null) throw new AppError('unauthenticated', 'Sign in first.');
    // By session, so that whoever holds somebody's session neither guesses on nor keeps them from a new password elsewhere.
    const session = `session ${sessionId}`;
    const limit = { key: session, failures: FAILURES_PER_ACCOUNT, windowSeconds: WINDOW_SECONDS };
    const attempt = await beginTry(system, [limit], 'Too many wrong passwords.');
    let wrong = false;
    let response: Response;
    try {
      response = await ask(auth, c.req.raw, change);
      wrong = await isWrongPassword(response);
    } finally {
      if (!wrong) await attempt.takeBack();
    }
    if (response.ok) await attempt.succeed([session]);
    return answer(response, { 401: 'Sign in first.' });
  });
}

/** Which session a request speaks by; null for none that lives. */
async function sessionOf(system: System, cookieHeader: string | undefined): Promise<string | null> {
  const identity = await authenticate(system, {
    authorization: undefined,
    cookieHeader,
    workspaceHeader: undefined,
    channelHint: undefined,
  });
  const actor = identity?.who.actor;
  return actor?.kind === 'user' ? (actor.sessionId ?? null) : null;
}

async function isWrongPassword(response: Response): Promise<boolean> {
  if (response.status !== 400) return false;
  const refusal = (await response.clone().json()) as { code?: unknown };
  return refusal.code === 'INVALID_PASSWORD';
}

/** The JSON body of a request from our own pages. */
async function readBody(request: Request, system: System): Promise<Record<string, unknown>> {
  if (isForeignOrigin(request, system.config)) {
    throw new AppError('forbidden', 'This request comes from another site. Reload the page and try again.');
  }
  const bytes = await readAtMost(request, MAX_BODY_BYTES);
  if (bytes === null) throw new AppError('invalid', 'The body is too large.');
  try {
    const body: unknown = JSON.parse(bytes.toString('utf8') || '{}');
    if (typeof body === 'object' && body !== null && !Array.isArray(body)) return { ...body };
  } catch {
    // Said below.
  }
  throw new AppError('invalid', 'The body must be a JSON object.', {
    errors: [{ path: 'body', message: 'expected a JSON object' }],
  });
}

/** Hands a request to the library with a body of exactly the fields that we allow. */
async function ask(auth: Auth, request: Request, body: object): Promise<Response> {
  const headers = new Headers({ 'content-type': 'application/json' });
  for (const name of ['cookie', 'user-agent', 'x-client-ip']) {
    const value = request.headers.get(name);
    if (value !== null) headers.set(name, value);
  }
  return auth.handler(new Request(request.url, { method: 'POST', headers, body: JSON.stringify(body) }));
}

const CODES: Readonly<Record<number, 'invalid' | 'unauthenticated' | 'forbidden'>> = {
  400: 'invalid',
  401: 'unauthenticated',
  403: 'forbidden',
};

/** Passes a success on with its cookies and nothing else; a refusal becomes one of ours. */
async function answer(response: Response, sentences: Readonly<Record<number, string>>): Promise<Response> {
  if (response.ok) {
    const headers = new Headers({ 'content-type': 'application/json', 'cache-control': 'no-store' });
    for (const cookie of response.headers.getSetCookie()) headers.append('set-cookie', cookie);
    return new Response('{}', { headers });
  }
  const refusal = (await response.json().catch(() => ({}))) as { message?: unknown };
  const code = CODES[response.status];
  if (!code) throw new Error(`sign-in answered ${response.status}: ${String(refusal.message)}`);
  throw new AppError(code, sentences[response.status] ?? `${String(refusal.message ?? 'The request was refused')}`);
}
