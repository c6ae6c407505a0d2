import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto';
import { chmod, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Encryption at rest and keyed digests, all derived from the one secret key of the installation. */
export type Secrets = {
  /** AES-256-GCM; the result is text that carries its version and nonce. */
  readonly seal: (plain: string) => string;
  /** Throws when the text was not sealed with this key. */
  readonly open: (sealed: string) => string;
  /** Hex HMAC-SHA-256 for links and tokens that we hand out; `purpose` keeps uses apart. */
  readonly sign: (purpose: string, message: string) => string;
  readonly verify: (purpose: string, message: string, signature: string) => boolean;
};

const VERSION = 'v1';

export function createSecrets(secretKey: string): Secrets {
  const derive = (purpose: string) => Buffer.from(hkdfSync('sha256', secretKey, 'allclear', purpose, 32));
  const sealKey = derive('seal');
  const sign = (purpose: string, message: string) =>
    createHmac('sha256', derive(`sign:${purpose}`))
      .update(message)
      .digest('hex');
  return {
    seal(plain) {
      const nonce = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', sealKey, nonce);
      const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
      return [
        VERSION,
        nonce.toString('base64url'),
        body.toString('base64url'),
        cipher.getAuthTag().toString('base64url'),
      ].join('.');
    },
    open(sealed) {
      const [version, nonce, body, tag] = sealed.split('.');
      if (version !== VERSION || nonce === undefined || body === undefined || tag === undefined)
        throw new Error('not a sealed value');
      const decipher = createDecipheriv('aes-256-gcm', sealKey, Buffer.from(nonce, 'base64url'));
      decipher.setAuthTag(Buffer.from(tag, 'base64url'));
      return Buffer.concat([decipher.update(Buffer.from(body, 'base64url')), decipher.final()]).toString('utf8');
    },
    sign,
    verify(purpose, message, signature) {
      return sameText(sign(purpose, message), signature);
    },
  };
}

/** Whether two texts are the same, in a time that does not tell how far they agree. */
export function sameText(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** SHA-256 in hex: how tokens and keys that we only need to recognise are stored. */
export function digest(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

/** The secret key from the data directory, made there (mode 0600) on the first start. */
export async function loadOrCreateSecretKey(dataDir: string): Promise<string> {
  const path = join(dataDir, 'secret.key');
  try {
    return (await readFile(path, 'utf8')).trim();
  } catch (error) {
    if ((error as { code?: string }).code !== 'ENOENT') throw error;
  }
  const key = randomBytes(32).toString('hex');
  await writeFile(path, `${key}\n`, { mode: 0o600, flag: 'wx' });
  await chmod(path, 0o600);
  return key;
}
