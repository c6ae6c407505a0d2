import { execFile, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { request } from 'node:https';
import { promisify } from 'node:util';
import { makeCertificate } from './certificate-files.ts';
import { nginxFolder, startNginx } from './nginx.ts';
import { endChild, listens } from './programs.ts';
import { freePort } from './server-process.ts';

const run = promisify(execFile);

export type Pebble = {
  /** PEM of its root, made afresh at each start, as a private authority's is. */
  readonly authorityPem: string;
  /** Orders a certificate for `name`, which must be this machine; the leaf, and the intermediate that signed it. */
  readonly issue: (
    name: string,
  ) => Promise<{ readonly keyPem: string; readonly leafPem: string; readonly chainPem: string }>;
  readonly end: () => Promise<void>;
};

/** Debian's pebble, an authority that speaks ACME, with nginx to answer its challenges and acme-tiny as its client. */
export async function startPebble(): Promise<Pebble> {
  const folder = mkdtempSync(join(tmpdir(), 'allclear-pebble-'));
  const challenges = nginxFolder();
  mkdirSync(join(challenges, '.well-known', 'acme-challenge'), { recursive: true });
  const [listen, manage, http, tls] = [await freePort(), await freePort(), await freePort(), await freePort()];
  const own = makeCertificate();
  const config = {
    pebble: {
      listenAddress: `127.0.0.1:${listen}`,
      managementListenAddress: `127.0.0.1:${manage}`,
      certificate: own.certFile,
      privateKey: own.keyFile,
      httpPort: http,
      tlsPort: tls,
      ocspResponderURL: '',
      externalAccountBindingRequired: false,
    },
  };
  writeFileSync(join(folder, 'pebble.json'), JSON.stringify(config));
  // It waits up to 15 s before it validates, and refuses one nonce in twenty, unless told otherwise.
  const env = { ...process.env, PEBBLE_VA_NOSLEEP: '1', PEBBLE_WFE_NONCEREJECT: '0' };
  const child = spawn('/usr/bin/pebble', ['-config', join(folder, 'pebble.json')], { env, stdio: 'ignore' });
  await listens(listen, child);
  const nginx = await startNginx(challenges, `server { listen 127.0.0.1:${http}; root ${challenges}; }`, [http]);
  const authority = readFileSync(own.certFile, 'utf8');
  await run('openssl', ['genrsa', '-out', join(folder, 'account.key'), '2048']);
  return {
    authorityPem: await fetchPem(`https://127.0.0.1:${manage}/roots/0`, authority),
    async issue(name) {
      const [key, csr] = [join(folder, `${name}.key`), join(folder, `${name}.csr`)];
      const names = ['-subj', '/', '-addext', `subjectAltName=DNS:${name}`];
      await run('openssl', ['req', '-new', '-newkey', 'rsa:2048', '-nodes', ...names, '-keyout', key, '-out', csr]);
      const order = ['--account-key', join(folder, 'account.key'), '--csr', csr, '--disable-check', '--quiet'];
      const there = ['--acme-dir', join(challenges, '.well-known', 'acme-challenge')];
      const here = ['--directory-url', `https://127.0.0.1:${listen}/dir`];
      const { stdout } = await run('acme-tiny', [...order, ...there, ...here], {
        env: { ...process.env, SSL_CERT_FILE: own.certFile },
      });
      const [leafPem = ''] = stdout.match(/-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g) ?? [];
      return { keyPem: readFileSync(key, 'utf8'), leafPem, chainPem: stdout };
    },
    async end() {
      await nginx.end();
      await endChild(child, folder);
      own.remove();
    },
  };
}

function fetchPem(url: string, ca: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const asking = request(url, { ca, agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (piece: string) => (text += piece));
      response.on('end', () => resolve(text));
    });
    asking.on('error', reject).end();
  });
}
