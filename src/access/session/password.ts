import { hashPassword as hash, verifyPassword as verify } from 'better-auth/crypto';

/** The sign-in library's scrypt (N 16384, r 16, p 1): some 100 ms of a core, off the main thread. */
export async function hashPassword(password: string): Promise<string> {
  return hash(password);
}

export async function verifyPassword(password: string, passwordHash: string): Promise<boolean> {
  return verify({ hash: passwordHash, password });
}
