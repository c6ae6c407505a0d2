import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { readSessionToken, sessionCookieName } from './cookie.ts';

const secret = 'k'.repeat(64);
const signed = (token: string) =>
  encodeURIComponent(`${token}.${createHmac('sha256', secret).update(token).digest('base64')}`);

describe('the session cookie', () => {
  it('gives its token when the signature holds, wherever it stands in the header', () => {
    expect(readSessionToken(`a=1; s=${signed('abc')}; b=2`, 's', secret)).toBe('abc');
  });

  it.each([
    ['another key signed it', `s=${signed('abc')}`, 'x'.repeat(64)],
    ['its token was changed', `s=${signed('abc').replace('abc', 'abd')}`, secret],
    ['it has no signature', 's=abc', secret],
    ['its signature is short', 's=abc.AAAA', secret],
    ['it is not decodable', 's=%E0%A4%A', secret],
    ['it has another name', `xs=${signed('abc')}`, secret],
  ])('gives nothing when %s', (_, header, key) => {
    expect(readSessionToken(header, 's', key)).toBeNull();
  });

  it('carries the Secure prefix exactly on HTTPS', () => {
    expect(sessionCookieName({ publicUrl: 'https://a.example' })).toBe('__Secure-allclear.session_token');
    expect(sessionCookieName({ publicUrl: 'http://127.0.0.1:4242' })).toBe('allclear.session_token');
  });
});
