import type { Socket } from 'node:net';
import { remainingMs, type CheckRun, type CheckWorld } from '../check/check-run.ts';
import { peerName } from '../check/exchange.ts';
import { fault } from '../check/faults.ts';
import type { CheckError } from '../check/spec.ts';
import type { Target } from '../check/target.ts';
import type { ProtocolOptions } from '../kind/kinds.ts';
import { connect, type Connected, settle, startTls } from './connect.ts';
import { NotAllowed, PostgresStream } from './postgres-stream.ts';
import type { Protocol } from './protocol.ts';
import { readUntil } from './read-until.ts';
import { trustOf } from './trust.ts';

type Options = ProtocolOptions['postgres'];

/** Length 8, and the number that asks for TLS (PostgreSQL protocol, SSLRequest). */
const SSL_REQUEST = Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]);

/** Up when the query is answered, and its first value is the expected one. */
export const askPostgres: Protocol<'postgres'> = async (spec, target, run, world) => {
  const connected = await connectSecurely(spec.options, target, run, world);
  if (!connected.ok) return { error: connected.error, received: null };
  const { socket } = connected;
  const beganMs = performance.now();
  try {
    const { error, text } = await query(socket, spec.options, target, run);
    run.phases.firstByteMs = (run.phases.firstByteMs ?? 0) + performance.now() - beganMs;
    const received = text === null ? null : { status: null, headers: [], body: Buffer.from(text) };
    if (error !== null) return { error, received };
    const { expect } = spec.options;
    if (expect === null || text === expect) return { error: null, received };
    const got = text === null ? 'no row' : `“${text.slice(0, 120)}”`;
    return { error: fault('answer', `expected “${expect}” as the first value, got ${got}`), received };
  } finally {
    socket.destroy();
  }
};

/** TLS is spoken by us and not by the driver, so that the certificate is read and its phase measured like any other. */
async function connectSecurely(
  { sslmode, caPem }: Options,
  target: Target,
  run: CheckRun,
  world: CheckWorld,
): Promise<Connected> {
  const connected = await connect(target, null, run, world);
  if (!connected.ok || sslmode === 'disable') return connected;
  const { socket } = connected;
  socket.write(SSL_REQUEST);
  const closed = fault('truncated', 'the server closed the connection when it was asked for TLS');
  const { error, bytes } = await readUntil(socket, target, run, ({ length }) => length > 0, closed);
  if (error === null && bytes.length === 1 && bytes[0] === 0x53)
    return startTls(socket, target, trustOf({ caPem, skipVerification: sslmode !== 'verify-full' }), run, world);
  if (error === null && bytes.length === 1 && bytes[0] === 0x4e && sslmode === 'prefer') return connected;
  socket.destroy();
  if (error !== null) return { ok: false, error };
  const answered = bytes[0] === 0x4e ? 'it offers none' : 'the answer is not one of a PostgreSQL server';
  return { ok: false, error: fault('tls', `TLS was asked for, but ${answered}`) };
}

interface Answered {
  readonly error: CheckError | null;
  /** The first value of the first row. */
  readonly text: string | null;
}

async function query(socket: Socket, options: Options, target: Target, run: CheckRun): Promise<Answered> {
  const { Client } = await import('pg');
  let text: string | null = null;
  const client = new Client({
    stream: () => new PostgresStream(socket),
    host: target.host,
    port: target.port,
    user: options.user ?? 'postgres',
    // A function: for an empty text the driver would take the password of its environment, which is ours.
    password: () => options.password ?? '',
    database: decodeURIComponent(target.url.pathname.slice(1)) || options.user || 'postgres',
    application_name: 'allclear',
    ssl: false,
    types: { getTypeParser: () => String },
  });
  // Extended: one statement only, so that none can end the transaction.
  const question = { text: options.query, rowMode: 'array' as const, queryMode: 'extended' };
  const ask = async (): Promise<void> => {
    await client.connect();
    await client.query(`set statement_timeout = ${Math.max(1, Math.ceil(remainingMs(run)))}`);
    await client.query('begin transaction read only');
    const { rows } = await client.query<unknown[]>(question);
    const [value] = rows[0] ?? [];
    text = value === undefined ? null : value === null ? '' : String(value);
  };
  const error = await settle(run, 'first-byte', (done) => {
    client.on('error', (failure) => done(describeFailure(failure, target, run)));
    ask().then(
      () => done(null),
      (failure: unknown) => done(describeFailure(failure, target, run)),
    );
  });
  return { error, text };
}

function describeFailure(failure: unknown, target: Target, run: CheckRun): CheckError {
  if (failure instanceof NotAllowed) return fault(failure.kind, failure.message);
  const code = failure instanceof Error && 'code' in failure ? String(failure.code) : '';
  const said = (failure instanceof Error ? failure.message : String(failure)).slice(0, 200);
  const peer = peerName(run.address ?? target.host, target.port);
  if (code.startsWith('28')) return fault('answer', `the server does not let us in: ${said}`);
  if (/^[0-9A-Z]{5}$/.test(code)) return fault('answer', `the server answered with an error: ${said} (${code})`);
  if (code === 'ECONNRESET' || code === 'EPIPE') return fault('reset', `${peer} reset the connection`);
  if (/password must be/.test(said)) return fault('answer', 'the server asks for a password, and none is given');
  if (/terminated|ended/i.test(said)) return fault('truncated', `${peer} closed the connection before it had answered`);
  return fault('protocol', `${peer} does not answer like a PostgreSQL server: ${said}`);
}
