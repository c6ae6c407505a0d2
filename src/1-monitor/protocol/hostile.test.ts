import { createServer, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { PROTOCOL_KINDS, type ProtocolKind } from '../kind/kinds.ts';
import { askForTest } from './ask-for-test.ts';

/** Whom each kind that connects is asked of; the others have tests of their own. */
const KINDS: readonly { readonly kind: ProtocolKind; readonly options: Readonly<Record<string, unknown>> }[] = [
  { kind: 'tcp', options: { expect: 'never' } },
  { kind: 'api', options: { steps: [{ password: 'a secret' }, { url: 'next' }] } },
  { kind: 'mysql', options: { password: 'a secret' } },
  { kind: 'websocket', options: { send: 'x', expect: 'y', authorization: 'a secret' } },
  { kind: 'grpc', options: { authorization: 'a secret' } },
  { kind: 'smtp', options: {} },
  { kind: 'imap', options: { startTls: 'always' } },
  { kind: 'pop3', options: {} },
  { kind: 'redis', options: { password: 'a secret' } },
  { kind: 'postgres', options: {} },
  { kind: 'postgres', options: { sslmode: 'disable', password: 'a secret' } },
];

const TIMEOUT_MS = 500;

async function serve(behave: (socket: Socket) => void): Promise<{ readonly port: number; readonly close: () => void }> {
  const sockets = new Set<Socket>();
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    behave(socket);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const close = () => {
    for (const socket of sockets) socket.destroy();
    server.close();
  };
  return { port: (server.address() as AddressInfo).port, close };
}

/** Writes on and on, as fast as it is read. */
function flood(socket: Socket, chunk: Buffer): void {
  const more = (error?: Error | null): void => {
    if (!error) socket.write(chunk, more);
  };
  more();
}

type Behaviours = Readonly<Record<string, (socket: Socket) => void>>;

/** Those that a check waits for: side by side, since nobody has anything to do. */
const PATIENT: Behaviours = {
  'is silent': (socket) => socket.resume(),
  'reads nothing': (socket) => socket.pause(),
  drips: (socket) => {
    const timer = setInterval(() => socket.write('2'), 20);
    socket.on('close', () => clearInterval(timer));
  },
  'sends what is no protocol': (socket) => socket.write(Buffer.from([0xff, 0x00, 0x80, 0x0d, 0x0a, 0xfe, 0xff])),
  'announces more than there is': (socket) => socket.write('$999999999\r\nR\x7f\xff\xff\xff'),
};

/** Those that end it at once, or keep it busy. */
const EAGER: Behaviours = {
  'closes at once': (socket) => socket.destroy(),
  'closes its half': (socket) => socket.resume().end(),
  'talks without end': (socket) => flood(socket, Buffer.alloc(65_536, 'x')),
  'sends line after line': (socket) => flood(socket, Buffer.from('220-hello\r\n* OK hello\r\n+OK\r\n'.repeat(1_000))),
  'sends zeros without end': (socket) => flood(socket, Buffer.alloc(65_536)),
};

describe.each(KINDS)('$kind with $options', ({ kind, options }) => {
  const isDownInTime = async (behave: (socket: Socket) => void) => {
    const { port, close } = await serve(behave);
    const [scheme] = Object.keys(PROTOCOL_KINDS[kind].schemes);
    const before = process.memoryUsage().rss;
    const address = `${scheme}://127.0.0.1:${port}`;
    const result = await askForTest(kind, address, { options, timeoutMs: TIMEOUT_MS }).finally(close);
    expect(result.outcome).toBe('down');
    expect(result.error?.message).not.toContain('a secret');
    expect(result.totalMs).toBeLessThan(TIMEOUT_MS + 400);
    expect(process.memoryUsage().rss - before).toBeLessThan(100_000_000);
  };
  const title = 'is down within its time when the other side %s';
  it.concurrent.each(Object.entries(PATIENT))(title, (_, behave) => isDownInTime(behave));
  it.each(Object.entries(EAGER))(title, (_, behave) => isDownInTime(behave));
});
