import { useSuspenseQuery } from '@tanstack/react-query';
import { CHANGE_PASSWORD_PATH, type Permission, readSession, SIGN_IN_PATH, SIGN_OUT_PATH } from '#access/contract';
import { ApiProblem } from '#client';
import type { RouteResult } from '#kernel/route.ts';
import { queryClient } from './query-client.ts';
import { readOf } from './query.ts';

export type Session = RouteResult<typeof readSession>;

/** Who is signed in. Screens inside the shell may rely on it: the shell's route has read it before they render. */
export const sessionRead = readOf(readSession, {}, ['members', 'settings', 'policies']);

export function useSession(): Session {
  return useSuspenseQuery(sessionRead).data;
}

/** Whether the person may do something: what they may not is not offered. */
export function useMay(permission: Permission): boolean {
  return useSession().permissions.includes(permission);
}

/** The sign-in service speaks `{code, message}` instead of problem details; here it becomes the fault all screens know. */
async function post(path: string, body: object): Promise<void> {
  const response = await fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify(body),
  }).catch(() => {
    throw new ApiProblem(0, 'unreachable', 'Allclear at this address does not answer.');
  });
  if (response.ok) return;
  const said: unknown = await response.json().catch(() => null);
  const text = (name: string): string | undefined => {
    const value: unknown = typeof said === 'object' && said !== null ? Reflect.get(said, name) : undefined;
    return typeof value === 'string' ? value : undefined;
  };
  const code = text('code') ?? 'unknown';
  throw new ApiProblem(
    response.status,
    code,
    text('detail') ?? text('message') ?? `The server answered HTTP ${response.status}.`,
  );
}

export async function signIn(email: string, password: string): Promise<void> {
  await post(SIGN_IN_PATH, { email, password });
  queryClient.clear();
}

export async function signOut(): Promise<void> {
  await post(SIGN_OUT_PATH, {});
  queryClient.clear();
}

/** Also ends every other session of the person. */
export function changePassword(currentPassword: string, newPassword: string): Promise<void> {
  return post(CHANGE_PASSWORD_PATH, { currentPassword, newPassword, revokeOtherSessions: true });
}
