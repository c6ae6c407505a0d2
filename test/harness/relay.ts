import { connect, createServer, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';

export type Relay = {
  readonly url: string;
  /** Ends every connection, and refuses new ones until `mend`. */
  readonly cut: () => void;
  readonly mend: () => void;
  readonly close: () => void;
};

/** A way to a server on loopback that can be cut, as a network can. */
export function startRelay(port: number): Promise<Relay> {
  const sockets = new Set<Socket>();
  let whole = true;
  const server = createServer((near) => {
    if (!whole) return near.destroy();
    const far = connect({ host: '127.0.0.1', port });
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => sockets.delete(socket));
    }
    near.pipe(far).pipe(near);
  });
  const end = (): void => {
    whole = false;
    for (const socket of sockets) socket.destroy();
  };
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      resolve({
        url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
        cut: end,
        mend: () => {
          whole = true;
        },
        close: () => {
          end();
          server.close();
        },
      });
    });
  });
}
