import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export type CertificateFiles = { readonly certFile: string; readonly keyFile: string; readonly remove: () => void };

/** A fresh self-signed certificate for localhost, in files that programs of other users can read. */
export function makeCertificate(): CertificateFiles {
  const folder = mkdtempSync(join(tmpdir(), 'allclear-certificate-'));
  chmodSync(folder, 0o755);
  const [certFile, keyFile] = [join(folder, 'cert.pem'), join(folder, 'key.pem')];
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'];
  const kind = ['-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '30'];
  const files = ['-out', certFile, '-keyout', keyFile];
  const { status, stderr } = spawnSync('openssl', ['req', ...kind, ...subject, ...files], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`openssl ended with ${status}: ${stderr}`);
  chmodSync(keyFile, 0o644);
  return { certFile, keyFile, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
