import type { Assets } from '../assets.ts';
import { markup, trusted } from './markup.ts';

/** For an address at which nothing is published: a page that was never there, or is not public any more. */
export function noPageSheet(assets: Assets): string {
  return String(markup`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>No status page here</title><meta name="color-scheme" content="light dark"><meta name="robots" content="noindex">
<style>${trusted(assets.css)}</style></head>
<body><main id="main"><h1>There is no status page here</h1><p>The address may be mistyped, or the page is not published any more.</p></main></body></html>`);
}
