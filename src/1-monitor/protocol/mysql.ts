import type { Socket } from 'node:net';
import type { CheckRun, CheckWorld } from '../check/check-run.ts';
import { fault } from '../check/faults.ts';
import type { CheckError } from '../check/spec.ts';
import type { Target } from '../check/target.ts';
import type { ProtocolOptions } from '../kind/kinds.ts';
import { connect, startTls } from './connect.ts';
import {
  firstValue,
  type Greeting,
  helloOf,
  isError,
  loginOf,
  packet,
  type Packets,
  packetsIn,
  proofOf,
  readError,
  readGreeting,
  readSwitch,
} from './mysql-packets.ts';
import type { Protocol } from './protocol.ts';
import { readUntil } from './read-until.ts';
import { trustOf } from './trust.ts';

type Options = ProtocolOptions['mysql'];

type Step<Value> = { readonly error: CheckError } | ({ readonly error: null } & Value);

const QUERY = 3;
const NOT_MYSQL = fault('protocol', 'the answer is not one of a MySQL server');

/** Up when the query is answered, and its first value is the expected one. */
export const askMysql: Protocol<'mysql'> = async (spec, target, run, world) => {
  const { options } = spec;
  const connected = await connect(target, null, run, world);
  if (!connected.ok) return { error: connected.error, received: null };
  const talk: Talk = { socket: connected.socket, target, run };
  try {
    const { error, text } = await ask(talk, options, world);
    const received = text === null ? null : { status: null, headers: [], body: Buffer.from(text) };
    if (error !== null || options.expect === null || text === options.expect) return { error, received };
    const got = text === null ? 'no row' : `“${text.slice(0, 120)}”`;
    return { error: fault('answer', `expected “${options.expect}” as the first value, got ${got}`), received };
  } finally {
    talk.socket.destroy();
  }
};

interface Talk {
  /** The one with TLS, once that is spoken. */
  socket: Socket;
  readonly target: Target;
  readonly run: CheckRun;
}

async function ask(
  talk: Talk,
  options: Options,
  world: CheckWorld,
): Promise<{ readonly error: CheckError | null; readonly text: string | null }> {
  const entered = await enter(talk, options, world);
  if (entered.error !== null) return { error: entered.error, text: null };
  const begun = await query(talk, 'start transaction read only');
  return begun.error === null ? query(talk, options.query) : begun;
}

/** Greets, speaks TLS where it is wanted, and logs in. */
async function enter(talk: Talk, options: Options, world: CheckWorld): Promise<Step<object>> {
  const heard = await hear(talk, ({ payloads }) => payloads.length > 0);
  if (heard.error !== null) return heard;
  const [first] = heard.packets.payloads;
  if (first !== undefined && isError(first))
    return { error: fault('answer', `the server does not let us in: ${readError(first)}`) };
  const greeting = first === undefined ? null : readGreeting(first);
  if (greeting === null) return { error: NOT_MYSQL };
  const { sslmode } = options;
  const tls = sslmode !== 'disable' && greeting.offersTls;
  if (!tls && sslmode !== 'disable' && sslmode !== 'prefer')
    return { error: fault('tls', 'TLS was asked for, but the server offers none') };
  const database = decodeURIComponent(talk.target.url.pathname.slice(1));
  if (tls) {
    talk.socket.write(packet(1, helloOf(true, database)));
    const secured = await startTls(
      talk.socket,
      talk.target,
      trustOf({ ...options, skipVerification: sslmode !== 'verify-full' }),
      talk.run,
      world,
    );
    if (!secured.ok) return { error: secured.error };
    talk.socket = secured.socket;
  }
  return logIn(talk, options, greeting, { tls, database });
}

async function logIn(
  talk: Talk,
  { user, password }: Options,
  greeting: Greeting,
  { tls, database }: { readonly tls: boolean; readonly database: string },
): Promise<Step<object>> {
  const secret = password ?? '';
  const known = proofOf(greeting.plugin, secret, greeting.nonce);
  // A method that we do not speak: the server will ask for another one of this user's, or not let us in.
  const plugin = known === null ? 'mysql_native_password' : greeting.plugin;
  const proof = known ?? Buffer.alloc(0);
  talk.socket.write(packet(tls ? 2 : 1, loginOf(tls, { user: user ?? 'root', database, plugin, proof })));
  for (let turns = 0; turns < 4; turns += 1) {
    const heard = await hear(talk, ({ payloads }) => payloads.some((payload) => !isFastYes(payload)));
    if (heard.error !== null) return heard;
    const answer = heard.packets.payloads.find((payload) => !isFastYes(payload));
    if (answer?.[0] === 0) return { error: null };
    if (answer !== undefined && isError(answer))
      return { error: fault('answer', `the server does not let us in: ${readError(answer)}`) };
    const reply = answer === undefined ? null : replyTo(answer, secret, tls);
    if (reply === null) return { error: NOT_MYSQL };
    if ('error' in reply) return reply;
    talk.socket.write(packet(heard.packets.next, reply.bytes));
  }
  return { error: NOT_MYSQL };
}

/** “It is you, as I remember”: what follows is the answer. */
function isFastYes(payload: Buffer): boolean {
  return payload[0] === 1 && payload[1] === 3;
}

function replyTo(
  answer: Buffer,
  secret: string,
  tls: boolean,
): { readonly error: CheckError } | { readonly bytes: Buffer } | null {
  if (answer[0] === 0xfe) {
    const { plugin, nonce } = readSwitch(answer);
    const bytes = proofOf(plugin, secret, nonce);
    if (bytes !== null) return { bytes };
    return {
      error: fault('answer', `the server wants to be convinced by ${plugin.slice(0, 60)}, which is not spoken here`),
    };
  }
  if (answer[0] !== 1 || answer[1] !== 4) return null;
  if (tls) return { bytes: Buffer.from(`${secret}\0`) };
  const message = 'the server wants the whole password, which is sent over TLS only: set sslmode to require';
  return { error: fault('answer', message) };
}

async function query(
  talk: Talk,
  text: string,
): Promise<{ readonly error: CheckError | null; readonly text: string | null }> {
  talk.socket.write(packet(0, Buffer.concat([Buffer.from([QUERY]), Buffer.from(text)])));
  const heard = await hear(talk, ({ payloads }) => firstValue(payloads) !== 'more');
  if (heard.error !== null) return { error: heard.error, text: null };
  const found = firstValue(heard.packets.payloads);
  if (typeof found === 'string') return { error: NOT_MYSQL, text: null };
  if ('error' in found)
    return { error: fault('answer', `the server answered with an error: ${found.error}`), text: null };
  return { error: null, text: found.value };
}

async function hear(
  { socket, target, run }: Talk,
  isEnough: (packets: Packets) => boolean,
): Promise<Step<{ readonly packets: Packets }>> {
  let packets: Packets = { payloads: [], next: 0 };
  const closed = fault('truncated', 'the server closed the connection before its answer was whole');
  const { error } = await readUntil(socket, target, run, (bytes) => isEnough((packets = packetsIn(bytes))), closed);
  return error === null ? { error: null, packets } : { error };
}
