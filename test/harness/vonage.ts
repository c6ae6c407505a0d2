import { createHash, createHmac, createVerify, generateKeyPairSync } from 'node:crypto';
import type { Carried, Hook } from './carried.ts';
import { createSinkServer, type Mood, type SinkRequest } from './sink-server.ts';

export type VonageServer = {
  /** For ALLCLEAR_VONAGE_URL. */
  readonly url: string;
  readonly applicationId: string;
  readonly privateKey: string;
  readonly signatureSecret: string;
  readonly numbers: readonly string[];
  readonly carried: Carried[];
  readonly attempts: SinkRequest[];
  readonly setMood: (mood: Mood) => void;
  readonly report: (one: Carried, status: string, detail?: string) => Hook;
  readonly receive: (from: string, text: string) => Hook;
  readonly pickUp: (call: Carried) => Hook;
  /** The request for a digit pressed while `actions` ran; empty digits when the time ran out. */
  readonly press: (call: Carried, actions: string, digits: string) => Hook;
  readonly close: () => Promise<void>;
};

type Action = { readonly action: string; readonly eventUrl?: readonly string[] };
type Call = {
  readonly to?: { readonly number?: string }[];
  readonly from?: { readonly number?: string };
  readonly answer_url?: string[];
  readonly event_url?: string[];
};

const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
const decode = (part: string): Record<string, unknown> =>
  JSON.parse(Buffer.from(part, 'base64url').toString('utf8')) as Record<string, unknown>;
const problem = (status: number, title: string, detail: string) => ({
  status,
  body: { type: 'https://developer.vonage.com/api-errors', title, detail, instance: 'trace' },
});

/**
 * Stands in for Vonage's Messages and Voice APIs, written from their public contract: a token signed by the application's
 * key (RS256, not expired), JSON both ways, numbers without a plus; its own requests carry a token signed with the
 * signature secret (HS256) that names the digest of their body. `now` is the time that its tokens are issued at.
 */
export async function createVonageServer(inboundUrl: () => string, now: () => Date): Promise<VonageServer> {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
  const applicationId = '78d335fa-323d-0114-9c3d-d6f0d48968cf';
  const signatureSecret = 'signature-secret-of-the-test';
  const numbers = ['+15005550007'];
  const carried: Carried[] = [];
  let made = 0;

  function knows(authorization = ''): boolean {
    const [head = '', claims = '', signature = ''] = authorization.replace(/^Bearer /, '').split('.');
    const fits = createVerify('RSA-SHA256').update(`${head}.${claims}`).verify(publicKey, signature, 'base64url');
    if (!fits || decode(head)['alg'] !== 'RS256') return false;
    const { application_id: id, exp, jti } = decode(claims);
    return id === applicationId && typeof jti === 'string' && Number(exp) * 1_000 > now().getTime();
  }

  function answer(request: SinkRequest): { status: number; body: unknown } {
    if (!knows(request.headers.authorization)) return problem(401, 'Unauthorized', 'The token does not fit.');
    const { method, path, body } = request;
    if (method === 'GET' && path.startsWith('/v1/calls'))
      return { status: 200, body: { count: 0, _embedded: { calls: [] } } };
    if (method === 'POST' && path === '/v1/messages') return takeMessage(JSON.parse(body) as Record<string, unknown>);
    if (method === 'POST' && path === '/v1/calls') return takeCall(JSON.parse(body) as Call);
    return problem(404, 'Not found', path);
  }

  const isOurs = (from: string) => numbers.includes(`+${from}`);
  const nextId = () => `aaaaaaaa-bbbb-4ccc-8ddd-${String(++made).padStart(12, '0')}`;

  function takeMessage(json: Record<string, unknown>) {
    const [to, from, text] = [String(json['to']), String(json['from']), String(json['text'])];
    const fits = json['channel'] === 'sms' && json['message_type'] === 'text' && /^[1-9]\d{6,14}$/.test(to);
    if (!fits || !isOurs(from) || text.length === 0 || text.length > 1_000)
      return problem(422, 'Invalid params', 'The value of one or more parameters is invalid.');
    const id = nextId();
    const receiptUrl = String(json['webhook_url']);
    carried.push({ id, from: `+${from}`, to: `+${to}`, kind: 'sms', text, receiptUrl, answerUrl: '' });
    return { status: 202, body: { message_uuid: id } };
  }

  function takeCall({ to, from, answer_url, event_url }: Call) {
    const [number = '', sender = ''] = [to?.[0]?.number, from?.number];
    const [answerUrl, receiptUrl] = [answer_url?.[0], event_url?.[0]];
    if (!/^[1-9]\d{6,14}$/.test(number) || !isOurs(sender) || !answerUrl || !receiptUrl)
      return problem(400, 'Bad request', 'The call is not complete.');
    const id = nextId();
    carried.push({ id, from: `+${sender}`, to: `+${number}`, kind: 'voice', text: '', receiptUrl, answerUrl });
    return {
      status: 201,
      body: { uuid: id, status: 'started', direction: 'outbound', conversation_uuid: `CON-${id}` },
    };
  }

  const sign = (url: string, content: object): Hook => {
    const body = JSON.stringify(content);
    const claims = {
      iss: 'Vonage',
      iat: Math.floor(now().getTime() / 1_000),
      jti: nextId(),
      application_id: applicationId,
      payload_hash: createHash('sha256').update(body).digest('hex'),
    };
    const covered = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode(claims)}`;
    const token = `${covered}.${createHmac('sha256', signatureSecret).update(covered).digest('base64url')}`;
    return { url, body, headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` } };
  };
  const bare = (number: string) => number.replace('+', '');
  const partsOf = ({ id, from, to }: Carried) => ({
    uuid: id,
    from: bare(from),
    to: bare(to),
    conversation_uuid: `CON-${id}`,
  });

  const server = await createSinkServer(answer);
  return {
    url: server.origin,
    applicationId,
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    signatureSecret,
    numbers,
    carried,
    attempts: server.attempts,
    setMood: server.setMood,
    report(one, status, detail) {
      const timestamp = now().toISOString();
      if (one.kind === 'voice')
        return sign(one.receiptUrl, { ...partsOf(one), status, direction: 'outbound', timestamp });
      const error = detail === undefined ? {} : { error: { title: '1180', detail } };
      const { id, from, to } = one;
      return sign(one.receiptUrl, {
        message_uuid: id,
        from: bare(from),
        to: bare(to),
        channel: 'sms',
        status,
        timestamp,
        ...error,
      });
    },
    receive: (from, text) =>
      sign(inboundUrl(), {
        message_uuid: nextId(),
        from: bare(from),
        to: bare(numbers[0] ?? ''),
        channel: 'sms',
        message_type: 'text',
        text,
      }),
    pickUp: (call) => sign(call.answerUrl, partsOf(call)),
    press(call, actions, digits) {
      const input = (JSON.parse(actions) as Action[]).find(({ action }) => action === 'input');
      const url = input?.eventUrl?.[0];
      if (url === undefined) throw new Error(`nothing is asked: ${actions}`);
      return sign(url, { ...partsOf(call), dtmf: { digits, timed_out: digits === '' } });
    },
    close: server.close,
  };
}
