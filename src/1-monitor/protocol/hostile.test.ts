import { createServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
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

const open: Server[] = [];
const sockets = new Set<Socket>();
afterEach(() => {
  for (const socket of sockets) socket.destroy();
  for (const server of open.splice(0)) server.close();
});

async function serve(behave: (socket: Socket) => void): Promise<number> {
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    behave(socket);
  }).listen(0, '127.0.0.1');
  open.push(server);
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

/** Writes on and on, as fast as it is read. */
function flood(socket: Socket, chunk: Buffer): void {
  const more = (error?: Error | null): void => {
    if (!error) socket.write(chunk, more);
  };
  more();
}

const BEHAVIOURS: Readonly<Record<string, (socket: Socket) => void>> = {
  'is silent': (socket) => socket.resume(),
  'reads nothing': (socket) => socket.pause(),
  'closes at once': (socket) => socket.destroy(),
  'closes its half': (socket) => socket.resume().end(),
  'talks without end': (socket) => flood(socket, Buffer.alloc(65_536, 'x')),
  'sends line after line': (socket) => flood(socket, Buffer.from('220-hello\r\n* OK hello\r\n+OK\r\n'.repeat(1_000))),
  'sends zeros without end': (socket) => flood(socket, Buffer.alloc(65_536)),
  drips: (socket) => {
    const timer = setInterval(() => socket.write('2'), 20);
    socket.on('close', () => clearInterval(timer));
  },
  'sends what is no protocol': (socket) => socket.write(Buffer.from([0xff, 0x00, 0x80, 0x0d, 0x0a, 0xfe, 0xff])),
  'announces more than there is': (socket) => socket.write('$999999999\r\nR\x7f\xff\xff\xff'),
};

describe.each(KINDS)('$kind with $options', ({ kind, options }) => {
  it.each(Object.keys(BEHAVIOURS))('is down within its time when the other side %s', async (name) => {
    const port = await serve(BEHAVIOURS[name] ?? (() => {}));
    const [scheme] = Object.keys(PROTOCOL_KINDS[kind].schemes);
    const before = process.memoryUsage().rss;
    const result = await askForTest(kind, `${scheme}://127.0.0.1:${port}`, { options, timeoutMs: TIMEOUT_MS });
    expect(result.outcome).toBe('down');
    expect(result.error?.message).not.toContain('a secret');
    expect(result.totalMs).toBeLessThan(TIMEOUT_MS + 400);
    expect(process.memoryUsage().rss - before).toBeLessThan(100_000_000);
  });
});
