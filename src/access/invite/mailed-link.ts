import type { Secrets } from '#platform/secrets.ts';

const PURPOSE = 'invite-mail';
const messageOf = (inviteId: string, email: string) => `${inviteId}:${email}`;

/**
 * The address of an invite as it goes out by mail, and only there. It carries, behind the sign that browsers keep to
 * themselves, what whoever made the invite and sees its link never gets to see: who comes with it has read the mail.
 */
export function mailedLink(secrets: Secrets, invite: { readonly id: string; readonly email: string }, url: string) {
  return `${url}#mailed=${secrets.sign(PURPOSE, messageOf(invite.id, invite.email))}`;
}

/** Whether somebody came by the mail to exactly the address that was invited. */
export function cameByMail(
  secrets: Secrets,
  invite: { readonly id: string; readonly email: string | null },
  proof: string | undefined,
): boolean {
  if (invite.email === null || proof === undefined) return false;
  return secrets.verify(PURPOSE, messageOf(invite.id, invite.email), proof);
}
