import { afterAll, beforeAll, expect, it } from 'vitest';
import { type CertificateFiles, makeCertificate } from '#test/harness/certificate-files.ts';
import { type Nginx, nginxFolder, startNginx } from '#test/harness/nginx.ts';
import { type PeerServer, startPeerServer } from '#test/harness/peer-server.ts';
import { freePort } from '#test/harness/server-process.ts';
import { startTinyproxy, type Tinyproxy } from '#test/harness/tinyproxy.ts';

const ACCOUNT = { user: 'ada', password: 'open-rye' };
let certificate: CertificateFiles;
let nginx: Nginx;
let proxy: Tinyproxy;
let server: PeerServer;
let secure: number;
let plain: number;
let nobody: number;
let barred: number;
beforeAll(async () => {
  certificate = makeCertificate();
  [secure, plain, nobody, barred] = [await freePort(), await freePort(), await freePort(), await freePort()];
  const says = `location / { return 200 "well by $server_protocol via $http_via"; } location /sick { return 503 sick; }`;
  const started = startNginx(
    nginxFolder(),
    `server { listen 127.0.0.1:${secure} ssl http2; ssl_certificate ${certificate.certFile};
       ssl_certificate_key ${certificate.keyFile}; ${says} }
     server { listen 127.0.0.1:${plain}; ${says} }`,
    [secure, plain],
  );
  [server, nginx, proxy] = await Promise.all([startPeerServer(), started, startTinyproxy(ACCOUNT, [secure, nobody])]);
});
afterAll(async () => {
  await server?.end();
  await proxy?.end();
  await nginx?.end();
  certificate?.remove();
});

const ask = (url: string, options: object = {}, text = 'well') =>
  server.test({
    url,
    tls: { caPem: certificate.authorityPem },
    options: { proxy: proxy.url.replace('//', `//${ACCOUNT.user}:${ACCOUNT.password}@`), ...options },
    assertions: [{ kind: 'body', test: 'contains', value: text }],
    timeoutSeconds: 5,
  });

it.each([
  ['https, by CONNECT', () => `https://localhost:${secure}/`, '1.1', 'well by HTTP/1.1 via '],
  ['https, by CONNECT and HTTP/2', () => `https://localhost:${secure}/`, '2', 'well by HTTP/2.0 via '],
  ['http, in absolute form', () => `http://127.0.0.1:${plain}/`, '1.1', '(tinyproxy'],
])('a target is up through tinyproxy: %s', async (_, url, httpVersion, text) => {
  const answer = await ask(url(), { httpVersion }, text);
  expect(answer.evidence).toBeNull();
  expect(answer).toMatchObject({ outcome: 'up', status: 200, connection: { httpVersion, proxy: proxy.url } });
});

it.each<[string, () => string, object, string, string, RegExp]>([
  ['the target is sick', () => `http://127.0.0.1:${plain}/sick`, {}, 'down', '', /^expected status 200–399, got 503/],
  [
    'nobody listens there',
    () => `https://localhost:${nobody}/`,
    {},
    'down',
    'unreachable',
    /the proxy \S+ could not reach localhost/,
  ],
  [
    'nobody listens there',
    () => `http://127.0.0.1:${nobody}/`,
    {},
    'down',
    'unreachable',
    /the proxy \S+ could not reach 127/,
  ],
  [
    'it may not be asked for',
    () => `https://localhost:${barred}/`,
    {},
    'unknown',
    'proxy',
    /refuses to ask localhost:\d+ \(403/,
  ],
  [
    'the password is wrong',
    () => `https://localhost:${secure}/`,
    { proxyPassword: 'x', proxyUser: 'ada' },
    'unknown',
    'proxy',
    /does not accept the account/,
  ],
  [
    'the password is wrong',
    () => `http://127.0.0.1:${plain}/`,
    { proxyPassword: 'x', proxyUser: 'ada' },
    'unknown',
    'proxy',
    /does not accept the account/,
  ],
])('says whose fault it is that %s (%#)', async (_, url, given, outcome, kind, words) => {
  const options = Object.keys(given).length === 0 ? {} : { proxy: proxy.url, ...given };
  const answer = await ask(url(), options);
  expect(answer.evidence?.summary).toMatch(words);
  expect([answer.outcome, answer.evidence?.error?.kind ?? '']).toEqual([outcome, kind]);
  expect(JSON.stringify(answer)).not.toContain(ACCOUNT.password);
});

it('is unknown where the proxy is not there, whatever the target does', async () => {
  const answer = await ask(`https://localhost:${secure}/`, { proxy: `http://127.0.0.1:${nobody}` });
  expect(answer).toMatchObject({ outcome: 'unknown', evidence: { error: { kind: 'proxy' } } });
});

const askInSteps = (options: object) =>
  server.test({
    kind: 'api',
    url: `https://localhost:${secure}/`,
    options: {
      proxy: proxy.url,
      proxyUser: ACCOUNT.user,
      proxyPassword: ACCOUNT.password,
      caPem: certificate.authorityPem,
      steps: [
        { name: 'First', take: [{ name: 'said', from: 'body', source: 'by (\\S+)' }] },
        { name: 'Again', url: '/?{{said}}', assertions: [{ kind: 'body', test: 'contains', value: '{{said}} via' }] },
      ],
      ...options,
    },
    timeoutSeconds: 5,
  });

it.each([
  ['1.1', 'HTTP/1.1'],
  ['2', 'HTTP/2.0'],
])('every step of a check goes through it, by HTTP/%s', async (httpVersion, said) => {
  const answer = await askInSteps({ httpVersion });
  expect(answer.evidence).toBeNull();
  expect(answer).toMatchObject({ outcome: 'up', connection: { httpVersion, proxy: proxy.url } });
  expect(answer.steps).toMatchObject([{ outcome: 'passed', values: [['said', said]] }, { outcome: 'passed' }]);
});

it('a step that the proxy does not let pass is unknown, and says so', async () => {
  const answer = await askInSteps({ proxyPassword: 'x' });
  expect(answer).toMatchObject({ outcome: 'unknown', evidence: { error: { kind: 'proxy' } } });
  expect(answer.evidence?.summary).toMatch(/step “First”: the proxy \S+ does not accept the account/);
  expect(answer.steps).toMatchObject([{ outcome: 'failed' }, { outcome: 'not-run' }]);
});
