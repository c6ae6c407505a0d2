import { afterAll, beforeAll, expect, it } from 'vitest';
import { type CertificateFiles, makeCertificate } from '#test/harness/certificate-files.ts';
import { type GrpcServer, startGrpcServer } from '#test/harness/grpc-server.ts';
import { type PeerServer, startPeerServer } from '#test/harness/peer-server.ts';

let certificate: CertificateFiles;
let server: PeerServer;
let plain: GrpcServer;
let secure: GrpcServer;
let mute: GrpcServer;
beforeAll(async () => {
  certificate = makeCertificate();
  const health = { '': 'SERVING', 'shop.v1.Orders': 'SERVING', 'shop.v1.Carts': 'NOT_SERVING' } as const;
  [server, plain, secure, mute] = await Promise.all([
    startPeerServer(),
    startGrpcServer(health),
    startGrpcServer(health, certificate),
    startGrpcServer(null),
  ]);
});
afterAll(async () => {
  for (const one of [plain, secure, mute]) one?.end();
  await server?.end();
  certificate?.remove();
});

const ask = (url: string, options: object = {}) => server.test({ kind: 'grpc', url, options, timeoutSeconds: 3 });

it.each([[null], ['shop.v1.Orders']])('is up while %s is serving', async (service) => {
  const answer = await ask(`grpc://127.0.0.1:${plain.port}`, { service, authorization: 'Bearer abc' });
  expect(answer.evidence).toBeNull();
  expect(answer).toMatchObject({ outcome: 'up', address: '127.0.0.1', phases: { tlsMs: null } });
  expect(answer.phases.firstByteMs).toBeGreaterThan(0);
});

it('is asked over TLS; the certificate is verified, and read all the same', async () => {
  const url = `grpcs://127.0.0.1:${secure.port}`;
  expect(await ask(url)).toMatchObject({ outcome: 'down', evidence: { error: { kind: 'certificate' } } });
  const answer = await ask(url, { skipVerification: true });
  expect(answer).toMatchObject({ outcome: 'up', evidence: null });
  expect(answer.certificateExpiresAt).not.toBeNull();
});

it.each([
  ['a service that is not', { service: 'shop.v1.Carts' }, 'answer', 'shop.v1.Carts says that it is not serving'],
  ['a service that it does not know', { service: 'shop.v1.Nothing' }, 'answer', 'knows no service of that name'],
])('is down for %s', async (_, options, kind, words) => {
  const answer = await ask(`grpc://127.0.0.1:${plain.port}`, options);
  expect(answer).toMatchObject({ outcome: 'down', evidence: { error: { kind } } });
  expect(answer.evidence?.error?.message).toContain(words);
});

it.each([
  ['a server without a health service', () => `grpc://127.0.0.1:${mute.port}`, 'answer', 'has no health service'],
  ['one that speaks HTTP/1.1', () => server.url.replace('http', 'grpc'), 'protocol', 'does not speak HTTP/2'],
  ['one that wants TLS', () => `grpc://127.0.0.1:${secure.port}`, 'reset', 'closed'],
])('says what is wrong with %s', async (_, url, kind, words) => {
  const answer = await ask(url());
  expect(answer.evidence?.error?.message).toContain(words);
  expect(answer).toMatchObject({ outcome: 'down', evidence: { error: { kind } } });
});
