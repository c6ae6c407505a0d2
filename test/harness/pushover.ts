import { createSinkServer, type Mood, type SinkRequest } from './sink-server.ts';

type PushoverMessage = {
  readonly user: string;
  readonly title: string;
  readonly message: string;
  readonly priority: number;
  readonly url: string;
  readonly tags: string;
  readonly callback: string;
  readonly receipt: string | null;
  acknowledged: boolean;
  cancelled: boolean;
};

export type PushoverServer = {
  /** For ALLCLEAR_PUSHOVER_URL. */
  readonly url: string;
  readonly appToken: string;
  readonly messages: PushoverMessage[];
  readonly attempts: SinkRequest[];
  readonly setMood: (mood: Mood) => void;
  readonly close: () => Promise<void>;
};

const refuse = (error: string) => ({ status: 400, body: { status: 0, errors: [error], request: 'r' } });

/**
 * Stands in for Pushover's API, written from its public contract: form bodies with the application's token, emergency
 * messages with retry and expire and a receipt, receipts that can be read and cancelled by tag, its limits on lengths.
 */
export async function createPushoverServer(users: readonly string[]): Promise<PushoverServer> {
  const appToken = 'azGDORePK8gMaC0QOYAMyEEuzJnyUi';
  const messages: PushoverMessage[] = [];

  function answer(request: SinkRequest): { status: number; body: object } {
    const url = new URL(request.path, 'http://pushover.test');
    const form = Object.fromEntries(new URLSearchParams(request.body));
    if ((form['token'] ?? url.searchParams.get('token')) !== appToken) return refuse('application token is invalid');
    const [, , kind, ...rest] = url.pathname.split('/');
    if (kind === 'apps') return { status: 200, body: { limit: 10_000, remaining: 9_000, reset: 1, status: 1 } };
    if (kind === 'messages.json' && request.method === 'POST') return take(form);
    if (kind === 'receipts' && rest[0] === 'cancel_by_tag' && request.method === 'POST') {
      const tagged = messages.filter(({ tags }) => `${tags}.json` === rest[1]);
      for (const message of tagged) message.cancelled = true;
      return { status: 200, body: { status: 1, canceled: tagged.length, request: 'r' } };
    }
    const found = messages.find(({ receipt }) => `${receipt}.json` === rest[0]);
    if (!found) return { status: 404, body: { receipt: 'not found', errors: ['receipt not found'], status: 0 } };
    const acknowledged = found.acknowledged ? 1 : 0;
    const by = found.acknowledged ? found.user : '';
    return { status: 200, body: { status: 1, acknowledged, acknowledged_by: by, expired: 0, request: 'r' } };
  }

  function take(form: Record<string, string>) {
    const fault = faultOf(form, users);
    if (fault !== null) return refuse(fault);
    const priority = Number(form['priority'] ?? 0);
    const receipt = priority === 2 ? `r${String(messages.length + 1).padStart(29, '0')}` : null;
    messages.push({
      user: form['user'] ?? '',
      title: form['title'] ?? '',
      message: form['message'] ?? '',
      priority,
      url: form['url'] ?? '',
      tags: form['tags'] ?? '',
      callback: form['callback'] ?? '',
      receipt,
      acknowledged: false,
      cancelled: false,
    });
    return { status: 200, body: { status: 1, request: 'r', ...(receipt ? { receipt } : {}) } };
  }

  const server = await createSinkServer(answer);
  return {
    url: `${server.origin}/1`,
    appToken,
    messages,
    attempts: server.attempts,
    setMood: server.setMood,
    close: server.close,
  };
}

function faultOf(form: Record<string, string>, users: readonly string[]): string | null {
  if (!users.includes(form['user'] ?? '')) return 'user identifier is not a valid user, group, or subscribed user key';
  if (!form['message']) return 'message cannot be blank';
  if (form['message'].length > 1_024) return 'message is too long';
  if ((form['title'] ?? '').length > 250) return 'title is too long';
  if ((form['url'] ?? '').length > 512) return 'url is too long';
  if (form['priority'] !== '2') return null;
  const [retry, expire] = [Number(form['retry']), Number(form['expire'])];
  if (!(retry >= 30)) return 'retry parameter must be at least 30 seconds';
  return expire >= 1 && expire <= 10_800 ? null : 'expire must be supplied with priority=2';
}
