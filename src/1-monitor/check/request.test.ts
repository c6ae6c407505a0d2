import { describe, expect, it } from 'vitest';
import { buildRequest, isFollowed, requestBytes } from './request.ts';
import { testSpec } from './test-spec.ts';
import { parseTarget } from './target.ts';
import type { HttpSpec } from './spec.ts';

function text(spec: HttpSpec, url = spec.url, foreign = false): string {
  const parsed = parseTarget(url);
  if (!parsed.ok) throw new Error(parsed.fault);
  return requestBytes(buildRequest(spec, parsed.target, foreign)).toString();
}

describe('a request', () => {
  it('has the path, the host and one connection of its own', () => {
    expect(text(testSpec({ url: 'http://[::1]:8080/a b?q=ü#part' }))).toBe(
      'GET /a%20b?q=%C3%BC HTTP/1.1\r\nhost: [::1]:8080\r\nuser-agent: Allclear-Check/1\r\naccept: */*\r\nconnection: close\r\n\r\n',
    );
  });

  it('cannot be smuggled into by header values', () => {
    const sent = text(
      testSpec({ headers: { 'X-A': 'b\r\nX-Evil: 1', 'Content-Length': '9', Connection: 'keep-alive' } }),
    );
    expect(sent).toContain('x-a: bX-Evil: 1\r\n');
    expect(sent).not.toMatch(/content-length|keep-alive|\r\nx-evil/i);
  });

  it('cannot be smuggled into by characters whose lower byte ends a line', () => {
    const sent = text(testSpec({ headers: { 'X-A': 'b\u010d\u010aX-Evil: 1', 'X-B': 'ü 日' } }));
    expect(sent).toContain('x-a: b??X-Evil: 1\r\n');
    expect(sent).not.toMatch(/\nx-evil/i);
  });

  it('states the length of its body in bytes', () => {
    expect(text(testSpec({ method: 'POST', body: 'ü' }))).toMatch(/content-length: 2\r\n.*\r\n\r\nü$/s);
    expect(text(testSpec({ method: 'POST' }))).toContain('content-length: 0\r\n');
  });

  it('takes credentials of the address along, but not to another origin', () => {
    const spec = testSpec({
      url: 'http://ann:s%3Act@a.example/',
      headers: { Cookie: 'c=1', Host: 'b.example', 'X-Api-Key': 'k', 'PRIVATE-TOKEN': 't', 'X-Ok': '1' },
    });
    expect(text(spec)).toContain(`authorization: Basic ${Buffer.from('ann:s:ct').toString('base64')}\r\n`);
    expect(text(spec)).toContain('host: b.example\r\n');
    const foreign = text(spec, 'http://c.example/', true);
    expect(foreign).toContain('host: c.example\r\n');
    expect(foreign).not.toMatch(/cookie|authorization|api-key|token/);
    expect(foreign).toContain('x-ok: 1');
  });

  it('follows redirects for GET and HEAD only', () => {
    expect([301, 302, 303, 307, 308, 300, 304].map((status) => isFollowed(testSpec({}), status))).toEqual([
      true,
      true,
      true,
      true,
      true,
      false,
      false,
    ]);
    expect(isFollowed(testSpec({ method: 'POST' }), 302)).toBe(false);
    expect(isFollowed(testSpec({ maxRedirects: 0 }), 302)).toBe(false);
  });
});

describe('a target', () => {
  it.each(['ftp://a/', 'nonsense', 'javascript:1', 'http://'])('is refused: %s', (url) =>
    expect(parseTarget(url).ok).toBe(false),
  );

  it.each([
    ['http://2130706433/', '127.0.0.1'],
    ['http://0x7f.1/', '127.0.0.1'],
    ['http://[::ffff:127.0.0.1]/', '::ffff:7f00:1'],
    ['http://A.Example./', 'a.example'],
  ])('%s is %s', (url, host) => expect(parseTarget(url)).toMatchObject({ ok: true, target: { host } }));
});
