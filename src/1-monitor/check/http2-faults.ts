import { constants } from 'node:http2';
import { describeSocketError, fault, type FaultScene } from './faults.ts';
import type { CheckError } from './spec.ts';

/** How far the other side came in speaking HTTP/2. */
export interface Http2Scene extends FaultScene {
  /** Whether it ever sent the settings that every HTTP/2 connection begins with (RFC 9113 §3.4). */
  readonly speaks: boolean;
  readonly secure: boolean;
}

const NAMES: ReadonlyMap<number, string> = new Map(
  Object.entries(constants)
    .filter(
      ([name, code]) => /^NGHTTP2_(?!ERR|FLAG|SETTINGS_(?!TIMEOUT)|STREAM_STATE)/.test(name) && Number(code) <= 13,
    )
    .map(([name, code]) => [Number(code), name.replace('NGHTTP2_', '')] as const)
    .filter(([code, name]) => code > 0 || name === 'NO_ERROR'),
);

/** The name of an error code (RFC 9113 §7). */
export function codeName(code: number): string {
  return NAMES.get(code) ?? `code ${code}`;
}

/** What a failed session or stream means. */
export function describeHttp2Error(error: NodeJS.ErrnoException, scene: Http2Scene): CheckError {
  const code = error.code ?? '';
  if (!code.startsWith('ERR_HTTP2')) return describeSocketError(error, scene);
  const name =
    /NGHTTP2_(\w+)/.exec(error.message)?.[1] ?? codeName(Number(/code (\d+)/.exec(error.message)?.[1] ?? -1));
  if (code === 'ERR_HTTP2_STREAM_ERROR') return describeReset(name, scene);
  if (code === 'ERR_HTTP2_SESSION_ERROR') return fault('reset', `${scene.peer} ended the connection (GOAWAY, ${name})`);
  if (!scene.speaks) return fault('protocol', noHttp2(scene));
  return fault('protocol', `the answer is not valid HTTP/2: ${error.message.slice(0, 160)}`);
}

/** Said by us where headers are over the limits, and by servers that had enough of us. */
function describeReset(name: string, { peer }: Http2Scene): CheckError {
  if (name === 'ENHANCE_YOUR_CALM')
    return fault('headers-too-large', `the headers are longer or more than is read, or ${peer} had enough (${name})`);
  return fault('reset', `${peer} reset the answer (${name})`);
}

function noHttp2({ peer, secure }: Http2Scene): string {
  const hint = secure ? '' : '; without TLS a server has to expect it, and most speak HTTP/1.1 only';
  return `${peer} does not answer in HTTP/2, which this monitor asks by${hint}`;
}
