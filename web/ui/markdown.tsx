import { lexer, type Token, type Tokens } from 'marked';
import { Fragment, type ReactNode, useMemo } from 'react';

/**
 * Markdown as React elements, straight from the tokens: no HTML string is ever made, so there is nothing to sanitise.
 * Raw HTML in the text is shown as text; links go to http, https and mailto only; pictures become links.
 */
export function Markdown({ text, className }: { text: string; className?: string }) {
  const tokens = useMemo(() => lexer(text, { gfm: true, breaks: true }), [text]);
  return (
    <div dir="auto" className={`flex flex-col gap-2 break-words ${className ?? ''}`}>
      {blocks(tokens)}
    </div>
  );
}

function blocks(tokens: readonly Token[]): ReactNode[] {
  return tokens.map((token, index) => <Fragment key={index}>{block(token as Tokens.Generic)}</Fragment>);
}

const headings = ['text-lg font-semibold', 'text-base font-semibold', 'text-sm font-semibold'];

function block(token: Tokens.Generic): ReactNode {
  switch (token.type) {
    case 'space':
      return null;
    case 'heading': {
      const level = Number(token['depth']);
      // Under the screen's own h1 and h2.
      const Tag = level === 1 ? 'h3' : level === 2 ? 'h4' : 'h5';
      return <Tag className={headings[Math.min(level, 3) - 1] ?? ''}>{inline(token.tokens)}</Tag>;
    }
    case 'code':
      return (
        <pre tabIndex={0} className="overflow-x-auto rounded-control bg-sunken px-3 py-2 font-mono text-sm">
          <code>{String(token['text'])}</code>
        </pre>
      );
    case 'blockquote':
      return (
        <blockquote className="flex flex-col gap-2 border-l-2 border-accent pl-3">
          {blocks(token.tokens ?? [])}
        </blockquote>
      );
    case 'list':
      return <List list={token as Tokens.List} />;
    case 'table':
      return <MarkdownTable table={token as Tokens.Table} />;
    case 'hr':
      return <hr className="border-line" />;
    case 'paragraph':
      return <p>{inline(token.tokens)}</p>;
    case 'text':
      return token.tokens === undefined ? String(token['text']) : inline(token.tokens);
    default:
      return token.raw;
  }
}

function List({ list }: { list: Tokens.List }) {
  const items = list.items.map((item, index) => (
    <li key={index}>
      {item.task ? (
        <input type="checkbox" checked={item.checked === true} disabled aria-label="task" className="mr-1.5" />
      ) : null}
      {blocks(item.tokens)}
    </li>
  ));
  if (list.ordered) {
    return (
      <ol start={list.start === '' ? 1 : list.start} className="list-decimal space-y-1 pl-5">
        {items}
      </ol>
    );
  }
  return <ul className="list-disc space-y-1 pl-5">{items}</ul>;
}

function MarkdownTable({ table }: { table: Tokens.Table }) {
  const cells = (row: Tokens.TableCell[], Tag: 'th' | 'td') =>
    row.map((cell, index) => (
      <Tag key={index} className="border border-line px-2 py-1 text-left">
        {inline(cell.tokens)}
      </Tag>
    ));
  return (
    <div role="group" aria-label="table" tabIndex={0} className="overflow-x-auto">
      <table className="border-collapse">
        <thead>
          <tr>{cells(table.header, 'th')}</tr>
        </thead>
        <tbody>
          {table.rows.map((row, index) => (
            <tr key={index}>{cells(row, 'td')}</tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function inline(tokens: readonly Token[] | undefined): ReactNode[] {
  return (tokens ?? []).map((token, index) => <Fragment key={index}>{span(token as Tokens.Generic)}</Fragment>);
}

function span(token: Tokens.Generic): ReactNode {
  switch (token.type) {
    case 'strong':
      return <strong className="font-semibold">{inline(token.tokens)}</strong>;
    case 'em':
      return <em>{inline(token.tokens)}</em>;
    case 'del':
      return <del>{inline(token.tokens)}</del>;
    case 'codespan':
      return <code className="rounded-sm bg-sunken px-1 font-mono text-sm">{String(token['text'])}</code>;
    case 'br':
      return <br />;
    case 'link':
    case 'image':
      return (
        <SafeLink href={String(token['href'])}>
          {token.type === 'image' ? String(token['text'] || token['href']) : inline(token.tokens)}
        </SafeLink>
      );
    case 'text':
      return token.tokens === undefined ? unescaped(String(token['text'])) : inline(token.tokens);
    case 'escape':
      return String(token['text']);
    default:
      return token.raw;
  }
}

/** Markdown allows entities in text; React writes them out again. */
function unescaped(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');
}

function SafeLink({ href, children }: { href: string; children: ReactNode }) {
  if (!/^(https?:\/\/|mailto:|\/(?!\/)|#)/i.test(href)) return <>{children}</>;
  return (
    <a
      href={href}
      rel="noreferrer noopener"
      target={/^https?:/i.test(href) ? '_blank' : undefined}
      className="text-accent-text underline"
    >
      {children}
    </a>
  );
}
