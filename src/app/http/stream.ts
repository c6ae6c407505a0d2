import type { Context } from 'hono';
import { streamSSE } from 'hono/streaming';
import { authenticate, type Identity } from '#access';
import { AppError } from '#kernel/errors.ts';
import type { System } from '#platform/ctx.ts';
import type { LiveNews } from '#platform/live.ts';

const COALESCE_MS = 250;
const KEEP_ALIVE_MS = 20_000;

/**
 * `GET /api/v1/stream`: server-sent events that say what changed, by topic, for whoever is signed in. The first piece
 * of news goes out at once; what follows within 250 ms goes out together.
 */
export async function stream(system: System, c: Context): Promise<Response> {
  const identity = await reader(system, c);
  c.header('cache-control', 'no-store');
  c.header('x-accel-buffering', 'no');
  return streamSSE(c, async (sse) => {
    const gathered = createCoalescer(
      (topics) => void sse.writeSSE({ event: 'changed', data: JSON.stringify({ topics }) }),
    );
    const stop = system.live.listen((news: LiveNews) => {
      if (news.workspaceId === identity.who.workspaceId || news.workspaceId === '*') gathered.add(news.topics);
    });
    const { promise: ended, resolve: end } = Promise.withResolvers<void>();
    sse.onAbort(end);
    await sse.writeSSE({ event: 'hello', data: '{}' });
    const beat = setInterval(() => {
      // Whoever was signed out or let go meanwhile hears no more. A fault of ours ends it too; the dashboard asks again.
      reader(system, c).then(() => sse.writeSSE({ event: 'beat', data: '{}' }), end);
    }, KEEP_ALIVE_MS);
    await ended;
    clearInterval(beat);
    gathered.stop();
    stop();
  });
}

/** Who may follow: anybody signed in, or a key that may read. */
async function reader(system: System, c: Context): Promise<Identity> {
  const identity = await authenticate(system, {
    authorization: c.req.header('authorization'),
    cookieHeader: c.req.header('cookie'),
    workspaceHeader: c.req.header('allclear-workspace'),
    channelHint: undefined,
  });
  if (!identity) throw new AppError('unauthenticated', 'Sign in to follow changes.');
  if (!identity.scopes.includes('read')) throw new AppError('forbidden', 'This API key may not read.');
  return identity;
}

function createCoalescer(flush: (topics: string[]) => void) {
  const waiting = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  const emit = () => {
    timer = undefined;
    if (waiting.size === 0) return;
    const topics = [...waiting];
    waiting.clear();
    flush(topics);
    timer = setTimeout(emit, COALESCE_MS);
  };
  return {
    add(topics: readonly string[]) {
      for (const topic of topics) waiting.add(topic);
      if (!timer) emit();
    },
    stop: () => clearTimeout(timer),
  };
}
