import { seconds } from './describe-result.ts';
import type { CheckError, CheckErrorKind } from './spec.ts';

/** Whom one connection was for, and how far it came: what a sentence about its failure names. */
export interface FaultScene {
  /** "127.0.0.1:8080", "[::1]:443". */
  readonly peer: string;
  readonly host: string;
  readonly step: 'connecting' | 'tls' | 'first-byte' | 'transfer';
}

const OURS: Readonly<Record<string, string>> = {
  EMFILE: 'this machine ran out of file descriptors for checks; raise the limit (ulimit -n)',
  ENFILE: 'this machine ran out of file descriptors; raise fs.file-max',
  ENOMEM: 'this machine ran out of memory for checks',
  ENOBUFS: 'this machine ran out of network buffers',
  EADDRNOTAVAIL: 'this machine ran out of local ports, or has no address of that family',
};

const CERTIFICATE: Readonly<Record<string, (host: string) => string>> = {
  CERT_HAS_EXPIRED: (host) => `the certificate of ${host} has expired`,
  CERT_NOT_YET_VALID: (host) => `the certificate of ${host} is not valid yet`,
  DEPTH_ZERO_SELF_SIGNED_CERT: (host) => `the certificate of ${host} is self-signed and not trusted`,
  SELF_SIGNED_CERT_IN_CHAIN: (host) => `the certificate of ${host} comes from an authority that is not trusted`,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: untraceable,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: untraceable,
  CERT_REVOKED: (host) => `the certificate of ${host} was revoked`,
};

/** The first line of what a system error on the connection means. */
export function describeSocketError(error: NodeJS.ErrnoException, scene: FaultScene): CheckError {
  const code = error.code ?? '';
  const ours = OURS[code];
  if (ours !== undefined) return fault('out-of-resources', ours);
  switch (code) {
    case 'ECONNREFUSED':
      return fault('refused', `connection refused by ${scene.peer}`);
    case 'ENETUNREACH':
    case 'ENETDOWN':
      return fault('no-connectivity', `this machine has no route to ${scene.peer}`);
    case 'EACCES':
    case 'EPERM':
      return fault('no-connectivity', `this machine may not connect to ${scene.peer} (a local firewall rule?)`);
    case 'EHOSTUNREACH':
    case 'EHOSTDOWN':
      return fault('unreachable', `${scene.peer} cannot be reached (no such host on the way)`);
    case 'ETIMEDOUT':
      return fault('timeout', `${scene.peer} did not answer (${STEP_WORDS[scene.step]})`);
    case 'ECONNRESET':
    case 'EPIPE':
    case 'ECONNABORTED':
      return fault('reset', `${scene.peer} reset the connection (${STEP_WORDS[scene.step]})`);
    default:
      return fault('tls', `TLS with ${scene.peer} failed: ${tlsReason(error)}`);
  }
}

/** `code`: OpenSSL's verification result. */
export function describeCertificate(code: string, host: string): CheckError {
  const sentence = CERTIFICATE[code];
  return fault('certificate', sentence?.(host) ?? `the certificate of ${host} is not trusted (${code})`);
}

/** `names`: the certificate's subjectAltName as OpenSSL prints it. */
export function describeForeignName(host: string, names: string | undefined): CheckError {
  const listed = (names ?? '').split(', ').map((name) => name.replace(/^(?:DNS|IP Address):/, ''));
  const shown = listed.slice(0, 5).join(', ') + (listed.length > 5 ? ', …' : '');
  return fault('certificate', `the certificate is for ${shown === '' ? 'no name at all' : shown}, not for ${host}`);
}

/** "no answer within 5 s (waiting for the first byte)". */
export function describeTimeout(timeoutMs: number, step: FaultScene['step']): CheckError {
  if (step === 'transfer') return fault('timeout', `the answer was not complete within ${seconds(timeoutMs)}`);
  return fault('timeout', `no answer within ${seconds(timeoutMs)} (${STEP_WORDS[step]})`);
}

export function fault(kind: CheckErrorKind, message: string): CheckError {
  return { kind, message };
}

const STEP_WORDS = {
  connecting: 'connecting',
  tls: 'during the TLS handshake',
  'first-byte': 'waiting for the first byte',
  transfer: 'reading the answer',
} as const;

function tlsReason(error: NodeJS.ErrnoException): string {
  if ('reason' in error && typeof error.reason === 'string') return error.reason;
  return error.message.slice(0, 200);
}

/** OpenSSL cannot tell the two apart. */
function untraceable(host: string): string {
  return `the certificate of ${host} leads to no known authority (a private one, or an intermediate certificate is missing)`;
}
