import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { afterEach, expect, it } from 'vitest';
import { askForTest } from './ask-for-test.ts';

const sockets: Socket[] = [];
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.close();
});

/** A name server of its own kind, with how many questions came. */
async function hear(answer: (socket: Socket, question: Buffer, port: number) => void) {
  const socket = createSocket('udp4');
  sockets.push(socket);
  const seen = { count: 0 };
  socket.on('message', (question, { port }) => {
    seen.count += 1;
    answer(socket, question, port);
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return { resolver: `127.0.0.1:${socket.address().port}`, seen };
}

const garble = (socket: Socket, question: Buffer, port: number): void => {
  socket.send(Buffer.concat([question.subarray(0, 2), Buffer.alloc(500, 0xff)]), port, '127.0.0.1');
};

it.each([
  ['is silent', () => {}],
  ['answers with garbage', garble],
])('is down within its time when the named server %s', async (_, answer) => {
  const { resolver } = await hear(answer);
  const result = await askForTest('dns', 'dns://www.example.org', { options: { resolver }, timeoutMs: 600 });
  expect(result).toMatchObject({ outcome: 'down', address: '127.0.0.1' });
  expect(result.totalMs).toBeLessThan(900);
});

it('is down when nothing listens at the named server', async () => {
  const options = { resolver: '127.0.0.1:1' };
  expect(await askForTest('dns', 'dns://www.example.org', { options })).toMatchObject({ outcome: 'down' });
});

it('sends nothing to a server that may not be reached', async () => {
  const { resolver, seen } = await hear(() => {});
  const result = await askForTest('dns', 'dns://www.example.org', { options: { resolver }, allowedTargets: [] });
  expect(result).toMatchObject({ outcome: 'unknown', address: '127.0.0.1', error: { kind: 'target-not-allowed' } });
  expect(seen.count).toBe(0);
});

it('pings no address that is not allowed', async () => {
  const result = await askForTest('ping', 'ping://127.0.0.1', { allowedTargets: [] });
  expect(result).toMatchObject({ outcome: 'unknown', error: { kind: 'target-not-allowed' } });
});
