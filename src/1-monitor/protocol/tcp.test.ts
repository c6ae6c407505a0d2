import { createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { afterEach, describe, expect, it } from 'vitest';
import { EXPIRED_CERTIFICATE, GOOD_CERTIFICATE, TEST_KEY } from '../check/test-certificates.ts';
import { askForTest } from './ask-for-test.ts';

const open: Server[] = [];
const sockets = new Set<Socket>();
afterEach(() => {
  for (const socket of sockets) socket.destroy();
  for (const server of open.splice(0)) server.close();
});

/** Answers with its port. */
function serve(behave: (socket: Socket) => void, cert?: string): Promise<number> {
  const accept = (socket: Socket): void => {
    socket.on('error', () => {});
    behave(socket);
  };
  const server = cert === undefined ? createServer(accept) : createTlsServer({ cert, key: TEST_KEY }, accept);
  server.on('connection', (socket: Socket) => sockets.add(socket));
  open.push(server);
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
}

const silence = (): void => {};
const greet = (socket: Socket): void => void socket.write('220 mail.example.org ready\r\n');
const echo = (socket: Socket): void => void socket.on('data', (data) => socket.write(`you said ${data.toString()}`));

describe('a port', () => {
  it('is up when it accepts a connection, with the time that this took', async () => {
    const port = await serve(silence);
    const result = await askForTest('tcp', `tcp://127.0.0.1:${port}`);
    expect(result).toMatchObject({ outcome: 'up', status: null, address: '127.0.0.1', error: null });
    expect(result.phases.tcpMs).toBeGreaterThan(0);
    expect(result.phases.firstByteMs).toBeNull();
  });

  it('is down when it refuses', async () => {
    const result = await askForTest('tcp', 'tcp://127.0.0.1:1');
    expect(result).toMatchObject({ outcome: 'down', error: { kind: 'refused' } });
  });

  it.each([
    ['the greeting that is expected', greet, { expect: '220 ' }, 'up', null],
    ['an answer to what is sent', echo, { send: 'hello\\r\\n', expect: 'you said hello\\r\\n' }, 'up', null],
    ['another answer', greet, { expect: '500' }, 'down', 'timeout'],
    ['nothing', silence, { expect: '220' }, 'down', 'timeout'],
    ['a close', (socket: Socket) => socket.end('bye'), { expect: '220' }, 'down', 'truncated'],
  ])('that gives %s is judged so', async (_, behave, options, outcome, kind) => {
    const port = await serve(behave);
    const result = await askForTest('tcp', `tcp://127.0.0.1:${port}`, { options, timeoutMs: 300 });
    expect(result.outcome).toBe(outcome);
    expect(result.error?.kind ?? null).toBe(kind);
  });

  it('keeps what came as evidence, and holds assertions against it', async () => {
    const port = await serve(greet);
    const assertions = [{ kind: 'body', test: 'contains', value: 'other.example.org' }] as const;
    const result = await askForTest('tcp', `tcp://127.0.0.1:${port}`, { options: { expect: '220' }, assertions });
    expect(result).toMatchObject({ outcome: 'down', evidence: { bodyStart: '220 mail.example.org ready\r\n' } });
    expect(result.failures[0]?.expected).toContain('other.example.org');
  });

  it('is never flooded: an endless answer ends the check', async () => {
    const port = await serve((socket) => {
      const more = (error?: Error | null): void => {
        if (!error) socket.write('x'.repeat(65_536), more);
      };
      more();
    });
    const result = await askForTest('tcp', `tcp://127.0.0.1:${port}`, { options: { expect: 'y' } });
    expect(result).toMatchObject({ outcome: 'down', error: { kind: 'body-too-large' } });
  });
});

describe('a port with TLS', () => {
  it('has its certificate verified, and read all the same', async () => {
    const port = await serve(silence, EXPIRED_CERTIFICATE);
    const result = await askForTest('tcp', `tls://127.0.0.1:${port}`);
    expect(result).toMatchObject({ outcome: 'down', error: { kind: 'certificate' } });
    expect(result.certificateExpiresAtMs).toBeLessThan(Date.now());
  });

  it('may have any certificate when that is said', async () => {
    const port = await serve(silence, GOOD_CERTIFICATE);
    const result = await askForTest('tcp', `tls://127.0.0.1:${port}`, { options: { skipVerification: true } });
    expect(result).toMatchObject({ outcome: 'up' });
    expect(result.phases.tlsMs).toBeGreaterThan(0);
  });

  it('that speaks no TLS is down', async () => {
    const port = await serve(greet);
    const result = await askForTest('tcp', `tls://127.0.0.1:${port}`, { timeoutMs: 500 });
    expect(result.outcome).toBe('down');
  });
});

it('never asks an address that is not allowed', async () => {
  const result = await askForTest('tcp', 'tcp://127.0.0.1:80', { allowedTargets: [] });
  expect(result).toMatchObject({ outcome: 'unknown', error: { kind: 'target-not-allowed' } });
});
