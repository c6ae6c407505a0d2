import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { askForTest } from '../protocol/ask-for-test.ts';
import { beginWorld } from './check-world.ts';
import { runCheck } from './run-check.ts';
import { END_HEADERS, END_STREAM, field, FRAME, frame, OK_FIELDS, settings } from './test-frames.ts';
import { testSpec } from './test-spec.ts';

/**
 * A process that asks servers of heads that are too long by HTTP/2, again and again, and collects what is left of them
 * meanwhile, in whatever order. It says how each ended, if it lives to say so.
 */
const heads = {
  many: () => {
    const fields = Array.from({ length: 1_500 }, (_, at) => field(`x-${at}`, ''));
    return frame(FRAME.headers, END_HEADERS | END_STREAM, 1, Buffer.concat([OK_FIELDS, ...fields]));
  },
  endless: () => {
    const more = () => frame(FRAME.continuation, 0, 1, field('x-a', 'b'.repeat(500)));
    return Buffer.concat([frame(FRAME.headers, 0, 1, OK_FIELDS), ...Array.from({ length: 500 }, more)]);
  },
};
let head = heads.many;
const server = createServer((socket) => {
  socket.on('error', () => {});
  socket.once('data', () => {
    socket.write(settings());
    // Made anew each time, so that there is always something to collect.
    socket.write(head());
  });
});
server.listen(0, '127.0.0.1');
await once(server, 'listening');
const address = `127.0.0.1:${(server.address() as AddressInfo).port}`;
const world = beginWorld({ info: () => {}, warn: () => {}, error: () => {} });
const asked = {
  http: () => runCheck(testSpec({ url: `http://${address}`, httpVersion: '2' }), Date.now(), world),
  grpc: () => askForTest('grpc', `grpc://${address}`),
};
for (const [name, make] of Object.entries(heads))
  for (const [kind, ask] of Object.entries(asked)) {
    head = make;
    let outcome = '';
    for (let n = 0; n < 60; n += 1) ({ outcome } = await ask());
    process.stdout.write(`${name} ${kind} ${outcome}\n`);
  }
process.exit();
