import { randomInt, timingSafeEqual } from 'node:crypto';
import { MINUTE_MS } from '#kernel/duration.ts';
import { digest } from '#platform/secrets.ts';
import { CONTACT_METHOD_LIMITS } from './contract.ts';

export type CodeState = {
  readonly codeDigest: string | null;
  readonly codeExpiresAt: Date | null;
  readonly codeTries: number;
};

/** Six digits; enough for six tries in half an hour. */
export function newCode(): string {
  return String(randomInt(1_000_000)).padStart(6, '0');
}

/** What is stored of a code: useless without the method that it belongs to. */
export function codeDigest(contactMethodId: string, code: string): string {
  return digest(`${contactMethodId}:${code}`);
}

export function codeExpiry(now: Date): Date {
  return new Date(now.getTime() + CONTACT_METHOD_LIMITS.codeMinutes * MINUTE_MS);
}

export type CodeVerdict = 'right' | 'wrong' | 'expired' | 'too-many-tries' | 'none';

/** Judges a typed code (spaces and dashes do not matter). */
export function judgeCode(state: CodeState, contactMethodId: string, typed: string, now: Date): CodeVerdict {
  if (state.codeDigest === null || state.codeExpiresAt === null) return 'none';
  if (state.codeExpiresAt <= now) return 'expired';
  if (state.codeTries >= CONTACT_METHOD_LIMITS.codeTries) return 'too-many-tries';
  const given = Buffer.from(codeDigest(contactMethodId, typed.replace(/[\s-]/g, '')));
  return timingSafeEqual(given, Buffer.from(state.codeDigest)) ? 'right' : 'wrong';
}
