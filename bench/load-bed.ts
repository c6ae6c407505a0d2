import { connect, type Socket } from 'node:net';

/** What 64 connections that never pause get out of an address. */
export type Load = {
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly refused: number;
};

export type LoadOptions = {
  readonly url: string;
  readonly connections: number;
  readonly durationMs: number;
  /** The body of the n-th request. */
  readonly body: (n: number) => string;
};

const END_OF_HEAD = Buffer.from('\r\n\r\n');

/**
 * POSTs over keep-alive connections, each sending its next request when the answer is there. Raw sockets, because an
 * HTTP client costs more than the servers that it is to measure.
 */
export async function drive({ url, connections, durationMs, body }: LoadOptions): Promise<Load> {
  const { hostname, port, pathname } = new URL(url);
  const head = `POST ${pathname} HTTP/1.1\r\nhost: ${hostname}:${port}\r\ncontent-type: application/json\r\ncontent-length: `;
  const latenciesMs: number[] = [];
  let sent = 0;
  let refused = 0;
  const startMs = performance.now();
  const endMs = startMs + durationMs;

  const one = () =>
    new Promise<void>((resolve, reject) => {
      const socket: Socket = connect(Number(port), hostname);
      socket.setNoDelay(true);
      let sentMs = 0;
      let got: Buffer = Buffer.alloc(0);
      const next = () => {
        if (performance.now() >= endMs) return void socket.end(resolve);
        const text = body(sent++);
        sentMs = performance.now();
        socket.write(`${head}${Buffer.byteLength(text)}\r\n\r\n${text}`);
      };
      socket.on('connect', next);
      socket.on('error', reject);
      socket.on('data', (chunk: Buffer) => {
        got = got.length === 0 ? chunk : Buffer.concat([got, chunk]);
        const status = completeStatus(got);
        if (status === null) return;
        got = Buffer.alloc(0);
        if (status >= 200 && status < 300) latenciesMs.push(performance.now() - sentMs);
        else refused += 1;
        next();
      });
    });
  await Promise.all(Array.from({ length: connections }, one));
  const seconds = (performance.now() - startMs) / 1_000;
  latenciesMs.sort((a, b) => a - b);
  const at = (share: number) => Number((latenciesMs[Math.floor(latenciesMs.length * share)] ?? Number.NaN).toFixed(2));
  return { perSecond: Math.round(latenciesMs.length / seconds), p50Ms: at(0.5), p99Ms: at(0.99), refused };
}

/** The status once the whole answer (with a Content-Length, or chunked) is there. */
function completeStatus(bytes: Buffer): number | null {
  const headEnd = bytes.indexOf(END_OF_HEAD);
  if (headEnd < 0) return null;
  const head = bytes.toString('latin1', 0, headEnd);
  const status = Number(head.slice(9, 12));
  const length = /content-length: (\d+)/i.exec(head);
  if (length) return bytes.length >= headEnd + 4 + Number(length[1]) ? status : null;
  if (/transfer-encoding: chunked/i.test(head))
    return bytes.toString('latin1', bytes.length - 5) === '0\r\n\r\n' ? status : null;
  return status;
}
