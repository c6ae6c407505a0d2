import { html } from 'hono/html';
import type { Alert } from '#detect';
import { readFacts } from '../page/evidence.ts';

/** What an alert is about, as a phone shows it; '' when its sender said nothing but a title. */
export function toldView(alert: Alert | null) {
  const { summary, phases, said, source, lines, fields } = readFacts(alert);
  const count = alert?.count ?? 0;
  const silent = !summary && !phases && !said && !source && lines.length === 0 && fields.length === 0;
  if (silent && count < 2) return '';
  return html`<section>
    ${summary ? html`<p><strong>${summary.charAt(0).toUpperCase()}${summary.slice(1)}</strong></p>` : ''}
    ${source ? html`<p class="muted">From <bdi>${source}</bdi></p>` : ''}
    ${count > 1 ? html`<p class="muted">said ${count} times</p>` : ''}
    ${phases ? html`<p><code>${phases}</code></p>` : ''} ${said ? html`<p><code>${said}</code></p>` : ''}
    ${lines.map((line) => html`<p><bdi>${line}</bdi></p>`)}
    ${fields.map(({ name, value }) => html`<p><span class="muted">${name}</span> <code>${value}</code></p>`)}
  </section>`;
}
