import { createECDH } from 'node:crypto';
import type { Config } from '#platform/config.ts';
import type { Secrets } from '#platform/secrets.ts';

export type VapidKeys = { readonly publicKey: string; readonly privateKey: string };

/**
 * The key pair by which push services know this installation (RFC 8292), worked out from its secret key: the same on
 * every node and after every restart, and nowhere at rest. Browsers subscribe to the public key, so it must never change
 * while the secret key stays.
 */
export function vapidKeys(secrets: Secrets): VapidKeys {
  const curve = createECDH('prime256v1');
  for (let round = 0; ; round++) {
    const privateKey = Buffer.from(secrets.sign('vapid', String(round)), 'hex');
    try {
      curve.setPrivateKey(privateKey);
    } catch {
      // One in four thousand million numbers is no private key on this curve: the next one is.
      continue;
    }
    return { publicKey: curve.getPublicKey('base64url'), privateKey: privateKey.toString('base64url') };
  }
}

/** Whom a push service may turn to: the installation's https URL, else a mail address at its host. */
export function vapidSubject({ publicUrl }: Pick<Config, 'publicUrl'>): string {
  const url = new URL(publicUrl);
  return url.protocol === 'https:' ? url.origin : `mailto:allclear@${url.hostname.replace(/^\[|\]$/g, '')}`;
}
