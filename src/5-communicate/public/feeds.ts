import { markdownToHtml, markdownToText } from '#platform/markdown.ts';
import { createClockText } from './clock-text.ts';
import { markup } from './html/markup.ts';
import { incidentUrl } from './links.ts';
import type { PublicIncident, PublicPage } from './page.ts';
import { INCIDENT_STATUS_LABEL } from './status.ts';

/** Feeds hold one entry per incident: its updates newest first, under an id that never changes. */
const ENTRIES = 50;

export function rssFeed(page: PublicPage): string {
  const items = entriesOf(page).map(
    (incident) => markup`
<item><title>${clean(incident.name)}</title><link>${incidentUrl(page, incident.id)}</link><guid isPermaLink="false">${incident.id}</guid><pubDate>${rfc822(incident.updatedAt)}</pubDate><description>${entryHtml(page, incident)}</description></item>`,
  );
  return String(markup`<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>${clean(page.name)}</title><link>${page.url}</link><description>Incidents of ${clean(page.name)}</description><atom:link rel="self" type="application/rss+xml" href="${page.url}/feed.rss"/><lastBuildDate>${rfc822(page.updatedAt)}</lastBuildDate>${items}
</channel></rss>
`);
}

export function atomFeed(page: PublicPage): string {
  const entries = entriesOf(page).map(
    (incident) => markup`
<entry><id>urn:allclear:${incident.id}</id><title>${clean(incident.name)}</title><link rel="alternate" type="text/html" href="${incidentUrl(page, incident.id)}"/><published>${incident.createdAt}</published><updated>${incident.updatedAt}</updated><content type="html">${entryHtml(page, incident)}</content></entry>`,
  );
  return String(markup`<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom"><id>urn:allclear:${page.id}</id><title>${clean(page.name)}</title><author><name>${clean(page.name)}</name></author><link rel="alternate" type="text/html" href="${page.url}"/><link rel="self" type="application/atom+xml" href="${page.url}/feed.atom"/><updated>${page.updatedAt}</updated>${entries}
</feed>
`);
}

/** JSON Feed 1.1 (jsonfeed.org/version/1.1). */
export function jsonFeed(page: PublicPage): unknown {
  return {
    version: 'https://jsonfeed.org/version/1.1',
    title: page.name,
    home_page_url: page.url,
    feed_url: `${page.url}/feed.json`,
    items: entriesOf(page).map((incident) => ({
      id: incident.id,
      url: incidentUrl(page, incident.id),
      title: incident.name,
      content_html: entryHtml(page, incident),
      content_text: entryText(page, incident),
      date_published: incident.createdAt,
      date_modified: incident.updatedAt,
    })),
  };
}

function entriesOf(page: PublicPage): readonly PublicIncident[] {
  return [...page.activeIncidents, ...page.pastIncidents]
    .toSorted((a, b) => (a.createdAt < b.createdAt ? 1 : -1))
    .slice(0, ENTRIES);
}

function entryHtml(page: PublicPage, incident: PublicIncident): string {
  const clock = createClockText(page.timeZone, incident.createdAt);
  return incident.updates
    .map((update) => {
      const head = markup`<p><strong>${INCIDENT_STATUS_LABEL[update.status]}</strong> · ${clock.at(update.displayAt)}</p>`;
      return `${String(head)}${markdownToHtml(clean(update.body))}`;
    })
    .join('<hr>');
}

function entryText(page: PublicPage, incident: PublicIncident): string {
  const clock = createClockText(page.timeZone, incident.createdAt);
  return incident.updates
    .map(
      (update) =>
        `${INCIDENT_STATUS_LABEL[update.status]}, ${clock.at(update.displayAt)}\n${markdownToText(update.body)}`,
    )
    .join('\n\n');
}

/** XML 1.0 has no place for control characters, not even as references. */
function clean(text: string): string {
  return text.toWellFormed().replace(/[^\P{Cc}\t\n\r]|[\uFFFE\uFFFF]/gu, '');
}

function rfc822(iso: string): string {
  return new Date(iso).toUTCString();
}

/** The state in a picture of one line, for a README or an intranet page. */
export function badgeSvg(page: PublicPage): string {
  const { label, colour } = BADGE[page.headline.state];
  const left = 48;
  const right = 14 + label.length * 6.4;
  const width = Math.ceil(left + right);
  return String(markup`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="20" role="img" aria-label="status: ${label}"><title>status: ${label}</title><clipPath id="r"><rect width="${width}" height="20" rx="4"/></clipPath><g clip-path="url(#r)"><rect width="${left}" height="20" fill="#3b3a37"/><rect x="${left}" width="${width - left}" height="20" fill="${colour}"/></g><g fill="#fff" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11" text-anchor="middle"><text x="${left / 2}" y="14">status</text><text x="${(left + width) / 2}" y="14">${label}</text></g></svg>
`);
}

const BADGE = {
  operational: { label: 'operational', colour: '#237032' },
  unknown: { label: 'unknown', colour: '#6b6862' },
  under_maintenance: { label: 'maintenance', colour: '#3a56d4' },
  degraded_performance: { label: 'degraded', colour: '#8a5806' },
  partial_outage: { label: 'partial outage', colour: '#b53a08' },
  major_outage: { label: 'major outage', colour: '#c02424' },
} as const satisfies Record<PublicPage['headline']['state'], { label: string; colour: string }>;
