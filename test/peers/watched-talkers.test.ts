import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CertificateFiles, makeCertificate } from '#test/harness/certificate-files.ts';
import { type Dovecot, startDovecot } from '#test/harness/dovecot.ts';
import { type PeerServer, startPeerServer } from '#test/harness/peer-server.ts';
import { createSmtpSink, type SmtpSink } from '#test/harness/smtp.ts';
import { startUnbound, type Unbound } from '#test/harness/unbound.ts';
import { startWebsocketServer, type WebsocketServer } from '#test/harness/websocket-server.ts';

let certificate: CertificateFiles;
let server: PeerServer;
let dovecot: Dovecot;
let smtp: SmtpSink;
let smtps: SmtpSink;
let websocket: WebsocketServer;
let unbound: Unbound;
beforeAll(async () => {
  certificate = makeCertificate();
  const tls = { key: readFileSync(certificate.keyFile), cert: readFileSync(certificate.certFile) };
  [server, dovecot, smtp, smtps, websocket, unbound] = await Promise.all([
    startPeerServer(),
    startDovecot(certificate),
    createSmtpSink({ server: { ...tls, disabledCommands: ['AUTH'] } }),
    createSmtpSink({ server: { ...tls, secure: true } }),
    startWebsocketServer(),
    startUnbound(['example.test. 60 IN A 192.0.2.7']),
  ]);
});
afterAll(async () => {
  await Promise.all([server?.end(), dovecot?.end(), smtp?.close(), smtps?.close(), websocket?.end(), unbound?.end()]);
  certificate?.remove();
});

describe('mail', () => {
  const portOf = (scheme: string) =>
    ({ ...dovecot.ports, smtp: smtp.port, smtps: smtps.port })[scheme as 'smtp' | keyof Dovecot['ports']];
  const ask = (kind: string, scheme: string, options: object = {}) =>
    server.test({ kind, url: `${scheme}://127.0.0.1:${portOf(scheme)}`, options });

  it.each([
    ['smtp', 'smtp'],
    ['smtp', 'smtps'],
    ['imap', 'imap'],
    ['imap', 'imaps'],
    ['pop3', 'pop3'],
    ['pop3', 'pop3s'],
  ])('%s answers %s, with TLS; its certificate is verified, and read all the same', async (kind, scheme) => {
    const verified = await ask(kind, scheme);
    expect(verified).toMatchObject({ outcome: 'down', evidence: { error: { kind: 'certificate' } } });
    const answer = await ask(kind, scheme, { skipVerification: true, startTls: 'always' });
    expect(answer).toMatchObject({ outcome: 'up', evidence: null });
    expect(answer.phases.tlsMs).toBeGreaterThan(0);
    expect(answer.certificateExpiresAt).not.toBeNull();
  });

  it.each(['smtp', 'imap', 'pop3'])('%s is asked without TLS where that is wanted', async (kind) => {
    const answer = await ask(kind, kind, { startTls: 'never' });
    expect(answer).toMatchObject({ outcome: 'up', certificateExpiresAt: null, phases: { tlsMs: null } });
  });

  it('is down when one server is taken for another', async () => {
    const url = `imap://127.0.0.1:${smtp.port}`;
    const answer = await server.test({ kind: 'imap', url, timeoutSeconds: 1 });
    expect(answer.outcome).toBe('down');
    expect(answer.evidence?.bodyStart).toContain('220 ');
  });
});

describe('a WebSocket', () => {
  const ask = (options: object) =>
    server.test({ kind: 'websocket', url: `ws://127.0.0.1:${websocket.port}/live?a=1`, options, timeoutSeconds: 2 });

  it.each([
    [{}],
    [{ send: 'hello', expect: 'you said hello' }],
    [{ send: 'x'.repeat(2_000), expect: 'xxx' }],
    [{ send: 'who', expect: 'Bearer abc chat', authorization: 'Bearer abc', subprotocol: 'chat' }],
    [{ headers: ['Origin: https://example.org'] }],
  ])('is up with %j', async (options) => {
    expect(await ask(options)).toMatchObject({ outcome: 'up', evidence: null });
  });

  it.each([
    [{ send: 'hello', expect: 'goodbye' }, '“goodbye” did not come in time'],
    [{ send: 'bye', expect: 'hello' }, 'closed instead: going away'],
  ])('is down with %j', async (options, words) => {
    const { outcome, evidence } = await ask(options);
    expect(outcome).toBe('down');
    expect(evidence?.error?.message).toContain(words);
  });

  it('is down where something else listens, and keeps a secret header out of the open ones', async () => {
    const url = `ws://127.0.0.1:${new URL(server.url).port}/`;
    const answer = await server.test({ kind: 'websocket', url });
    expect(answer.evidence?.error?.message).toContain('expected status 101');
    await expect(ask({ headers: ['Authorization: Bearer abc'] })).rejects.toThrow('use authorization');
  });
});

it('sends a datagram, byte by byte: a name server answers its question', async () => {
  const question =
    '\\x12\\x34\\x01\\x00\\x00\\x01\\x00\\x00\\x00\\x00\\x00\\x00\\x07example\\x04test\\x00\\x00\\x01\\x00\\x01';
  const url = `udp://${unbound.server}`;
  const answered = await server.test({ kind: 'udp', url, options: { send: question, expect: '\\xc0\\x00\\x02\\x07' } });
  expect(answered).toMatchObject({ outcome: 'up', address: '127.0.0.1' });
  const closed = await server.test({ kind: 'udp', url: 'udp://127.0.0.1:1', options: { send: 'x' } });
  expect(closed).toMatchObject({ outcome: 'down', evidence: { error: { kind: 'refused' } } });
  const silent = await server.test({ kind: 'udp', url, options: { send: 'x' }, timeoutSeconds: 0.5 });
  expect(silent).toMatchObject({ outcome: 'down', evidence: { error: { kind: 'timeout' } } });
});
