import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export type CertificateFiles = {
  readonly certFile: string;
  readonly keyFile: string;
  /** Whom to trust so that it is good, apart from its end. */
  readonly authorityPem: string;
  readonly remove: () => void;
};

const NAMES = 'subjectAltName=DNS:localhost,IP:127.0.0.1';

/** A fresh self-signed certificate for localhost, in files that programs of other users can read. */
export function makeCertificate(): CertificateFiles {
  const { certFile, keyFile, remove } = filesIn();
  const subject = ['-subj', '/CN=localhost', '-addext', NAMES];
  openssl([
    'req',
    '-x509',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-days',
    '30',
    ...subject,
    '-out',
    certFile,
    '-keyout',
    keyFile,
  ]);
  chmodSync(keyFile, 0o644);
  return { certFile, keyFile, authorityPem: readFileSync(certFile, 'utf8'), remove };
}

/** One for localhost that ended in 2021, of an authority of its own that has not. */
export function makeExpiredCertificate(): CertificateFiles {
  const { folder, certFile, keyFile, remove } = filesIn();
  const at = (name: string) => join(folder, name);
  const key = ['-newkey', 'rsa:2048', '-nodes'];
  openssl([
    'req',
    '-x509',
    ...key,
    '-days',
    '30',
    '-subj',
    '/CN=authority',
    '-out',
    at('ca.pem'),
    '-keyout',
    at('ca.key'),
  ]);
  openssl(['req', '-new', ...key, '-subj', '/CN=localhost', '-out', at('csr.pem'), '-keyout', keyFile]);
  writeFileSync(at('index.txt'), '');
  writeFileSync(at('serial'), '01');
  writeFileSync(
    at('ca.conf'),
    `[ca]\ndefault_ca = one\n[one]\ndatabase = ${at('index.txt')}\nserial = ${at('serial')}\nnew_certs_dir = ${folder}
policy = any\ndefault_md = sha256\nx509_extensions = names\n[any]\ncommonName = supplied\n[names]\n${NAMES.replace('=', ' = ')}\n`,
  );
  const years = ['-startdate', '20200101000000Z', '-enddate', '20210101000000Z'];
  const signed = ['-config', at('ca.conf'), '-cert', at('ca.pem'), '-keyfile', at('ca.key'), '-in', at('csr.pem')];
  openssl(['ca', '-batch', '-notext', ...signed, ...years, '-out', certFile]);
  for (const file of [certFile, keyFile]) chmodSync(file, 0o644);
  return { certFile, keyFile, authorityPem: readFileSync(at('ca.pem'), 'utf8'), remove };
}

function filesIn() {
  const folder = mkdtempSync(join(tmpdir(), 'allclear-certificate-'));
  chmodSync(folder, 0o755);
  const remove = () => rmSync(folder, { recursive: true, force: true });
  return { folder, certFile: join(folder, 'cert.pem'), keyFile: join(folder, 'key.pem'), remove };
}

function openssl(args: readonly string[]): void {
  const { status, stderr } = spawnSync('openssl', args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`openssl ended with ${status}: ${stderr}`);
}
