import type { Secrets } from '#platform/secrets.ts';

export type VerifyClaim = { readonly workspaceId: string; readonly contactMethodId: string; readonly proof: string };

const PURPOSE = 'contact-method';
const messageOf = (workspaceId: string, contactMethodId: string, code: string) =>
  `${workspaceId}:${contactMethodId}:${code}`;

/** The link in a verification mail. It is bound to the code that it was sent with, and ends with it. */
export function verifyToken(
  secrets: Secrets,
  workspaceId: string,
  contactMethodId: string,
  codeDigest: string,
): string {
  const subject = Buffer.from(`${workspaceId}:${contactMethodId}`).toString('base64url');
  return `${subject}.${secrets.sign(PURPOSE, messageOf(workspaceId, contactMethodId, codeDigest))}`;
}

/** What a link claims; the proof is checked against the code that is stored. Null for anything malformed. */
export function readVerifyToken(token: string): VerifyClaim | null {
  const [subject, proof, ...rest] = token.split('.');
  if (!subject || !proof || rest.length > 0) return null;
  const match = /^(ws_[a-z0-9]{1,64}):(cmt_[a-z0-9]{1,64})$/.exec(Buffer.from(subject, 'base64url').toString('utf8'));
  return match?.[1] && match[2] ? { workspaceId: match[1], contactMethodId: match[2], proof } : null;
}

export function provesCode(secrets: Secrets, claim: VerifyClaim, codeDigest: string): boolean {
  return secrets.verify(PURPOSE, messageOf(claim.workspaceId, claim.contactMethodId, codeDigest), claim.proof);
}
