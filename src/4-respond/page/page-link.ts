import type { Secrets } from '#platform/secrets.ts';

/** Whom a link speaks for, and of which page. */
export type PageClaim = { readonly workspaceId: string; readonly pageId: string; readonly userId: string };

const PURPOSE = 'page-link';

/** The secret part of the link in a page: good for this page and this person only. */
export function pageToken(secrets: Secrets, { workspaceId, pageId, userId }: PageClaim): string {
  const subject = `${workspaceId}:${pageId}:${userId}`;
  return `${Buffer.from(subject).toString('base64url')}.${secrets.sign(PURPOSE, subject)}`;
}

/** Reads a link that we signed; null for anything else. */
export function readPageToken(secrets: Secrets, token: string): PageClaim | null {
  const [encoded, signature, ...rest] = token.split('.');
  if (!encoded || !signature || rest.length > 0) return null;
  const subject = Buffer.from(encoded, 'base64url').toString('utf8');
  const match = /^(ws_[a-z0-9]{1,64}):(pag_[a-z0-9]{1,64}):(usr_[a-zA-Z0-9]{1,64})$/.exec(subject);
  if (!match?.[1] || !match[2] || !match[3] || !secrets.verify(PURPOSE, subject, signature)) return null;
  return { workspaceId: match[1], pageId: match[2], userId: match[3] };
}
