import { html } from 'hono/html';

/** The mail of a page as a phone shows it: the same lines as the text, and one button that is easy to hit. */
export function mailHtml(title: string, lines: readonly string[], button: { label: string; url: string }): string {
  const shown = lines.filter((line) => line !== '' && !line.includes(button.url));
  return String(
    html`<!doctype html>
      <html lang="en">
        <body style="margin:0;padding:16px;font:16px/24px sans-serif;color:#1d1c1a;background:#faf9f7">
          <h1 style="margin:0 0 8px;font-size:22px;line-height:28px">${title}</h1>
          ${shown.map((line) => html`<p style="margin:0 0 6px">${line}</p>`)}
          <p style="margin:20px 0">
            <a
              href="${button.url}"
              style="display:block;max-width:360px;padding:14px 20px;border-radius:8px;background:#1d1c1a;color:#faf9f7;font-weight:600;text-align:center;text-decoration:none"
              >${button.label}</a
            >
          </p>
        </body>
      </html>`,
  );
}
