import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export type MonitorTarget = {
  readonly url: string;
  /** What it answers from now on. */
  readonly setStatus: (status: number) => void;
  readonly close: () => Promise<void>;
};

/** Something to watch that answers with a status of one's choice. */
export async function createMonitorTarget(): Promise<MonitorTarget> {
  let status = 200;
  const server = createServer((_request, response) =>
    response.writeHead(status, { 'content-type': 'text/plain' }).end(`status ${status}\n`),
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/health`,
    setStatus: (next) => void (status = next),
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
