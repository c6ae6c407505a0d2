import type { Secrets } from '#platform/secrets.ts';
import type { SubscriberRow } from './store.ts';

type Linked = Pick<SubscriberRow, 'id' | 'linkKey'>;

/** What a link may do. A link for managing also unsubscribes. */
export type LinkUse = 'confirm' | 'manage';

/**
 * `sub_1.5f…`: the subscriber, and our signature over it and the use. Stored nowhere. A link to confirm ends with the next
 * question; a link to manage works as long as the subscriber exists, since the way out in an old mail must not be dead.
 */
export function linkToken(secrets: Pick<Secrets, 'sign'>, use: LinkUse, row: Linked): string {
  return `${row.id}.${secrets.sign('subscriber-link', signed(use, row))}`;
}

/** The subscriber that a token speaks of, not yet proved. */
export function subscriberIdOf(token: string): string | null {
  return /^(sub_[A-Za-z0-9_-]{1,64})\.[0-9a-f]{64}$/.exec(token)?.[1] ?? null;
}

/** Whether we made the token for this use and it still counts. */
export function isGenuine(secrets: Pick<Secrets, 'verify'>, use: LinkUse, row: Linked, token: string): boolean {
  const signature = token.slice(row.id.length + 1);
  return token.startsWith(`${row.id}.`) && secrets.verify('subscriber-link', signed(use, row), signature);
}

function signed(use: LinkUse, { id, linkKey }: Linked): string {
  return use === 'confirm' ? `confirm:${id}:${linkKey}` : `manage:${id}`;
}
