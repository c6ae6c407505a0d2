import type { Secrets } from '#platform/secrets.ts';

/** Whom a link speaks for, and of which pages that came as one message. */
export type FoldClaim = { readonly workspaceId: string; readonly foldId: string; readonly userId: string };

const PURPOSE = 'fold-link';

/** The secret part of the link in such a message: good for its pages and this person only. */
export function foldToken(secrets: Secrets, { workspaceId, foldId, userId }: FoldClaim): string {
  const subject = `${workspaceId}:${foldId}:${userId}`;
  return `${Buffer.from(subject).toString('base64url')}.${secrets.sign(PURPOSE, subject)}`;
}

/** Reads a link that we signed; null for anything else. */
export function readFoldToken(secrets: Secrets, token: string): FoldClaim | null {
  const [encoded, signature, ...rest] = token.split('.');
  if (!encoded || !signature || rest.length > 0) return null;
  const subject = Buffer.from(encoded, 'base64url').toString('utf8');
  const match = /^(ws_[a-z0-9]{1,64}):(fld_[a-z0-9]{1,64}):(usr_[a-zA-Z0-9]{1,64})$/.exec(subject);
  if (!match?.[1] || !match[2] || !match[3] || !secrets.verify(PURPOSE, subject, signature)) return null;
  return { workspaceId: match[1], foldId: match[2], userId: match[3] };
}
