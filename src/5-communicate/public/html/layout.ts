import type { ComponentStatus, PublicPage } from '../page.ts';
import type { Assets } from '../assets.ts';
import type { ClockText } from '../clock-text.ts';
import type { Links } from '../links.ts';
import { faviconAddress, ICON_SHEET } from './icons.ts';
import { markup, NOTHING, trusted, type Markup } from './markup.ts';

/** What every template is given besides the page. */
export type View = {
  readonly page: PublicPage;
  readonly links: Links;
  readonly clock: ClockText;
  readonly assets: Assets;
};

export type Sheet = {
  /** Before the page's name in the title; absent on the page itself. */
  readonly title?: string;
  readonly description: string;
  readonly main: Markup;
  /** A live sheet carries the state: it names its making, polls, and turns to unknown when it is too old. */
  readonly live: boolean;
  readonly wide?: boolean;
  readonly state?: ComponentStatus;
  /** Kept from search engines: pages that belong to one reader, and errors. */
  readonly hidden?: boolean;
};

/** Older than this and unanswered, a page stops claiming anything. Published pages are made anew every minute. */
const STALE_AFTER_SECONDS = 300;

/** A whole document. */
export function layout(view: View, sheet: Sheet): string {
  const { page, links, assets } = view;
  const title = sheet.title ? `${sheet.title} · ${page.name}` : page.name;
  const main = sheet.live
    ? markup`<main id="main" data-live data-name="${page.name}" data-generated="${page.generatedAt}" data-limit="${STALE_AFTER_SECONDS}">${sheet.main}</main>`
    : markup`<main id="main">${sheet.main}</main>`;
  return String(markup`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${title}</title><meta name="description" content="${sheet.description}"><meta name="color-scheme" content="light dark"><meta property="og:title" content="${title}"><meta property="og:description" content="${sheet.description}">${sheet.hidden ? markup`<meta name="robots" content="noindex">` : NOTHING}
<link rel="icon" href="${trusted(faviconAddress(sheet.state ?? (sheet.live ? page.headline.state : 'unknown')))}"><link rel="alternate" type="application/rss+xml" title="RSS" href="${links.file('feed.rss')}"><link rel="alternate" type="application/atom+xml" title="Atom" href="${links.file('feed.atom')}"><link rel="alternate" type="application/feed+json" title="JSON" href="${links.file('feed.json')}">
<style>${trusted(assets.css)}</style></head>
<body${sheet.wide ? trusted(' class="wide"') : NOTHING}><a class="skip" href="#main">Skip to the content</a>${ICON_SHEET}
<header class="top"><a class="name" href="${links.to('')}" dir="auto">${page.name}</a><a class="button" href="${links.act('subscribe')}">Subscribe</a></header>
${main}
<p class="hide" role="status" id="said"></p>
${footer(view, sheet.live)}
${sheet.live ? markup`<script>${trusted(assets.script)}</script>` : NOTHING}</body></html>`);
}

function footer({ page, links, clock }: View, live: boolean): Markup {
  const made = markup`<p>Generated <time datetime="${page.generatedAt}">${clock.exact(page.generatedAt)}</time>. A copy older than ${STALE_AFTER_SECONDS / 60} minutes says nothing about now: take it as unknown.</p>`;
  return markup`<footer id="foot">${live ? made : NOTHING}<p>Uptime is time-weighted and rounded down; planned maintenance and time that we could not see are left out. <a href="${links.to('uptime')}">How we count</a></p>
<nav aria-label="More of this page"><a href="${links.to('')}">Status</a> <a href="${links.to('history')}">History</a> <a href="${links.to('uptime')}">Uptime</a> <a href="${links.file('feed.rss')}">RSS</a> <a href="${links.file('feed.atom')}">Atom</a> <a href="${links.file('api/v2/summary.json')}">JSON</a></nav></footer>`;
}
