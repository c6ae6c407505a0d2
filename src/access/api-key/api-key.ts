import type { AccessRole } from '#kernel/actor.ts';

/** What an API key may be used for: GET, and everything else. */
export type ApiKeyScope = 'read' | 'write';

export type ApiKey = {
  readonly id: string;
  readonly name: string;
  /** The first characters of the key, to recognise it by. */
  readonly hint: string;
  readonly role: AccessRole;
  readonly scopes: readonly ApiKeyScope[];
  /** The person as whom it acts. */
  readonly userId: string;
  readonly createdAt: Date;
  readonly expiresAt: Date | null;
  readonly lastUsedAt: Date | null;
};

const HINT_LENGTH = 8;

/** Enough to tell keys apart, far too little to guess the rest (32 characters at least). */
export function hintOf(key: string): string {
  return key.slice(0, HINT_LENGTH);
}
