import type { Secrets } from '#platform/secrets.ts';

const PURPOSE = 'own-mail';
const SIGNED = /^(dlv_[0-9a-z]{1,30})\.([0-9a-f]{64})$/;

/** What every mail of ours carries, so that it is known again after servers on its way gave it another Message-ID. */
export function signOwnMail(secrets: Secrets, deliveryId: string): string {
  return `${deliveryId}.${secrets.sign(PURPOSE, deliveryId)}`;
}

export function isOwnMail(secrets: Secrets, header: string): boolean {
  const [, id, signature] = SIGNED.exec(header.trim()) ?? [];
  return id !== undefined && signature !== undefined && secrets.verify(PURPOSE, id, signature);
}
