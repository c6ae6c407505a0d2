import { createHash } from 'node:crypto';
import { html, raw } from 'hono/html';

const STYLE = `
:root{color-scheme:light dark;--bg:#faf9f7;--panel:#fff;--line:#e6e4df;--text:#1d1c1a;--muted:#716d66;--bad:#c92a2a;--bad-bg:#fdecec;--warn:#8f5c0f;--ok:#237a35;--ink:#1d1c1a;--on-ink:#faf9f7}
@media(prefers-color-scheme:dark){:root{--bg:#131312;--panel:#20201e;--line:#2e2d2a;--text:#eceae5;--muted:#a09b92;--bad:#ff7b7b;--bad-bg:#3a1616;--warn:#e3b341;--ok:#5fc27a;--ink:#eceae5;--on-ink:#131312}}
*{box-sizing:border-box}
body{margin:0;background:var(--bg);color:var(--text);font:16px/24px system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;font-variant-numeric:tabular-nums}
main{max-width:32rem;min-height:100dvh;margin:0 auto;padding:16px 18px 24px;display:flex;flex-direction:column;gap:14px}
header{display:flex;justify-content:space-between;align-items:center;color:var(--muted);font-size:13px;line-height:18px}
.badge{display:inline-flex;gap:6px;padding:3px 8px;border-radius:6px;background:var(--bad-bg);color:var(--bad);font-weight:600}
.badge.done{background:var(--panel);color:var(--ok)}
h1{margin:0;font-size:26px;line-height:32px;overflow-wrap:anywhere}
p{margin:0;overflow-wrap:anywhere}
.muted{color:var(--muted)}
.drill{padding:10px 14px;border:2px dashed var(--warn);border-radius:8px;font-weight:600}
section{background:var(--panel);border:1px solid var(--line);border-radius:8px;padding:12px 14px}
section p+p{margin-top:4px}
code{font:13px/20px ui-monospace,"SF Mono",Menlo,Consolas,monospace;overflow-wrap:anywhere}
footer{margin-top:auto;display:flex;flex-direction:column;gap:12px;padding-top:20px;text-align:center}
footer.stays{position:sticky;bottom:0;margin-bottom:-24px;padding:12px 0 16px;background:var(--bg)}
footer b{color:var(--warn)}
form{display:flex;flex-direction:column;gap:12px}
button{min-height:52px;border-radius:8px;border:1px solid var(--line);background:var(--panel);color:var(--text);font:inherit;font-weight:600;cursor:pointer}
button.main{background:var(--ink);color:var(--on-ink);border-color:var(--ink)}
button:focus-visible,a:focus-visible,summary:focus-visible{outline:3px solid #3a56d4;outline-offset:2px}
@media(prefers-color-scheme:dark){button:focus-visible,a:focus-visible,summary:focus-visible{outline-color:#91a4ff}}
a{color:inherit}
summary{cursor:pointer;min-height:28px}
details p{text-align:left;margin-top:8px}
fieldset{display:grid;grid-template-columns:repeat(4,1fr);gap:6px;margin:0;padding:0;border:0}
legend{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
fieldset label{display:flex;align-items:center;justify-content:center;gap:6px;min-height:44px;border:1px solid var(--line);border-radius:8px;background:var(--panel);cursor:pointer}
fieldset label:has(:checked){border-color:var(--ink);box-shadow:inset 0 0 0 1px var(--ink);font-weight:600}
fieldset label:has(:focus-visible){outline:3px solid #3a56d4;outline-offset:2px}
fieldset input{margin:0;accent-color:var(--ink)}
@supports selector(:has(*)){[data-means]{display:none}main:has([value=SEV1]:checked) [data-means=SEV1],main:has([value=SEV2]:checked) [data-means=SEV2],main:has([value=SEV3]:checked) [data-means=SEV3],main:has([value=SEV4]:checked) [data-means=SEV4]{display:block}}
`;

/** Made in one piece: white space that a formatter puts around the sheet would no longer be what the policy allows. */
const STYLE_ELEMENT = raw(`<style>${STYLE}</style>`);
/**
 * Brings a page that waits for an answer up to date without loading it again: what has moved on is exchanged in place, so
 * that neither the focus nor a screen reader loses its place while nothing has happened. Without a script it stands still
 * and stays true: its times are absolute as well.
 */
const FOLLOW = `
const main = () => document.querySelector('main');
setInterval(async () => {
  if (document.hidden) return;
  const answer = await fetch(location.href).catch(() => null);
  if (!answer || !answer.ok) return;
  const next = new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector('main');
  if (next.dataset.state !== main().dataset.state) {
    for (const { checked, defaultChecked, name, value } of main().querySelectorAll('input[type=radio]')) {
      const same = next.querySelector('[name="' + name + '"][value="' + value + '"]');
      if (checked && !defaultChecked && same) same.checked = true;
    }
    return main().replaceWith(next);
  }
  const fresh = [...next.querySelectorAll('[data-moves]')];
  for (const old of main().querySelectorAll('[data-moves]')) old.replaceWith(fresh.shift() ?? old);
}, 20_000);
`;
const FOLLOW_ELEMENT = raw(`<script>${FOLLOW}</script>`);
const FOLLOW_HASH = createHash('sha256').update(FOLLOW).digest('base64');
const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64');

/** Headers of a page that acts for whoever holds its link: never cached, indexed, framed or named to another site. */
export const LINK_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; script-src 'sha256-${FOLLOW_HASH}'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
  'x-robots-tag': 'noindex, nofollow',
  'x-content-type-options': 'nosniff',
};

type Markup = ReturnType<typeof html>;

/** A small page that needs no script; one with a `state` follows what happens while it is open. */
export function layout(title: string, body: Markup, state?: string): Markup {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        ${STYLE_ELEMENT}
      </head>
      <body>
        <main data-state="${state ?? ''}">${body}</main>
        ${state === undefined ? '' : FOLLOW_ELEMENT}
      </body>
    </html>`;
}

/** One sentence and nothing to press: the link is wrong, or over. */
export function plainPage(title: string, text: string): Markup {
  return layout(
    title,
    html`<h1>${title}</h1>
      <p>${text}</p>`,
  );
}
