const TEXT_OID = 25;
const HEADER_BYTES = 20;
const NULL_LENGTH = -1;

/**
 * A `text[]` parameter in PostgreSQL's binary array format: dimensions, flags, element type, length, lower bound, then
 * each value after its length. Neither side has to quote, which makes it the cheap way to send many texts; the statement
 * must say that the parameter is `text[]`. NUL characters are refused by the server.
 */
export function textArray(values: readonly (string | null)[]): Buffer {
  let bytes = HEADER_BYTES;
  for (const value of values) bytes += value === null ? 4 : 4 + Buffer.byteLength(value);
  const buffer = Buffer.allocUnsafe(bytes);
  let at = 0;
  const put = (word: number) => {
    at = buffer.writeInt32BE(word, at);
  };
  put(1);
  put(1);
  put(TEXT_OID);
  put(values.length);
  put(1);
  for (const value of values) {
    if (value === null) {
      put(NULL_LENGTH);
      continue;
    }
    const length = buffer.write(value, at + 4);
    put(length);
    at += length;
  }
  return buffer;
}

/** A parameter of any array of numbers, in PostgreSQL's text format. */
export function numberArray(values: readonly number[]): string {
  return `{${values.join(',')}}`;
}
