import { createHmac } from 'node:crypto';
import type { Carried, Hook } from './carried.ts';
import { createSinkServer, type Mood, type SinkRequest } from './sink-server.ts';

export type TwilioServer = {
  /** For ALLCLEAR_TWILIO_URL. */
  readonly url: string;
  readonly accountSid: string;
  readonly authToken: string;
  readonly numbers: readonly string[];
  /** What it took, oldest first. */
  readonly carried: Carried[];
  readonly attempts: SinkRequest[];
  readonly setMood: (mood: Mood) => void;
  /** Twilio refuses a number: it said STOP to Twilio itself (21610), is no mobile (21614) … */
  readonly refuse: (number: string, code: number) => void;
  /** The request that tells what became of an SMS or a call. */
  readonly report: (one: Carried, status: string, errorCode?: string) => Hook;
  /** The request for an SMS that somebody sends to one of our numbers. */
  readonly receive: (from: string, text: string) => Hook;
  /** The request for what to say to whoever picked up. */
  readonly pickUp: (call: Carried, by?: 'human' | 'machine_start') => Hook;
  /** The request for a digit pressed while `twiml` was played. */
  readonly press: (call: Carried, twiml: string, digits: string) => Hook;
  readonly close: () => Promise<void>;
};

const fault = (status: number, code: number, message: string) => ({
  status,
  body: { code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status },
});

/**
 * Stands in for Twilio's REST API of 2010-04-01, written from its public contract: Basic auth by account and token, forms
 * in, JSON out, errors with `code` and `message`; its own requests are forms signed with HMAC-SHA-1 over the URL and the
 * parameters sorted by name.
 */
export async function createTwilioServer(inboundUrl: () => string): Promise<TwilioServer> {
  const accountSid = `AC${'0123456789abcdef'.repeat(2)}`;
  const authToken = 'fedcba9876543210'.repeat(2);
  const numbers = ['+15005550006', '+447700900001'];
  const carried: Carried[] = [];
  const refused = new Map<string, number>();
  let made = 0;

  function answer(request: SinkRequest): { status: number; body: unknown } {
    const basic = `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`;
    if (request.headers.authorization !== basic) return fault(401, 20_003, 'Authenticate');
    const base = `/2010-04-01/Accounts/${accountSid}`;
    if (request.method === 'GET' && request.path === `${base}.json`)
      return { status: 200, body: { sid: accountSid, friendly_name: 'Acme', status: 'active', type: 'Full' } };
    const kind = { [`${base}/Messages.json`]: 'sms', [`${base}/Calls.json`]: 'voice' }[request.path];
    if (request.method !== 'POST' || (kind !== 'sms' && kind !== 'voice'))
      return fault(404, 20_404, `The requested resource ${request.path} was not found`);
    if (request.headers['content-type'] !== 'application/x-www-form-urlencoded')
      return fault(400, 20_001, 'Unknown content type');
    return take(kind, new URLSearchParams(request.body));
  }

  function take(kind: 'sms' | 'voice', form: URLSearchParams) {
    const [to, from] = [form.get('To') ?? '', form.get('From') ?? ''];
    const [text, receiptUrl, answerUrl] = [
      form.get('Body') ?? '',
      form.get('StatusCallback') ?? '',
      form.get('Url') ?? '',
    ];
    if (!/^\+[1-9]\d{7,14}$/.test(to)) return fault(400, 21_211, `Invalid 'To' Phone Number: ${to}`);
    if (!numbers.includes(from)) return fault(400, 21_212, `The 'From' number ${from} is not a valid phone number`);
    const code = refused.get(to);
    if (code !== undefined) return fault(400, code, `Refused: ${to}`);
    if (kind === 'sms' && (text === '' || text.length > 1_600))
      return fault(400, 21_617, 'The message body is not fit');
    if (!URL.canParse(receiptUrl) || (kind === 'voice' && !URL.canParse(answerUrl)))
      return fault(400, 21_609, 'Invalid StatusCallback or Url');
    const id = `${kind === 'sms' ? 'SM' : 'CA'}${String(++made).padStart(32, '0')}`;
    carried.push({ id, from, to, kind, text, receiptUrl, answerUrl });
    return { status: 201, body: { sid: id, status: 'queued', to, from, error_code: null } };
  }

  const sign = (url: string, parameters: Readonly<Record<string, string>>): Hook => {
    const covered = Object.keys(parameters)
      .toSorted()
      .reduce((text, name) => `${text}${name}${parameters[name]}`, url);
    return {
      url,
      body: new URLSearchParams(parameters).toString(),
      headers: {
        'content-type': 'application/x-www-form-urlencoded; charset=UTF-8',
        'x-twilio-signature': createHmac('sha1', authToken).update(covered).digest('base64'),
      },
    };
  };
  const callOf = ({ id, from, to }: Carried) => ({
    AccountSid: accountSid,
    CallSid: id,
    From: from,
    To: to,
    Direction: 'outbound-api',
  });

  const server = await createSinkServer(answer);
  return {
    url: server.origin,
    accountSid,
    authToken,
    numbers,
    carried,
    attempts: server.attempts,
    setMood: server.setMood,
    refuse: (number, code) => void refused.set(number, code),
    report(one, status, errorCode) {
      const error: Record<string, string> = errorCode === undefined ? {} : { ErrorCode: errorCode };
      if (one.kind === 'voice') return sign(one.receiptUrl, { ...callOf(one), CallStatus: status, ...error });
      const { id, from, to } = one;
      return sign(one.receiptUrl, {
        AccountSid: accountSid,
        MessageSid: id,
        SmsSid: id,
        From: from,
        To: to,
        MessageStatus: status,
        ...error,
      });
    },
    receive: (from, text) =>
      sign(inboundUrl(), {
        AccountSid: accountSid,
        MessageSid: `SM${String(++made).padStart(32, 'f')}`,
        From: from,
        To: numbers[0] ?? '',
        Body: text,
        NumMedia: '0',
      }),
    pickUp: (call, by = 'human') =>
      sign(call.answerUrl, { ...callOf(call), CallStatus: 'in-progress', AnsweredBy: by }),
    press(call, twiml, digits) {
      const action = /<Gather[^>]* action="([^"]+)"/.exec(twiml)?.[1];
      if (action === undefined) throw new Error(`nothing is asked: ${twiml}`);
      return sign(action.replaceAll('&amp;', '&'), { ...callOf(call), CallStatus: 'in-progress', Digits: digits });
    },
    close: server.close,
  };
}
