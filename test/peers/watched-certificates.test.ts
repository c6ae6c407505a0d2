import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CertificateFiles, makeCertificate, makeExpiredCertificate } from '#test/harness/certificate-files.ts';
import { type Nginx, nginxFolder, startNginx } from '#test/harness/nginx.ts';
import { type Pebble, startPebble } from '#test/harness/pebble.ts';
import { type PeerServer, startPeerServer } from '#test/harness/peer-server.ts';
import { freePort } from '#test/harness/server-process.ts';

/** Certificates as servers have them: from a private authority that speaks ACME, and the usual ways to get one wrong. */
const SITES = ['issued', 'leaf-only', 'self-signed', 'expired'] as const;
type Site = (typeof SITES)[number];

let pebble: Pebble;
let nginx: Nginx;
let server: PeerServer;
const made: CertificateFiles[] = [];
const ports = new Map<Site, number>();

beforeAll(async () => {
  [server, pebble] = await Promise.all([startPeerServer(), startPebble()]);
  const folder = nginxFolder();
  const issued = await pebble.issue('localhost');
  const keep = (site: Site, cert: string, key: string) => {
    writeFileSync(join(folder, `${site}.pem`), cert);
    writeFileSync(join(folder, `${site}.key`), key);
    return [join(folder, `${site}.pem`), join(folder, `${site}.key`)] as const;
  };
  made.push(makeCertificate(), makeExpiredCertificate());
  const [selfSigned, expired] = made.map(({ certFile, keyFile }) => [certFile, keyFile] as const);
  if (selfSigned === undefined || expired === undefined) throw new Error('two certificates were made');
  const files: Record<Site, readonly [cert: string, key: string]> = {
    issued: keep('issued', issued.chainPem, issued.keyPem),
    'leaf-only': keep('leaf-only', issued.leafPem, issued.keyPem),
    'self-signed': selfSigned,
    expired,
  };
  for (const site of SITES) ports.set(site, await freePort());
  const servers = SITES.map((site) => {
    const [cert, key] = files[site];
    return `server { listen 127.0.0.1:${ports.get(site)} ssl; ssl_certificate ${cert}; ssl_certificate_key ${key};
      location / { return 200 'all is well'; } }`;
  });
  nginx = await startNginx(folder, servers.join('\n'), [...ports.values()]);
}, 60_000);
afterAll(async () => {
  await nginx?.end();
  await pebble?.end();
  await server?.end();
  for (const one of made) one.remove();
});

/** The same question over HTTPS and to the bare port. */
const KINDS = [
  [
    'HTTPS',
    (site: Site, caPem: string | null, host = 'localhost') =>
      server.test({ url: `https://${host}:${ports.get(site)}/`, tls: { caPem } }),
  ],
  [
    'a TLS port',
    (site: Site, caPem: string | null, host = 'localhost') =>
      server.test({ kind: 'tcp', url: `tls://${host}:${ports.get(site)}`, options: { caPem } }),
  ],
] as const;

describe.each(KINDS)('%s', (_, ask) => {
  it('is up with a certificate of an authority that the monitor trusts, and says how long it lasts', async () => {
    const answer = await ask('issued', pebble.authorityPem);
    expect(answer.evidence).toBeNull();
    expect(answer.outcome).toBe('up');
    expect(Date.parse(answer.certificateExpiresAt ?? '')).toBeGreaterThan(Date.now() + 30 * 86_400_000);
  });

  it.each<[Site, 'none' | 'pebble', string, RegExp]>([
    ['issued', 'none', 'localhost', /leads to no known authority|authority that is not trusted/],
    ['issued', 'pebble', '127.0.0.1', /the certificate is for localhost, not for 127\.0\.0\.1/],
    ['leaf-only', 'pebble', 'localhost', /an intermediate certificate is missing/],
    ['self-signed', 'pebble', 'localhost', /self-signed and not trusted/],
    ['self-signed', 'none', 'localhost', /self-signed and not trusted/],
  ])('is down where it is %s and %s is trusted, asked as %s', async (site, trusted, host, words) => {
    const answer = await ask(site, trusted === 'none' ? null : pebble.authorityPem, host);
    expect(answer).toMatchObject({ outcome: 'down', evidence: { error: { kind: 'certificate' } } });
    expect(answer.evidence?.error?.message).toMatch(words);
    expect(answer.certificateExpiresAt).not.toBeNull();
  });

  it('is down with one that has expired, even of an authority that is trusted', async () => {
    const [, expired] = made;
    const answer = await ask('expired', expired?.authorityPem ?? '');
    expect(answer.evidence?.error).toMatchObject({
      kind: 'certificate',
      message: 'the certificate of localhost has expired',
    });
    expect(Date.parse(answer.certificateExpiresAt ?? '')).toBeLessThan(Date.now());
  });
});
