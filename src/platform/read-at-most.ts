/**
 * The body of a request, or null as soon as it is longer than allowed. What a caller says about the length proves nothing
 * (a body that comes in chunks says none), so no more than `maxBytes` is ever held.
 */
export async function readAtMost(request: Request, maxBytes: number): Promise<Buffer | null> {
  if (Number(request.headers.get('content-length') ?? 0) > maxBytes) return null;
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of request.body ?? []) {
    bytes += part.byteLength;
    if (bytes > maxBytes) return null;
    parts.push(part);
  }
  return Buffer.concat(parts);
}
