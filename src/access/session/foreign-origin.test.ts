import { describe, expect, it } from 'vitest';
import { isForeignOrigin } from './foreign-origin.ts';

const config = { publicUrl: 'https://allclear.example.com' };
const request = (headers: Record<string, string>) =>
  new Request('http://10.0.0.5:4242/api/v1/incidents', {
    method: 'POST',
    headers: { host: '10.0.0.5:4242', ...headers },
  });

describe('a request with a cookie', () => {
  it.each([
    ['the browser says that it comes from our page', { 'sec-fetch-site': 'same-origin' }],
    ['the person started it', { 'sec-fetch-site': 'none' }],
    ['its origin is the public URL', { origin: 'https://allclear.example.com' }],
    ['its origin is the address by which the machine was reached', { origin: 'http://10.0.0.5:4242' }],
  ])('is ours when %s', (_, headers) => {
    expect(isForeignOrigin(request(headers), config)).toBe(false);
  });

  it.each([
    ['the browser says cross-site', { 'sec-fetch-site': 'cross-site', origin: 'https://allclear.example.com' }],
    ['the browser says same-site', { 'sec-fetch-site': 'same-site' }],
    ['its origin is another host', { origin: 'https://evil.example' }],
    ['its origin is another port', { origin: 'http://10.0.0.5:8080' }],
    ['its origin is opaque', { origin: 'null' }],
    ['it says nothing about where it comes from', {}],
  ])('is foreign when %s', (_, headers) => {
    expect(isForeignOrigin(request(headers), config)).toBe(true);
  });
});
