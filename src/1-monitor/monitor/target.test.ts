import { describe, expect, it } from 'vitest';
import { AppError } from '#kernel/errors.ts';
import { readTarget, refuseForbidden } from './target.ts';

function refusal(act: () => unknown): AppError {
  try {
    act();
  } catch (error) {
    if (error instanceof AppError) return error;
  }
  throw new Error('was not refused');
}

describe('a pasted URL', () => {
  it.each([
    ['https://example.com', 'https://example.com/', 'example.com'],
    ['example.com/health/', 'https://example.com/health/', 'example.com/health'],
    ['https://www.example.com:8443/a?b=c#d', 'https://www.example.com:8443/a?b=c', 'example.com:8443/a'],
    ['localhost:3000', 'http://localhost:3000/', 'localhost:3000'],
    ['127.0.0.1:8080/ok', 'http://127.0.0.1:8080/ok', '127.0.0.1:8080/ok'],
    ['http://[::1]:80/', 'http://[::1]/', '[::1]'],
    ['https://example.com./', 'https://example.com./', 'example.com.'],
  ])('%s is asked as %s and named %s', (text, url, name) => {
    expect(readTarget(text, 'http')).toMatchObject({ url, name });
  });
  it.each(['ftp://example.com', 'https://', 'not a url at all', 'http://169.254.169.254../', 'https://a..b.example'])(
    '%s is refused by its field',
    (text) => {
      expect(refusal(() => readTarget(text, 'http')).errors[0]?.path).toBe('body.url');
    },
  );
});

describe('a private target', () => {
  it.each([
    ['http://127.0.0.1:8080', '127.0.0.0/8'],
    ['http://localhost', '127.0.0.0/8'],
    ['http://10.1.2.3', '10.0.0.0/8'],
    ['http://2130706433', '127.0.0.0/8'],
  ])('%s is refused with the offer of %s', (url, cidr) => {
    const error = refusal(() => refuseForbidden(readTarget(url, 'http'), []));
    expect(error.errors[0]).toMatchObject({ path: 'body.url', suggestion: cidr });
    expect(error.message).toContain(`Allow ${cidr}?`);
    expect(() => refuseForbidden(readTarget(url, 'http'), [cidr])).not.toThrow();
  });
  it('is refused without an offer where clouds keep credentials', () => {
    const error = refusal(() => refuseForbidden(readTarget('http://169.254.169.254/', 'http'), ['0.0.0.0/0']));
    expect(error.errors[0]?.suggestion).toBeUndefined();
  });
  it('behind a name is left to the check itself', () => {
    expect(() => refuseForbidden(readTarget('https://example.com', 'http'), [])).not.toThrow();
  });
});
