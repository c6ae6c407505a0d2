import { createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { TEST_KEY } from './test-certificates.ts';

export const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\nall is well';

/** Servers of loopback for tests; `close` ends them with every connection. */
export function createTestServers() {
  const open: Server[] = [];
  const sockets = new Set<Socket>();

  /** A server that does as told after the first bytes of a request; answers with its address. */
  function serve(
    behave: (socket: Socket, request: string) => void,
    tls?: { cert: string; ecdhCurve?: string },
  ): Promise<string> {
    const accept = (socket: Socket): void => {
      sockets.add(socket);
      socket.on('error', () => {});
      socket.once('data', (request) => behave(socket, request.toString()));
    };
    const server = tls === undefined ? createServer(accept) : createTlsServer({ ...tls, key: TEST_KEY }, accept);
    server.on('connection', (socket: Socket) => sockets.add(socket));
    open.push(server);
    return new Promise((resolve) => {
      server.listen(0, '127.0.0.1', () => {
        const address = server.address();
        resolve(
          `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`,
        );
      });
    });
  }

  return {
    serve,
    /** From then on nobody listens at the address that was given last. */
    closeLast: () => new Promise((resolve) => open.pop()?.close(resolve)),
    close(): void {
      for (const socket of sockets) socket.destroy();
      for (const server of open.splice(0)) server.close();
    },
  };
}
