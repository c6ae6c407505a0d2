import { hashPassword as hash, verifyPassword as verify } from 'better-auth/crypto';

/** The sign-in library's own scrypt (N 16384, r 16, p 1), so that it can check what our verbs wrote. */
export async function hashPassword(password: string): Promise<string> {
  return hash(password);
}

export async function verifyPassword(password: string, passwordHash: string): Promise<boolean> {
  return verify({ hash: passwordHash, password });
}
