import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import { type Context, Hono } from 'hono';

const TYPES: Record<string, string> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
  png: 'image/png',
  woff2: 'font/woff2',
  json: 'application/json',
  webmanifest: 'application/manifest+json',
  txt: 'text/plain; charset=utf-8',
};
const COMPRESSED = new Set(['html', 'js', 'css', 'svg', 'json', 'webmanifest']);

const POLICY = [
  "default-src 'self'",
  "img-src 'self' data: blob:",
  "style-src 'self' 'unsafe-inline'",
  "script-src 'self'",
  "frame-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

type File = {
  readonly type: string;
  readonly bytes: Buffer<ArrayBuffer>;
  readonly brotli: Buffer<ArrayBuffer> | null;
  readonly etag: string;
  readonly immutable: boolean;
};

/** The built dashboard from memory: hashed assets for ever, and `index.html` for every screen's path. */
export async function createDashboard(directory: string): Promise<Hono> {
  const files = await load(directory);
  const app = new Hono();
  app.get('*', (c) => {
    const file = files.get(c.req.path) ?? (c.req.path.includes('.') ? undefined : files.get('/index.html'));
    return file ? send(c, file) : c.notFound();
  });
  return app;
}

async function load(directory: string): Promise<Map<string, File>> {
  const files = new Map<string, File>();
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  for (const entry of entries.filter((e) => e.isFile())) {
    const path = join(entry.parentPath, entry.name);
    const bytes = Buffer.from(await readFile(path));
    const ending = entry.name.split('.').at(-1) ?? '';
    const name = `/${relative(directory, path)}`;
    files.set(name, {
      type: TYPES[ending] ?? 'application/octet-stream',
      bytes,
      brotli: COMPRESSED.has(ending)
        ? Buffer.from(brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }))
        : null,
      etag: `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`,
      immutable: name.startsWith('/assets/'),
    });
  }
  return files;
}

function send(c: Context, file: File): Response {
  const brotli = file.brotli !== null && /\bbr\b/.test(c.req.header('accept-encoding') ?? '');
  const etag = brotli ? file.etag.replace(/"$/, '-br"') : file.etag;
  const headers: Record<string, string> = {
    'content-type': file.type,
    etag,
    vary: 'Accept-Encoding',
    'cache-control': file.immutable ? 'public, max-age=31536000, immutable' : 'no-cache',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'same-origin',
  };
  if (file.type.startsWith('text/html')) headers['content-security-policy'] = POLICY;
  if (c.req.header('if-none-match') === etag) return new Response(null, { status: 304, headers });
  if (brotli) headers['content-encoding'] = 'br';
  return new Response(brotli && file.brotli ? file.brotli : file.bytes, { headers });
}
