import { createDecipheriv, createECDH, createPublicKey, hkdfSync, randomBytes, verify } from 'node:crypto';
import { createSinkServer, type Mood, type SinkRequest } from './sink-server.ts';

/** What a service worker would be handed, with what the push service saw of it. */
export type Pushed = {
  readonly data: {
    readonly title: string;
    readonly body: string;
    readonly tag: string;
    readonly urgent: boolean;
    readonly url: string | null;
    readonly actions: readonly { readonly kind: string; readonly label: string; readonly url: string }[];
  };
  readonly ttlSeconds: number;
  readonly urgency: string;
  readonly topic: string;
};

/** A browser's subscription, as `PushSubscription.toJSON()` has it, and what arrived by it. */
export type Subscription = {
  readonly endpoint: string;
  readonly keys: { readonly p256dh: string; readonly auth: string };
  readonly pushed: Pushed[];
  /** The browser withdraws its permission: 410 from now on. */
  readonly end: () => void;
};

export type PushService = {
  /** A browser subscribes to the messages of whoever holds the private half of this key. */
  readonly subscribe: (applicationServerKey: string) => Subscription;
  readonly attempts: SinkRequest[];
  readonly setMood: (mood: Mood) => void;
  readonly close: () => Promise<void>;
};

type Browser = Subscription & {
  readonly path: string;
  readonly serverKey: string;
  readonly open: (bytes: Buffer) => string;
  ended: boolean;
};

/**
 * Stands in for a browser vendor's push service: takes only what RFC 8030 asks for (TTL, 201 with a Location), from who
 * proves to be the application server that was subscribed to (RFC 8292), and decrypts as the browser would (RFC 8291).
 */
export async function createPushService(): Promise<PushService> {
  const browsers: Browser[] = [];
  const server = await createSinkServer((request) => {
    const browser = browsers.find(({ path }) => path === request.path);
    if (!browser) return { status: 404, body: { error: 'no such subscription' } };
    if (browser.ended) return { status: 410, body: { error: 'the subscription has ended' } };
    const fault = faultOf(request, browser, server.origin);
    if (fault !== null) return { status: fault.status, body: { error: fault.why } };
    browser.pushed.push({
      data: JSON.parse(browser.open(request.bytes)) as Pushed['data'],
      ttlSeconds: Number(request.headers['ttl']),
      urgency: String(request.headers['urgency']),
      topic: String(request.headers['topic']),
    });
    return { status: 201, body: {} };
  });
  return {
    subscribe(serverKey) {
      const browser = createBrowser(server.origin, serverKey);
      browsers.push(browser);
      return browser;
    },
    attempts: server.attempts,
    setMood: server.setMood,
    close: server.close,
  };
}

function createBrowser(origin: string, serverKey: string): Browser {
  const curve = createECDH('prime256v1');
  const publicKey = curve.generateKeys();
  const auth = randomBytes(16);
  const path = `/push/${randomBytes(24).toString('base64url')}`;
  const browser: Browser = {
    path,
    serverKey,
    endpoint: `${origin}${path}`,
    keys: { p256dh: publicKey.toString('base64url'), auth: auth.toString('base64url') },
    pushed: [],
    ended: false,
    end: () => void (browser.ended = true),
    open: (bytes) => decrypt(bytes, (key) => curve.computeSecret(key), publicKey, auth),
  };
  return browser;
}

/** RFC 8291 §3.4 and RFC 8188: one record of `aes128gcm`, its key agreed with the sender's key in the header. */
function decrypt(bytes: Buffer, agree: (publicKey: Buffer) => Buffer, ownKey: Buffer, auth: Buffer): string {
  const salt = bytes.subarray(0, 16);
  const recordSize = bytes.readUInt32BE(16);
  const keyLength = bytes.readUInt8(20);
  const senderKey = bytes.subarray(21, 21 + keyLength);
  const record = bytes.subarray(21 + keyLength);
  if (record.length > recordSize || bytes.length > 4_096)
    throw new Error('a push is one record of at most 4,096 bytes');
  const derive = (key: Buffer, saltOf: Buffer, info: Buffer, length: number) =>
    Buffer.from(hkdfSync('sha256', key, saltOf, info, length));
  const keyInfo = Buffer.concat([Buffer.from('WebPush: info\0'), ownKey, senderKey]);
  const secret = derive(agree(senderKey), auth, keyInfo, 32);
  const key = derive(secret, salt, Buffer.from('Content-Encoding: aes128gcm\0'), 16);
  const nonce = derive(secret, salt, Buffer.from('Content-Encoding: nonce\0'), 12);
  const decipher = createDecipheriv('aes-128-gcm', key, nonce);
  decipher.setAuthTag(record.subarray(-16));
  const plain = Buffer.concat([decipher.update(record.subarray(0, -16)), decipher.final()]);
  const end = plain.lastIndexOf(2);
  if (end < 0) throw new Error('the last record has no delimiter');
  return plain.subarray(0, end).toString('utf8');
}

const DAY_SECONDS = 86_400;

function faultOf(request: SinkRequest, { serverKey }: Browser, origin: string): { status: number; why: string } | null {
  if (request.method !== 'POST' || !/^\d+$/.test(String(request.headers['ttl'])))
    return { status: 400, why: 'a push is a POST with a TTL' };
  if (request.headers['content-encoding'] !== 'aes128gcm') return { status: 415, why: 'expected aes128gcm' };
  if (!/^[A-Za-z0-9_-]{1,32}$/.test(String(request.headers['topic']))) return { status: 400, why: 'bad topic' };
  const credentials = /^vapid t=([^,]+), ?k=(.+)$/.exec(request.headers.authorization ?? '');
  if (credentials?.[2] !== serverKey) return { status: 403, why: 'not the key that was subscribed to' };
  const [header = '', claims = '', signature = ''] = (credentials[1] ?? '').split('.');
  const point = Buffer.from(serverKey, 'base64url');
  const key = createPublicKey({
    format: 'jwk',
    key: {
      kty: 'EC',
      crv: 'P-256',
      x: point.subarray(1, 33).toString('base64url'),
      y: point.subarray(33).toString('base64url'),
    },
  });
  const signed = Buffer.from(`${header}.${claims}`);
  const proof = Buffer.from(signature, 'base64url');
  if (!verify('sha256', signed, { key, dsaEncoding: 'ieee-p1363' }, proof)) return { status: 403, why: 'forged' };
  const { aud, exp, sub } = JSON.parse(Buffer.from(claims, 'base64url').toString()) as Record<string, unknown>;
  const nowSeconds = Date.now() / 1_000;
  if (aud !== origin || typeof exp !== 'number' || exp < nowSeconds || exp > nowSeconds + DAY_SECONDS)
    return { status: 403, why: 'the claim is for somebody else or some other time' };
  return /^(mailto:|https:)/.test(String(sub)) ? null : { status: 403, why: 'no contact in the claim' };
}
