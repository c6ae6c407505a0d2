import fc from 'fast-check';
import { marked } from 'marked';
import { expect, it } from 'vitest';
import { plainMarkdown } from './plain-markdown.ts';

it.each([
  ['*loud* _soft_ ~gone~ `code`', String.raw`\*loud\* \_soft\_ \~gone\~ \`code\``],
  ['[pay](https://evil.example)', String.raw`\[pay\]\(https://evil.example\)`],
  ['see https://a.example/x_y_z?q=1 now', 'see https://a.example/x_y_z?q=1 now'],
  ['<@everyone> # big', String.raw`\<@everyone\> \# big`],
])('%j', (text, written) => {
  expect(plainMarkdown(text)).toBe(written);
});

it('nothing that an alert says becomes markup, a hidden link or a picture', () => {
  const pieces = fc.constantFrom(
    '*',
    '_',
    '`',
    '[',
    ']',
    '(',
    ')',
    '!',
    '<',
    '>',
    '#',
    '~',
    '|',
    '\\',
    'a',
    ' ',
    'https://e.example/',
  );
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 30 }), (list) => {
      const html = marked.parseInline(plainMarkdown(`x${list.join('')}`), { async: false });
      expect(html).not.toMatch(/<(?:em|strong|code|img|del)\b/);
      for (const [, href, shown] of html.matchAll(/<a href="([^"]*)">([^<]*)<\/a>/g))
        expect(new URL(shown ?? '').host).toBe(new URL(href ?? '').host);
    }),
  );
});
