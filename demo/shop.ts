import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Shop = {
  readonly url: string;
  readonly break: () => void;
  readonly mend: () => void;
  readonly close: () => Promise<void>;
};

/** The service that the demo watches: a shop's checkout that answers well until it is broken on cue. */
export async function openShop(): Promise<Shop> {
  let broken = false;
  const server = createServer((_request, response) => {
    if (broken)
      return void response
        .writeHead(503, { 'content-type': 'text/plain' })
        .end('upstream connect error: payments does not answer\n');
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"checkout":"ok"}\n');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/checkout`,
    break: () => void (broken = true),
    mend: () => void (broken = false),
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
