import { describe, expect, test } from 'vitest';
import { markdownToHtml, markdownToText } from './markdown.ts';

describe('markdown becomes HTML that cannot run anything', () => {
  const attempts = [
    '<script>alert(1)</script>',
    'a <img src=x onerror=alert(1)> b',
    '[x](javascript:alert(1))',
    '[x](JaVaScRiPt:alert(1))',
    '[x](data:text/html,<script>alert(1)</script>)',
    '[x](vbscript:x)',
    '[x](//evil.example)',
    '![x](javascript:alert(1))',
    '<javascript:alert(1)>',
    '[x](https://a.example/"onmouseover="alert(1))',
    '<a href="javascript:alert(1)">x</a>',
    '<svg><style><img src=x onerror=alert(1)></style></svg>',
    '```html\n<script>alert(1)</script>\n```',
    '`<script>alert(1)</script>`',
    '<iframe src="https://evil.example"></iframe>',
    '| a |\n|---|\n| <b onclick=alert(1)>x</b> |',
    '&lt;script&gt;alert(1)&lt;/script&gt;',
    '<details open ontoggle=alert(1)>',
    '[x](java\u0000script:alert(1))',
    '[x](&#106;avascript:alert(1))',
  ];
  test.each(attempts)('%s', (source) => {
    const html = markdownToHtml(source);
    const tags = [...html.matchAll(/<([a-z0-9]+)([^>]*)>/gi)];
    for (const [, tag, attributes] of tags) {
      expect(['p', 'a', 'code', 'pre', 'br', 'table', 'thead', 'tbody', 'tr', 'th', 'td']).toContain(tag);
      expect(attributes?.replace(/"[^"]*"/g, '""') ?? '').not.toMatch(/\bon\w+=|style=|src=/i);
      expect(attributes ?? '').not.toMatch(/href="(?!https?:\/\/|mailto:)/i);
    }
  });

  test('raw HTML is shown as the text that was typed', () => {
    expect(markdownToHtml('a <b>bold</b> claim')).toBe('<p>a &lt;b&gt;bold&lt;/b&gt; claim</p>');
  });

  test('links are kept for http, https and mailto, and give nothing away', () => {
    expect(markdownToHtml('[docs](https://example.com/a?b=1&c=2)')).toBe(
      '<p><a href="https://example.com/a?b=1&amp;c=2" rel="nofollow noopener noreferrer">docs</a></p>',
    );
    expect(markdownToHtml('[write](mailto:ops@example.com)')).toContain('href="mailto:ops@example.com"');
  });

  test('an image becomes a link, since nothing is loaded from elsewhere', () => {
    expect(markdownToHtml('![graph](https://example.com/g.png)')).not.toContain('<img');
    expect(markdownToHtml('![graph](https://example.com/g.png)')).toContain('>graph</a>');
  });

  test('headings fit below the heading of the page, without gaps', () => {
    expect(markdownToHtml('# A\n\ntext')).toContain('<p><strong>A</strong></p>');
    const html = markdownToHtml('## A\n\n#### B\n\n## C', { from: 3 });
    expect([...html.matchAll(/<h(\d)>/g)].map((match) => match[1])).toEqual(['3', '4', '3']);
  });
});

test.each([['>'], ['> '], ['1. '], ['- '], ['>- ']])('ten thousand times %j is text like any other', (mark) => {
  const source = mark.repeat(10_000);
  const levels = markdownToHtml(source).match(/<(?:blockquote|ul|ol)>/g) ?? [];
  expect(levels.length).toBeGreaterThan(10);
  expect(levels.length).toBeLessThanOrEqual(20);
  expect(markdownToText(source)).not.toBe('');
});

describe('markdown becomes plain text', () => {
  test.each([
    ['**Bold** and _thin_ `code`', 'Bold and thin code'],
    ['one\n\ntwo\nthree', 'one\n\ntwo\nthree'],
    ['- a\n- b\n  - c', '- a\n- b\n  - c'],
    ['3. a\n4. b', '3. a\n4. b'],
    ['see [docs](https://example.com/x)', 'see docs (https://example.com/x)'],
    ['<https://example.com>', 'https://example.com'],
    ['# Title\n\n> quoted', 'Title\n\n> quoted'],
    ['a & b < c "d"', 'a & b < c "d"'],
    ['| a | b |\n|---|---|\n| 1 | 2 |', 'a · b\n1 · 2'],
    ['- [x] done\n- [ ] open', '- [x] done\n- [ ] open'],
    ['5 \\* 3', '5 * 3'],
  ])('%j reads %j', (source, text) => {
    expect(markdownToText(source)).toBe(text);
  });

  test('control characters and half characters are left out', () => {
    expect(markdownToText('a\u0000b\u0008c \uD800')).toBe('abc \uFFFD');
  });
});

describe('a text that is made to be slow', () => {
  test('shows the marks of a paragraph with thousands of them as they are', () => {
    const html = markdownToHtml('_a'.repeat(25_000));
    expect(html.replaceAll(/<[^>]+>/g, '')).toBe('_a'.repeat(25_000));
    expect(markdownToText('_a'.repeat(25_000))).toBe('_a'.repeat(25_000));
  });
  test('still emphasises in the paragraph beside it', () => {
    expect(markdownToHtml(`${'*'.repeat(3_000)}x\n\n*so*`)).toContain('<em>so</em>');
  });
});
