import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestSystem, type TestSystem } from '#test/harness/system.ts';
import { frontIntake } from './mount-intake.ts';

let t: TestSystem;
let server: Server;
let source: { id: string; key: string };

beforeAll(async () => {
  t = await createTestSystem();
  const front = frontIntake(t.system);
  server = createServer((incoming, response) => void (front(incoming, response) || response.writeHead(404).end()));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await t.close();
});

/** Sends the chunks as they are, and answers as soon as the intake does. */
function send(chunks: readonly string[], headers: Record<string, string>): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const { port } = server.address() as AddressInfo;
    const options = { port, path: `/intake/${source.key}`, method: 'POST', headers };
    const sending = request(options, (response) => {
      let body = '';
      response.on('data', (chunk: Buffer) => (body += chunk.toString()));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
      response.on('error', reject);
    });
    sending.on('error', reject);
    for (const chunk of chunks) sending.write(chunk);
    if (headers['content-length'] === undefined) sending.end();
  });
}

it.each([
  // No more of it than this is sent, and the answer comes all the same.
  ['its sender says that it is', { 'content-length': '400000' }, ['{"title":"Long","details":"', 'x'.repeat(2_000)]],
  ['it turns out to be', { 'transfer-encoding': 'chunked' }, Array.from({ length: 27 }, () => 'x'.repeat(10_000))],
])('what is too large is refused as soon as %s, and written down', async (_, headers, chunks) => {
  source = (await t.call('POST', '/api/v1/alert-sources', { name: 'Talks' })).body as typeof source;
  expect((await send(['{"title":"Fits"}'], { 'transfer-encoding': 'chunked' })).status).toBe(202);
  const answer = await send(chunks, headers);
  expect(answer).toMatchObject({ status: 413, body: expect.stringContaining('larger than 262144 bytes') as string });
  const { items } = (await t.call('GET', `/api/v1/alert-sources/${source.id}/refused`)).body as {
    items: { message: string; payload: string }[];
  };
  const size = 'content-length' in headers ? '400,000 bytes' : 'more than 262,144 bytes';
  expect(items).toMatchObject([{ message: expect.stringContaining(size) as string }]);
  expect(items[0]?.payload).toBe(chunks.join('').slice(0, 1_024));
});
