import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

const PAGES: Readonly<Record<string, string>> = {
  '/': '<title>Shop</title><h1>Welcome</h1><a href="/login">Log in</a><script>console.error("boom")</script>',
  '/login':
    '<title>Log in</title><form method=post><label>User <input name=user></label><label>Password <input name=password type=password></label><button>Log in</button></form>',
  '/home': '<title>Home</title><h1>Hello Ann</h1><ul><li>tea</li><li>coffee</li></ul>',
  '/hang': '<h1>Busy</h1><script>setTimeout(() => { for (;;); }, 100)</script>',
  '/eat': '<script>const all = []; setInterval(() => all.push(new Uint8Array(5e7).fill(1)), 10)</script>',
  '/ask':
    '<h1>Before</h1><button onclick="if (confirm(`sure?`)) document.querySelector(`h1`).textContent = `Yes`">Ask</button>',
  '/popup': '<a href="/home" target="_blank">Open</a>',
};

export interface ShopSite {
  readonly url: string;
  /** Paths that were asked for, in order. */
  readonly asked: readonly string[];
  readonly close: () => Promise<void>;
}

/** A small site with a login form, on loopback. Ann's password is `hunter2`. */
export async function openShopSite(): Promise<ShopSite> {
  const asked: string[] = [];
  const server = createServer((request, response) => void answer(request, response, asked));
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}/`,
    asked,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(request: IncomingMessage, response: ServerResponse, asked: string[]): Promise<void> {
  const path = URL.parse(request.url ?? '/', 'http://shop')?.pathname ?? '/';
  asked.push(path);
  response.setHeader('content-type', 'text/html; charset=utf-8');
  if (path === '/login' && request.method === 'POST') {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    if (Buffer.concat(chunks).toString() !== 'user=ann&password=hunter2')
      return void response.end('<title>Log in</title><h1>Wrong password</h1>');
    return void response.writeHead(303, { location: '/home' }).end();
  }
  const page = PAGES[path];
  response.statusCode = page === undefined ? 404 : 200;
  response.end(page ?? '<h1>Nothing here</h1>');
}
