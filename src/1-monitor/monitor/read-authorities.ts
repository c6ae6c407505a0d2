import { X509Certificate } from 'node:crypto';
import { createSecureContext } from 'node:tls';
import { invalid } from '#kernel/errors.ts';

const BLOCK = /-----BEGIN ([A-Z0-9 ]+)-----[\s\S]*?-----END \1-----/g;
const MOST = 50;

/**
 * Refuses, by `path`, what is no list of certificates in PEM, and everything that is secret: authorities are shown to
 * whoever may read monitors.
 */
export function refuseStrangeAuthorities(caPem: unknown, path: string): void {
  if (typeof caPem !== 'string') return;
  const blocks = [...caPem.matchAll(BLOCK)].map(([pem, label = '']) => ({ pem, label }));
  if (caPem.includes('PRIVATE KEY'))
    throw invalid(
      path,
      'holds a private key, and everybody who may read monitors would see it; paste certificates only',
    );
  if (blocks.length === 0) throw invalid(path, 'holds no certificate: paste PEM, from -----BEGIN CERTIFICATE----- on');
  if (blocks.length > MOST) throw invalid(path, `holds ${blocks.length} certificates; ${MOST} are the most`);
  blocks.forEach(({ pem, label }, at) => {
    const which = blocks.length === 1 ? '' : `, number ${at + 1} of ${blocks.length},`;
    if (label !== 'CERTIFICATE') throw invalid(path, `holds a ${label.toLowerCase()}; paste certificates only`);
    if (!isCertificate(pem)) throw invalid(path, `the certificate${which} cannot be read`);
  });
}

function isCertificate(pem: string): boolean {
  try {
    createSecureContext({ ca: new X509Certificate(pem).toString() });
    return true;
  } catch {
    return false;
  }
}
