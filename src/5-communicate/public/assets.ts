import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** Style and script as they stand in each page, and the policy that lets exactly these two run. */
export type Assets = { readonly css: string; readonly script: string; readonly contentSecurityPolicy: string };

/** Reads both files from beside this one; call once and keep the result. */
export function loadAssets(): Assets {
  const css = squeezeCss(readFileSync(new URL('page.css', import.meta.url), 'utf8'));
  const script = squeezeScript(readFileSync(new URL('page.js', import.meta.url), 'utf8'));
  const contentSecurityPolicy = [
    "default-src 'none'",
    `style-src ${hashSource(css)}`,
    `script-src ${hashSource(script)}`,
    "img-src 'self' data:",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'self'",
  ].join('; ');
  return { css, script, contentSecurityPolicy };
}

function hashSource(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}

/** Comments and white space only; safe because the file quotes nothing that contains them. */
function squeezeCss(css: string): string {
  return css
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/\s+/g, ' ')
    .replace(/ ?([{};,>]) ?/g, '$1')
    .replace(/: /g, ':')
    .replace(/;}/g, '}')
    .trim();
}

/** Indentation and whole-line comments only: what a page saves beyond that is not worth a minifier's mistakes. */
function squeezeScript(script: string): string {
  return script
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('//'))
    .join('\n');
}
