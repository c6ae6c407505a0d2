import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CertificateFiles, makeCertificate } from '#test/harness/certificate-files.ts';
import { type Nginx, nginxFolder, startNginx } from '#test/harness/nginx.ts';
import { type PeerServer, startPeerServer } from '#test/harness/peer-server.ts';
import { freePort } from '#test/harness/server-process.ts';

let certificate: CertificateFiles;
let nginx: Nginx;
let server: PeerServer;
let both: number;
let old: number;
let bare: number;
beforeAll(async () => {
  certificate = makeCertificate();
  [both, old, bare] = [await freePort(), await freePort(), await freePort()];
  const keys = `ssl_certificate ${certificate.certFile}; ssl_certificate_key ${certificate.keyFile};`;
  const says = `location / { return 200 "all is well by $server_protocol"; }
    location /gone { return 503 "sorry"; } location /old { return 302 /new; }`;
  const started = startNginx(
    nginxFolder(),
    `server { listen 127.0.0.1:${both} ssl http2; ${keys} ${says} }
     server { listen 127.0.0.1:${old} ssl; ${keys} ${says} }
     server { listen 127.0.0.1:${bare} http2; ${says} }`,
    [both, old, bare],
  );
  [server, nginx] = await Promise.all([startPeerServer(), started]);
});
afterAll(async () => {
  await server?.end();
  await nginx?.end();
  certificate?.remove();
});

const ask = (url: string, httpVersion: string, text = 'well') =>
  server.test({
    url,
    tls: { caPem: certificate.authorityPem },
    options: { httpVersion },
    assertions: [{ kind: 'body', test: 'contains', value: text }],
  });

describe('nginx', () => {
  it.each([
    ['2', '2', 'HTTP/2.0'],
    ['auto', '2', 'HTTP/2.0'],
  ])('is asked over TLS by HTTP/2 where it speaks it (%s)', async (wanted, httpVersion, heard) => {
    const answer = await ask(`https://localhost:${both}/`, wanted, heard);
    expect(answer.evidence).toBeNull();
    expect(answer).toMatchObject({ outcome: 'up', status: 200, connection: { httpVersion, proxy: null } });
    expect(Object.values(answer.phases).every((phase) => phase !== null && phase >= 0)).toBe(true);
    expect(Date.parse(answer.certificateExpiresAt ?? '')).toBeGreaterThan(Date.now());
  });

  it('is asked by HTTP/1.1 unless somebody says otherwise, and where nothing else is offered', async () => {
    expect(await ask(`https://localhost:${both}/`, '1.1', 'HTTP/1.1')).toMatchObject({
      outcome: 'up',
      connection: null,
    });
    expect(await ask(`https://localhost:${old}/`, 'auto', 'HTTP/1.1')).toMatchObject({
      outcome: 'up',
      connection: { httpVersion: '1.1' },
    });
  });

  it('is down where it does not speak the version that is demanded', async () => {
    const answer = await ask(`https://localhost:${old}/`, '2');
    expect(answer).toMatchObject({ outcome: 'down', connection: { httpVersion: null } });
    expect(answer.evidence?.error?.message).toContain('localhost offers no HTTP/2, which this monitor asks by');
    const plain = await ask(server.url, '2');
    expect(plain.evidence?.error?.message).toContain('does not answer in HTTP/2');
  });

  it('is asked without TLS by HTTP/2, follows redirects by it, and leaves evidence that names it', async () => {
    expect(await ask(`http://127.0.0.1:${bare}/old`, '2', 'HTTP/2.0')).toMatchObject({ outcome: 'up', status: 200 });
    const gone = await ask(`https://localhost:${both}/gone`, '2');
    expect(gone.evidence).toMatchObject({ status: 503, bodyStart: 'sorry', connection: { httpVersion: '2' } });
  });
});
