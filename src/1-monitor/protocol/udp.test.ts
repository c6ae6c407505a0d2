import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { afterEach, expect, it } from 'vitest';
import { askForTest } from './ask-for-test.ts';
import { unescape } from './escapes.ts';

const sockets: Socket[] = [];
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.close();
});

async function hear(answer: (socket: Socket, port: number) => void) {
  const socket = createSocket('udp4');
  sockets.push(socket);
  const seen = { count: 0 };
  socket.on('message', (_, { port }) => {
    seen.count += 1;
    answer(socket, port);
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return { url: `udp://127.0.0.1:${socket.address().port}`, seen };
}

it('hears nobody but whom it asked, and no end of answers', async () => {
  const other = createSocket('udp4');
  sockets.push(other);
  const foreign = await hear((_, port) => other.send('yes', port, '127.0.0.1'));
  const asking = { options: { send: 'x', expect: 'yes' }, timeoutMs: 300 };
  expect(await askForTest('udp', foreign.url, asking)).toMatchObject({ outcome: 'down', evidence: null });
  const flooding = await hear((socket, port) => {
    for (let count = 0; count < 200; count += 1) socket.send(Buffer.alloc(8_000, 'x'), port, '127.0.0.1');
  });
  expect(await askForTest('udp', flooding.url, asking)).toMatchObject({ outcome: 'down' });
});

it('sends nothing to an address that is not allowed', async () => {
  const { url, seen } = await hear(() => {});
  const result = await askForTest('udp', url, { options: { send: 'x' }, allowedTargets: [] });
  expect(result).toMatchObject({ outcome: 'unknown', error: { kind: 'target-not-allowed' } });
  expect(seen.count).toBe(0);
});

it('writes bytes as they are typed', () => {
  expect(unescape('a\\r\\n\\x00\\xFF\\\\n\\q é')).toEqual(
    Buffer.concat([Buffer.from('a\r\n\0'), Buffer.from([0xff]), Buffer.from('\\n\\q é')]),
  );
});
