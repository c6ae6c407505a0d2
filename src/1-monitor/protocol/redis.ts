import { fault } from '../check/faults.ts';
import type { CheckError } from '../check/spec.ts';
import type { ProtocolOptions } from '../kind/kinds.ts';
import { connect } from './connect.ts';
import type { Protocol } from './protocol.ts';
import { readUntil } from './read-until.ts';
import { type Reply, repliesIn } from './redis-reply.ts';
import { trustOf } from './trust.ts';

/** Up when the server answers the command without an error, and with what is expected. */
export const askRedis: Protocol<'redis'> = async (spec, target, run, world) => {
  const { options } = spec;
  const secure = target.secure ? trustOf(options) : null;
  const connected = await connect(target, secure, run, world);
  if (!connected.ok) return { error: connected.error, received: null };
  const { socket } = connected;
  try {
    const commands = commandsOf(options, /^\/(\d+)$/.exec(target.url.pathname)?.[1]);
    socket.write(commands.map(encode).join(''));
    const closed = fault('truncated', 'the connection was closed before the reply was whole');
    let replies: readonly Reply[] | null = [];
    const heard = await readUntil(
      socket,
      target,
      run,
      (bytes) => {
        replies = repliesIn(bytes);
        // Once one of them is an error, the others say nothing.
        return replies === null || replies.length >= commands.length || replies.some(({ isError }) => isError);
      },
      closed,
    );
    if (heard.error !== null) return { error: heard.error, received: bodyOf(heard.bytes.toString('utf8')) };
    if (replies === null) {
      const message = 'the answer is not one of a Redis server';
      return { error: fault('protocol', message), received: bodyOf(heard.bytes.toString('utf8')) };
    }
    const refused = replies.find(({ isError }) => isError);
    if (refused !== undefined) return { error: describeRefusal(refused.text), received: bodyOf(refused.text) };
    const text = replies.at(-1)?.text ?? '';
    return { error: describeDifference(options, text), received: bodyOf(text) };
  } finally {
    socket.destroy();
  }
};

function bodyOf(text: string) {
  return { status: null, headers: [], body: Buffer.from(text) };
}

/** Who we are, which database, and the command. */
function commandsOf({ user, password, command }: ProtocolOptions['redis'], database: string | undefined): string[][] {
  const auth = password === null ? [] : [user === null ? ['AUTH', password] : ['AUTH', user, password]];
  const select = database === undefined ? [] : [['SELECT', database]];
  return [...auth, ...select, command.trim().split(/ +/)];
}

/** As an array of texts with their lengths, so that no value can become a command. */
function encode(words: readonly string[]): string {
  return `*${words.length}\r\n${words.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`).join('')}`;
}

function describeRefusal(text: string): CheckError {
  const shown = text.slice(0, 200);
  if (/^(?:WRONGPASS|NOAUTH|ERR AUTH|ERR invalid password)/.test(text))
    return fault('answer', `the server does not let us in: ${shown}`);
  return fault('answer', `the server answered with an error: ${shown}`);
}

function describeDifference({ command, expect }: ProtocolOptions['redis'], text: string): CheckError | null {
  if (expect === null || text.includes(expect)) return null;
  return fault('answer', `expected “${expect}” in the reply to ${command.slice(0, 60)}, got “${text.slice(0, 120)}”`);
}
