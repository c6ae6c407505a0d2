import { createSinkServer, type Mood, type SinkRequest } from './sink-server.ts';

type NtfyAction = { action: string; label: string; url: string; method?: string; clear?: boolean };

export type NtfyMessage = {
  readonly topic: string;
  readonly title: string;
  readonly message: string;
  readonly priority: number;
  readonly tags: readonly string[];
  readonly click: string | undefined;
  readonly actions: readonly NtfyAction[];
  readonly atMs: number;
};

export type NtfyServer = {
  readonly origin: string;
  readonly topicUrl: (topic: string) => string;
  readonly messages: NtfyMessage[];
  readonly attempts: SinkRequest[];
  readonly setMood: (mood: Mood) => void;
  readonly close: () => Promise<void>;
};

/**
 * Stands in for an ntfy server, written from its public contract (https://docs.ntfy.sh/publish/#publish-as-json): JSON to
 * the root, at most three actions, priority 1 to 5, an access token where the topic needs one, errors as
 * `{code, http, error}`.
 */
export async function createNtfyServer(options: { port?: number; token?: string } = {}): Promise<NtfyServer> {
  const messages: NtfyMessage[] = [];
  let count = 0;
  const refuse = (http: number, code: number, error: string) => ({ status: http, body: { code, http, error } });
  const server = await createSinkServer((request) => {
    if (options.token && request.headers.authorization !== `Bearer ${options.token}`)
      return refuse(403, 40_301, 'forbidden');
    if (request.method !== 'POST' || request.path !== '/') return refuse(404, 40_401, 'page not found');
    const message = parse(request);
    if (typeof message === 'string') return refuse(400, 40_024, message);
    messages.push(message);
    const id = `test${String(++count).padStart(8, '0')}`;
    return {
      status: 200,
      body: { id, time: Math.floor(message.atMs / 1_000), event: 'message', topic: message.topic },
    };
  }, options.port);
  return {
    origin: server.origin,
    topicUrl: (topic) => `${server.origin}/${topic}`,
    messages,
    attempts: server.attempts,
    setMood: server.setMood,
    close: server.close,
  };
}

function parse(request: SinkRequest): NtfyMessage | string {
  const body = JSON.parse(request.body) as Partial<NtfyMessage>;
  if (typeof body.topic !== 'string' || !/^[-_A-Za-z0-9]{1,64}$/.test(body.topic)) return 'invalid topic';
  const { priority = 3, actions = [], message = 'triggered' } = body;
  if (!Number.isInteger(priority) || priority < 1 || priority > 5) return 'invalid priority';
  if (actions.length > 3) return 'too many actions';
  if (actions.some(({ action, label, url }) => !['view', 'http'].includes(action) || !label || !URL.canParse(url)))
    return 'invalid action';
  if (Buffer.byteLength(message) > 4_096) return 'message too large';
  return {
    topic: body.topic,
    title: body.title ?? '',
    message,
    priority,
    tags: body.tags ?? [],
    click: body.click,
    actions,
    atMs: request.atMs,
  };
}
