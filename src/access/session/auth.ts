import { betterAuth } from 'better-auth';
import { APIError } from 'better-auth/api';
import type { Actor } from '#kernel/actor.ts';
import type { System } from '#platform/ctx.ts';
import { newId } from '#platform/ids.ts';
import { audit } from '../audit/audit.ts';
import { findMemberships } from '../user/store.ts';
import { COOKIE_PREFIX, signInSecret, usesSecureCookies } from './cookie.ts';
import { hashPassword, verifyPassword } from './password.ts';

const SESSION_LIFE_SECONDS = 30 * 24 * 3_600;
const SESSION_REFRESH_SECONDS = 24 * 3_600;

const ID_PREFIXES: Readonly<Record<string, string>> = {
  user: 'usr',
  session: 'ses',
  account: 'crd',
  verification: 'vrf',
};

export type Auth = { readonly handler: (request: Request) => Promise<Response> };

/**
 * The sign-in library on our tables: passwords and session cookies, nothing else. It makes no accounts (our verbs do)
 * and it cannot join our transactions, so what it changes is audited by its hooks, right after.
 */
export function createAuth(system: System): Auth {
  const note = (userId: string, action: string, subjectId: string) => auditForPerson(system, userId, action, subjectId);
  return betterAuth({
    appName: 'Allclear',
    baseURL: system.config.publicUrl,
    basePath: '/api/auth',
    secret: signInSecret(system.secrets),
    database: { db: system.database, type: 'postgres' },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: 8,
      maxPasswordLength: 128,
      password: { hash: hashPassword, verify: ({ hash, password }) => verifyPassword(password, hash) },
    },
    user: { modelName: 'userAccount' },
    account: { modelName: 'userCredential' },
    verification: { modelName: 'userVerification' },
    session: { modelName: 'userSession', expiresIn: SESSION_LIFE_SECONDS, updateAge: SESSION_REFRESH_SECONDS },
    // Ours counts failures only, see begin-try.ts.
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    logger: { disabled: true },
    advanced: {
      cookiePrefix: COOKIE_PREFIX,
      useSecureCookies: usesSecureCookies(system.config),
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax', path: '/' },
      // `isForeignOrigin` stands in front of it and also accepts the address by which the machine was reached.
      disableCSRFCheck: true,
      disableOriginCheck: true,
      ipAddress: { ipAddressHeaders: ['x-client-ip'] },
      database: { generateId: ({ model }) => newId(ID_PREFIXES[model] ?? 'aut'), validateSchema: false },
    },
    databaseHooks: {
      session: {
        create: {
          before: async ({ userId }) => {
            if ((await findMemberships(system.database, userId)).length > 0) return;
            throw new APIError('FORBIDDEN', {
              code: 'DEACTIVATED',
              message: 'This account is deactivated. Ask an owner or admin to reactivate it.',
            });
          },
          after: ({ userId, id }) => note(userId, 'session.start', id),
        },
        delete: { after: ({ userId, id }) => note(userId, 'session.end', id) },
      },
      account: { update: { after: ({ userId }) => note(userId, 'password.change', userId) } },
    },
  });
}

/** One row in each workspace of the person: signing in concerns all of them. */
async function auditForPerson(system: System, userId: string, action: string, subjectId: string): Promise<void> {
  for (const { workspaceId, role } of await findMemberships(system.database, userId)) {
    const actor: Actor = { kind: 'user', userId, role, channel: 'web' };
    await system.transact({ actor, workspaceId }, (ctx) => audit(ctx, { action, subjectId }));
  }
}
