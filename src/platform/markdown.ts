import { type Token, type Tokens, Marked } from 'marked';
import sanitizeHtml from 'sanitize-html';

/**
 * Markdown that people type, made safe to show to anybody. Raw HTML is shown as the text it is; links lead only to
 * http, https and mailto; images become links, because a page of ours loads nothing from elsewhere. The output passes a
 * second, independent filter, so that a mistake of the parser is not yet a script on a page.
 */

export type HeadingStyle =
  /** Headings become bold lines: for short texts that stand below a heading of the page. */
  | 'flat'
  /** The highest heading of the text becomes `h{n}`, deeper ones follow without gaps. */
  | { readonly from: 2 | 3 | 4 };

const ALLOWED_TAGS =
  'p br hr strong em del code pre blockquote ul ol li a h2 h3 h4 h5 table thead tbody tr th td'.split(' ');

/** Safe HTML from Markdown; at most `MAX_MARKDOWN_CHARACTERS` are read. */
export function markdownToHtml(source: string, headings: HeadingStyle = 'flat'): string {
  const html = parserFor(headings).parse(readable(source), { async: false });
  return sanitizeHtml(html, {
    allowedTags: ALLOWED_TAGS,
    allowedAttributes: { a: ['href', 'rel'], ol: ['start'], th: ['scope'] },
    allowedSchemes: ['http', 'https', 'mailto'],
    allowedSchemesAppliedToAttributes: ['href'],
    allowProtocolRelative: false,
    disallowedTagsMode: 'escape',
    nestingLimit: 30,
  }).trim();
}

/** The same text without markup, for mail, feeds and JSON: paragraphs, `- ` lists, links as `text (address)`. */
export function markdownToText(source: string): string {
  return blocksToText(new Marked({ gfm: true }).lexer(readable(source)))
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

/** Longer texts are cut: nothing that a person writes comes near, and parsing stays bounded. */
const MAX_MARKDOWN_CHARACTERS = 200_000;

function readable(source: string): string {
  return source
    .slice(0, MAX_MARKDOWN_CHARACTERS)
    .toWellFormed()
    .replace(/[^\P{Cc}\t\n\r]/gu, '')
    .replace(TOO_DEEP, '$1\\')
    .replace(LONG_BLANKS, SOME_BLANKS)
    .split(/(\n[ \t]*\n)/)
    .map(boundMarks)
    .join('');
}

const LONG_BLANKS = /[ \t]{200,}/g;
const SOME_BLANKS = ' '.repeat(200);
const MOST_MARKS = 2_000;

/** Emphasis costs the parser the square of its marks in one paragraph; past a bound they are shown as they are. */
function boundMarks(paragraph: string): string {
  const marks = paragraph.match(/[*_~]/g)?.length ?? 0;
  return marks > MOST_MARKS ? paragraph.replace(/[*_~]/g, '\\$&') : paragraph;
}

/** The parser recurses into each quote and list: a line of ten thousand `>` would overflow its stack. Twenty levels do. */
const TOO_DEEP = /^((?:[ \t]*(?:>|(?:[*+-]|\d{1,9}[.)])(?=[ \t]))){20}[ \t]*)(?=>|[*+-][ \t]|\d)/gm;

function parserFor(headings: HeadingStyle): Marked {
  const parser = new Marked({ gfm: true, breaks: true });
  const levels: number[] = [];
  parser.use({
    hooks: {
      processAllTokens(tokens) {
        parser.walkTokens(tokens, (token) => {
          if (isHeading(token)) levels.push(token.depth);
        });
        return tokens;
      },
    },
    renderer: {
      html: ({ text, ...token }) =>
        token.type === 'html' && token.block ? `<p>${escapeHtml(text.trim())}</p>\n` : escapeHtml(text),
      image: ({ href, text }) => anchor(href, escapeHtml(text || href)),
      checkbox: ({ checked }) => (checked ? '☑ ' : '☐ '),
      code: ({ text }) => `<pre><code>${escapeHtml(text)}</code></pre>\n`,
      tablecell(token) {
        const content = this.parser.parseInline(token.tokens);
        return token.header ? `<th scope="col">${content}</th>` : `<td>${content}</td>`;
      },
      link({ href, tokens }) {
        return anchor(href, this.parser.parseInline(tokens));
      },
      heading({ tokens, depth }) {
        const content = this.parser.parseInline(tokens);
        if (headings === 'flat') return `<p><strong>${content}</strong></p>\n`;
        const ranks = [...new Set(levels)].toSorted((a, b) => a - b);
        const level = Math.min(5, headings.from + ranks.indexOf(depth));
        return `<h${level}>${content}</h${level}>\n`;
      },
    },
  });
  return parser;
}

function anchor(href: string, content: string): string {
  if (!/^(https?:\/\/|mailto:)/i.test(href)) return content;
  return `<a href="${escapeHtml(href)}" rel="nofollow noopener noreferrer">${content}</a>`;
}

function escapeHtml(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}

function blocksToText(tokens: readonly Token[]): string {
  return tokens.map(blockToText).join('');
}

function blockToText(token: Token): string {
  if (token.type === 'space') return '';
  if (isList(token)) return `${token.items.map((item, index) => itemToText(token, item, index)).join('\n')}\n\n`;
  if (isTable(token)) {
    const rows = [token.header, ...token.rows].map((row) => row.map((cell) => inlineToText(cell.tokens)).join(' · '));
    return `${rows.join('\n')}\n\n`;
  }
  if (token.type === 'blockquote') return `${blocksToText(childrenOf(token)).trim().replace(/^/gm, '> ')}\n\n`;
  if (token.type === 'hr') return '---\n\n';
  const children = childrenOf(token);
  const text = children.length > 0 ? inlineToText(children) : textOf(token);
  return `${text.trimEnd()}\n\n`;
}

function itemToText(list: Tokens.List, item: Tokens.ListItem, index: number): string {
  const mark = list.ordered ? `${Number(list.start || 1) + index}. ` : '- ';
  const box = item.task ? (item.checked ? '[x] ' : '[ ] ') : '';
  const body = blocksToText(item.tokens.filter((token) => token.type !== 'checkbox'))
    .trim()
    .replace(/\n{2,}/g, '\n');
  return `${mark}${box}${body.replace(/\n/g, `\n${' '.repeat(mark.length)}`)}`;
}

function inlineToText(tokens: readonly Token[]): string {
  return tokens.map(inlineTokenToText).join('');
}

function inlineTokenToText(token: Token): string {
  if (token.type === 'br') return '\n';
  if (isLink(token)) {
    const label = token.type === 'image' ? token.text : inlineToText(childrenOf(token));
    const address = token.href.replace(/^mailto:/i, '');
    return label === '' || label === address || label === token.href ? address : `${label} (${address})`;
  }
  const children = childrenOf(token);
  return children.length > 0 ? inlineToText(children) : textOf(token);
}

const isHeading = (token: Token): token is Tokens.Heading => token.type === 'heading';
const isList = (token: Token): token is Tokens.List => token.type === 'list';
const isTable = (token: Token): token is Tokens.Table => token.type === 'table';
const isLink = (token: Token): token is Tokens.Link | Tokens.Image => token.type === 'link' || token.type === 'image';

function childrenOf(token: Token): readonly Token[] {
  return 'tokens' in token && Array.isArray(token.tokens) ? token.tokens : [];
}

function textOf(token: Token): string {
  if (token.type === 'escape' || token.type === 'codespan' || token.type === 'code') return textField(token);
  return textField(token) || token.raw;
}

function textField(token: Token): string {
  return 'text' in token && typeof token.text === 'string' ? token.text : '';
}
