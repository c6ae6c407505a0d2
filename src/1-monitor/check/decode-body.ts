import { brotliDecompress, constants, gunzip, inflate, inflateRaw, type ZlibOptions } from 'node:zlib';

export type DecodeOutcome =
  | { readonly ok: true; readonly body: Buffer }
  | { readonly ok: false; readonly kind: 'decoding' | 'body-too-large'; readonly message: string };

export interface DecodeBounds {
  readonly maxBytes: number;
  /** The bytes are only the start of the body: what they decode to is enough. */
  readonly partial: boolean;
}

type Decoder = (bytes: Buffer, options: ZlibOptions, done: (error: Error | null, result: Buffer) => void) => void;

const MAX_CODINGS = 3;

/**
 * Undoes the content codings gzip, deflate (with or without its wrapper) and br, off the event loop. Never produces
 * more than `maxBytes`: more is `body-too-large`, whatever the compressed size.
 */
export async function decodeBody(
  body: Buffer,
  contentEncoding: string | null,
  bounds: DecodeBounds,
): Promise<DecodeOutcome> {
  const codings = (contentEncoding ?? '')
    .toLowerCase()
    .split(',')
    .map((coding) => coding.trim())
    .filter((coding) => coding !== '' && coding !== 'identity');
  if (codings.length > MAX_CODINGS) return failed('decoding', `more than ${MAX_CODINGS} content codings`);
  let bytes = body;
  for (const coding of codings.toReversed()) {
    if (bytes.length === 0) break;
    const decoder = decoderFor(coding, bytes, bounds.partial);
    if (decoder === null)
      return failed('decoding', `content coding "${coding.slice(0, 40)}" is not one of gzip, deflate, br`);
    const decoded = await decode(decoder, bytes, bounds);
    if (decoded instanceof Error) return decodeFault(decoded, coding, bounds.maxBytes);
    bytes = decoded;
  }
  return { ok: true, body: bytes };
}

function decoderFor(coding: string, bytes: Buffer, partial: boolean): Decoder | null {
  if (coding === 'gzip' || coding === 'x-gzip') return gunzip;
  if (coding === 'br') return brotli(partial);
  // Some servers send raw deflate data: without the zlib header's method number.
  if (coding === 'deflate') return ((bytes[0] ?? 0) & 0x0f) === 8 ? inflate : inflateRaw;
  return null;
}

function brotli(partial: boolean): Decoder {
  const finishFlush = partial ? constants.BROTLI_OPERATION_FLUSH : constants.BROTLI_OPERATION_PROCESS;
  return (bytes, options, done) => brotliDecompress(bytes, { ...options, finishFlush }, done);
}

function decode(decoder: Decoder, bytes: Buffer, bounds: DecodeBounds): Promise<Buffer | Error> {
  const finishFlush = bounds.partial ? constants.Z_SYNC_FLUSH : constants.Z_FINISH;
  return new Promise((resolve) => {
    decoder(bytes, { maxOutputLength: bounds.maxBytes, finishFlush }, (error, result) => resolve(error ?? result));
  });
}

function decodeFault(error: Error, coding: string, maxBytes: number): DecodeOutcome {
  if ('code' in error && error.code === 'ERR_BUFFER_TOO_LARGE') {
    return failed(
      'body-too-large',
      `the body, ${coding} decoded, is longer than ${maxBytes} bytes, the limit of this check`,
    );
  }
  return failed('decoding', `the body is not valid ${coding}: ${error.message}`);
}

function failed(kind: 'decoding' | 'body-too-large', message: string): DecodeOutcome {
  return { ok: false, kind, message };
}
