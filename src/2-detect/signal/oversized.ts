import type { ReceivedFormat } from '../received/contract.ts';

/** What was too large to be taken: how it began, and how large it is as far as its sender said. */
export type Oversized = {
  readonly head: Uint8Array;
  /** Null when it did not say: larger than the limit. */
  readonly bytes: number | null;
  readonly limit: number;
};

export const KEPT_HEAD_BYTES = 1_024;

/** Why it was refused, for people to look at. */
export function tooLargeWords(format: ReceivedFormat, { bytes, limit }: Oversized): string {
  const size = bytes === null ? `more than ${grouped(limit)} bytes` : `${grouped(bytes)} bytes`;
  const what = format === 'mail' ? 'mail' : 'message';
  return `The ${what} was refused: it has ${size}, and at most ${grouped(limit)} are taken. Its beginning is kept here.`;
}

function grouped(bytes: number): string {
  return bytes.toLocaleString('en-GB');
}

/**
 * Reads a body of up to `limit` bytes. Of a larger one it reads no more than `wanted` bytes, whatever its sender says of
 * its size.
 */
export async function readAtMost(
  request: Request,
  limit: number,
  wanted = KEPT_HEAD_BYTES,
): Promise<{ readonly ok: true; readonly bytes: Uint8Array } | ({ readonly ok: false } & Oversized)> {
  const told = request.headers.get('transfer-encoding') === null ? request.headers.get('content-length') : null;
  const size = told !== null && /^\d+$/.test(told) ? Number(told) : null;
  // Node ends a body where its length says.
  if (size !== null && size <= limit) return { ok: true, bytes: new Uint8Array(await request.arrayBuffer()) };
  const most = size === null ? limit : Math.min(limit, wanted);
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = request.body?.getReader();
  for (;;) {
    const next = await reader?.read();
    if (next === undefined || next.done) break;
    chunks.push(next.value);
    length += next.value.length;
    if (size === null ? length > most : length >= most) break;
  }
  const bytes = Buffer.concat(chunks);
  if (size === null && length <= limit) return { ok: true, bytes };
  return { ok: false, head: bytes.subarray(0, wanted), bytes: size, limit };
}
