import type { Secrets } from '#platform/secrets.ts';

/** Whom a link asks for a decision, and about which alert. */
export type PromptClaim = { readonly workspaceId: string; readonly alertId: string; readonly userId: string };

const PURPOSE = 'prompt-link';

/** The secret part of the link that asks whether an alert is an incident: good for this alert and this person only. */
export function promptToken(secrets: Secrets, { workspaceId, alertId, userId }: PromptClaim): string {
  const subject = `${workspaceId}:${alertId}:${userId}`;
  return `${Buffer.from(subject).toString('base64url')}.${secrets.sign(PURPOSE, subject)}`;
}

/** Reads a link that we signed; null for anything else. */
export function readPromptToken(secrets: Secrets, token: string): PromptClaim | null {
  const [encoded, signature, ...rest] = token.split('.');
  if (!encoded || !signature || rest.length > 0) return null;
  const subject = Buffer.from(encoded, 'base64url').toString('utf8');
  const match = /^(ws_[a-z0-9]{1,64}):(alt_[a-z0-9]{1,64}):(usr_[a-zA-Z0-9]{1,64})$/.exec(subject);
  if (!match?.[1] || !match[2] || !match[3] || !secrets.verify(PURPOSE, subject, signature)) return null;
  return { workspaceId: match[1], alertId: match[2], userId: match[3] };
}
