import type { Context, Hono } from 'hono';
import type { System } from '#platform/ctx.ts';
import { createIntake } from './accept-signal.ts';
import { MAX_INTAKE_BYTES } from './intake-body.ts';

const JSON_HEADERS = { 'content-type': 'application/json', 'cache-control': 'no-store' };

/** `POST /intake/{key}`: 202 once the signal is committed. */
export function mountIntake(app: Hono, system: System): void {
  const intake = createIntake(system);
  app.post('/intake/:key', async (c) => {
    const bytes = await readLimited(c);
    if (bytes === null) return tooLarge();
    const accepted = await intake.accept(c.req.param('key'), bytes);
    return new Response(JSON.stringify(accepted), { status: 202, headers: JSON_HEADERS });
  });
}

/** The body, or null when it is longer than allowed; what is too long is not read to its end. */
async function readLimited(c: Context): Promise<Uint8Array | null> {
  const announced = c.req.header('content-length');
  if (announced !== undefined)
    return Number(announced) > MAX_INTAKE_BYTES ? null : new Uint8Array(await c.req.arrayBuffer());
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of c.req.raw.body ?? []) {
    length += chunk.length;
    if (length > MAX_INTAKE_BYTES) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function tooLarge(): Response {
  const message = `is larger than ${MAX_INTAKE_BYTES} bytes`;
  const problem = {
    type: 'about:blank',
    title: 'Too large',
    status: 413,
    code: 'invalid',
    detail: `The body ${message}. Send less, or a link to the rest in "url".`,
    errors: [{ path: 'body', message }],
  };
  return new Response(JSON.stringify(problem), {
    status: 413,
    headers: { 'content-type': 'application/problem+json' },
  });
}
