import { createHash, createHmac, createSign } from 'node:crypto';
import { sameText } from '#platform/secrets.ts';

type Claims = Readonly<Record<string, unknown>>;

const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A token signed with a private key (RFC 7519, RS256). Throws when the text is no private key. */
export function signToken(claims: Claims, privateKey: string): string {
  const covered = `${encode({ alg: 'RS256', typ: 'JWT' })}.${encode(claims)}`;
  return `${covered}.${createSign('RSA-SHA256').update(covered).sign(privateKey, 'base64url')}`;
}

/** What a token signed with a shared secret claims (HS256 and nothing else); null when the signature does not fit. */
export function readToken(token: string, secret: string): Claims | null {
  const [head = '', body = '', signature = '', ...rest] = token.split('.');
  if (rest.length > 0 || objectOf(head)?.['alg'] !== 'HS256') return null;
  const expected = createHmac('sha256', secret).update(`${head}.${body}`).digest('base64url');
  return sameText(signature, expected) ? objectOf(body) : null;
}

/** The hex digest by which a token names the body that it was sent with. */
export function bodyDigest(body: string): string {
  return createHash('sha256').update(body).digest('hex');
}

function objectOf(part: string): Claims | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
    return typeof value === 'object' && value !== null ? (value as Claims) : null;
  } catch {
    return null;
  }
}
