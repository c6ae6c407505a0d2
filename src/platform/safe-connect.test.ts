import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { connectSafely } from './safe-connect.ts';

const server = createServer((socket) => socket.end('hello'));
let port = 0;
beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  ({ port } = server.address() as AddressInfo);
});
afterAll(() => void server.close());

const to = (host: string, allowedTargets: readonly string[], leadsTo = '127.0.0.1') =>
  connectSafely({
    host,
    port,
    timeoutMs: 2_000,
    allowedTargets,
    resolver: (_, done) => done(null, [{ address: leadsTo, family: 4 }]),
  });

it.each(['127.0.0.1', '[::1]', 'mail.example.com'])('%s is refused when its address is not allowed', async (host) => {
  await expect(to(host, [])).rejects.toMatchObject({
    code: 'forbidden',
    message: expect.stringContaining('can allow'),
  });
});

it('never reaches where clouds hand out credentials', async () => {
  await expect(to('mail.example.com', ['169.254.0.0/16'], '169.254.169.254')).rejects.toThrow('never allowed');
});

it.each(['127.0.0.1', 'mail.example.com'])('%s is reached once its network is allowed', async (host) => {
  const socket = await to(host, ['127.0.0.0/8']);
  const [data] = (await once(socket, 'data')) as [Buffer];
  expect(data.toString()).toBe('hello');
  socket.destroy();
});

it('says what a socket says of a port where nobody listens', async () => {
  const wanted = { host: '127.0.0.1', port: 1, timeoutMs: 2_000, allowedTargets: ['127.0.0.0/8'] };
  await expect(connectSafely(wanted)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
});
