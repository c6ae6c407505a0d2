import type { ClientHttp2Session, ClientHttp2Stream } from 'node:http2';

const outlived = new FinalizationRegistry<object>(() => undefined);

/**
 * Has the inside of a session stay until that of its stream is gone. Node aborts the whole process when a session is
 * collected before a stream that still holds a head (`Http2Session::~Http2Session`, `current_nghttp2_memory_`), and any
 * server brings that about with a head that is too long.
 */
export function outliveStream(session: ClientHttp2Session, stream: ClientHttp2Stream): void {
  const [inner, outer] = [insideOf(stream), insideOf(session)];
  if (inner !== null && outer !== null) outlived.register(inner, outer);
  // Over a connection that does not stand yet there is no inside yet.
  else if (stream.pending) stream.once('ready', () => outliveStream(session, stream));
}

/** What Node itself keeps of it; it is not reached otherwise. */
function insideOf(owner: object): object | null {
  const name = Object.getOwnPropertySymbols(owner).find(({ description }) => description === 'kHandle');
  const inside: unknown = name === undefined ? null : Reflect.get(owner, name);
  return typeof inside === 'object' ? inside : null;
}
