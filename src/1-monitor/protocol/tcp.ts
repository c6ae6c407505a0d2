import { fault } from '../check/faults.ts';
import { connect } from './connect.ts';
import { unescape } from './escapes.ts';
import type { Protocol } from './protocol.ts';
import { readUntil } from './read-until.ts';
import { trustOf } from './trust.ts';

/** Up when the port accepts a connection and, where something is expected, that comes. */
export const askTcp: Protocol<'tcp'> = async (spec, target, run, world) => {
  const { send, expect } = spec.options;
  const secure = target.secure ? trustOf(spec.options) : null;
  const connected = await connect(target, secure, run, world);
  if (!connected.ok) return { error: connected.error, received: null };
  const { socket } = connected;
  try {
    if (send !== null) socket.write(unescape(send));
    const wanted = expect === null ? null : unescape(expect);
    // Without anything expected, an assertion on the answer still wants to see one.
    const listens = wanted !== null || spec.assertions.some(({ kind }) => kind === 'body');
    if (!listens) return { error: null, received: { status: null, headers: [], body: Buffer.alloc(0) } };
    const closed = wanted === null ? null : fault('truncated', `the connection was closed before “${expect}” came`);
    const heard = await readUntil(socket, target, run, (bytes) => wanted === null || bytes.includes(wanted), closed);
    const received = { status: null, headers: [], body: heard.bytes };
    if (heard.error?.kind === 'timeout' && wanted !== null) {
      const message = `“${expect}” did not come in time${heard.bytes.length === 0 ? ', nor anything else' : ''}`;
      return { error: fault('timeout', message), received };
    }
    return { error: heard.error, received };
  } finally {
    socket.destroy();
  }
};
