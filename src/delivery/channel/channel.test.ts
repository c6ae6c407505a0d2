import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { parseSmtpUrl } from '../mail-setting/mail-transport.ts';
import { isPermanent } from './http-outcome.ts';
import { ntfyBody, parseTopic } from './ntfy.ts';
import { signatureHeaders } from './signature.ts';
import { explainSmtp, hintFor } from './smtp-error.ts';

describe('signing a webhook', () => {
  it('signs timestamp and body with every secret', () => {
    const headers = signatureHeaders(['new', 'old'], 1_770_000_000, '{"a":1}');
    const hmac = (secret: string) => createHmac('sha256', secret).update('1770000000.{"a":1}').digest('hex');
    expect(headers['x-allclear-timestamp']).toBe('1770000000');
    expect(headers['x-allclear-signature']).toBe(`v1=${hmac('new')},v1=${hmac('old')}`);
  });
});

describe('ntfy', () => {
  it.each([
    ['https://ntfy.sh/my-topic', { server: 'https://ntfy.sh/', name: 'my-topic' }],
    ['http://127.0.0.1:8080/sub/alerts_1', { server: 'http://127.0.0.1:8080/sub/', name: 'alerts_1' }],
    ['https://ntfy.sh/', null],
    ['https://ntfy.sh/a?auth=x', null],
    ['https://user:pw@ntfy.sh/a', null],
    ['ntfy.sh/a', null],
  ])('reads %s', (address, expected) => {
    expect(parseTopic(address)).toEqual(expected);
  });

  it('rings for high urgency, offers buttons and opens the page on a tap', () => {
    const body = ntfyBody('t', {
      subject: 'checkout is down',
      text: 'expected 200, got 503',
      urgency: 'high',
      url: 'https://a.test/p/1',
      actions: [{ kind: 'http', label: 'Acknowledge', url: 'https://a.test/p/1' }],
    });
    expect(body).toMatchObject({ topic: 't', title: 'checkout is down', priority: 5, click: 'https://a.test/p/1' });
    expect(body.actions).toEqual([
      { action: 'http', label: 'Acknowledge', url: 'https://a.test/p/1', method: 'POST', clear: true },
    ]);
    expect(ntfyBody('t', { subject: 's', text: 't', urgency: 'low' }).priority).toBe(3);
  });

  it('keeps a long message short enough to stay a message, without cutting a character', () => {
    const { message } = ntfyBody('t', { subject: 's', text: 'é'.repeat(5_000), urgency: 'low' });
    expect(Buffer.byteLength(message)).toBeLessThan(4_096);
    expect(message).not.toContain('\uFFFD');
  });
});

describe('refusals', () => {
  it('are for good on a 4xx that does not ask to wait', () => {
    expect([400, 401, 404, 410].every(isPermanent)).toBe(true);
    expect([408, 425, 429, 500, 503, 301].some(isPermanent)).toBe(false);
  });
  it('of an address are for good, of a sign-in are not', () => {
    const server = { host: 'mail.test', port: 587 };
    expect(explainSmtp({ code: 'EENVELOPE', responseCode: 550, response: '550 no such user' }, server)).toEqual({
      permanent: true,
      why: 'mail.test:587 refused the address: 550 no such user',
    });
    expect(explainSmtp({ code: 'EENVELOPE', responseCode: 451, response: '451 later' }, server).permanent).toBe(false);
    expect(explainSmtp({ code: 'EAUTH', responseCode: 535, response: '535 no' }, server).permanent).toBe(false);
  });
  it('come with a hint', () => {
    expect(hintFor('x: wrong version number', { port: 587, security: 'tls' })).toContain('STARTTLS');
    expect(
      hintFor('mail.test:587 did not accept the user name and password: 535', { port: 587, security: 'starttls' }),
    ).toContain('app password');
  });
});

describe('the mail server of the environment', () => {
  it.each([
    ['smtp://mail.test', { port: 587, security: 'if-offered', username: null, password: null }],
    ['smtps://u%40x:p%23w@mail.test', { port: 465, security: 'tls', username: 'u@x', password: 'p#w' }],
    ['smtp://mail.test:25?security=none', { port: 25, security: 'none' }],
    ['smtp://mail.test?security=starttls', { security: 'starttls' }],
  ])('is read from %s', (url, expected) => {
    expect(parseSmtpUrl(url, undefined, 'https://ops.example.com')).toMatchObject({ host: 'mail.test', ...expected });
  });
  it('sends from an address at the public host unless told otherwise', () => {
    expect(parseSmtpUrl('smtp://m', undefined, 'https://ops.example.com').from).toBe(
      'Allclear <allclear@ops.example.com>',
    );
    expect(parseSmtpUrl('smtp://m', undefined, 'http://127.0.0.1:4242').from).toBe('Allclear <allclear@localhost>');
    expect(parseSmtpUrl('smtp://m', 'Ops <o@x.example>', 'http://x.example').from).toBe('Ops <o@x.example>');
  });
});
