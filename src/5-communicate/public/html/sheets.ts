import { secondsFrom } from '../clock-text.ts';
import { markdownToHtml } from '#platform/markdown.ts';
import type { PublicIncident, PublicPage, PublicPostmortem } from '../page.ts';
import { IMPACT_STATUS, STATUS_CLASS } from '../status.ts';
import { uptimeText } from '../uptime.ts';
import { barsView, componentsView, daysTable, isDense } from './components-view.ts';
import { statusIcon, statusLabel } from './icons.ts';
import { incidentView, pastLine } from './incident-view.ts';
import { layout, type View } from './layout.ts';
import { markup, NOTHING, trusted, type Markup } from './markup.ts';

const DAY_SECONDS = 86_400;
const DAYS_OF_PAST_ON_PAGE = 15;

/** The status page: one sentence of state, what is going on, the components, what was. */
export function statusSheet(view: View): string {
  const { page, clock, links } = view;
  const { state, title, detail } = page.headline;
  const lastUpdate = page.activeIncidents
    .flatMap((incident) => incident.updates.slice(0, 1))
    .reduce<string | null>(
      (last, update) => (last === null || update.displayAt > last ? update.displayAt : last),
      null,
    );
  const updated = lastUpdate
    ? markup` Updated <time datetime="${lastUpdate}" data-ago>${clock.at(lastUpdate)}</time><span class="rel"></span>.`
    : NOTHING;
  const recent = page.pastIncidents.filter(
    (incident) =>
      secondsFrom(incident.resolvedAt ?? incident.startedAt, page.generatedAt) <= DAYS_OF_PAST_ON_PAGE * DAY_SECONDS,
  );
  const main = markup`<div class="head h-${STATUS_CLASS[state]}"><h1 dir="auto">${statusIcon(state)}<span>${title}</span></h1><p>${detail}${updated}</p></div>${page.activeIncidents.map((incident) => incidentView(view, incident, { heading: 'h2', fold: true }))}${componentsView(view)}${page.takesReports ? markup`<p class="d">Something is wrong that you do not see here? <a href="${links.act('report')}">Report a problem</a></p>` : NOTHING}
<section aria-labelledby="earlier"><h2 id="earlier">Earlier</h2>${recent.length > 0 ? pastList(view, recent) : markup`<p class="d">No incidents in the last ${DAYS_OF_PAST_ON_PAGE} days.</p>`}<p class="d"><a href="${links.to('history')}">Full history</a></p></section><template id="unknown">${statusLabel('unknown')}</template>`;
  return layout(view, { description: describe(page), main, live: true, wide: isDense(page.components) });
}

/** The permanent page of one incident. */
export function incidentSheet(view: View, incident: PublicIncident): string {
  const { page, links } = view;
  const postmortem = page.postmortems.some(({ incidentId }) => incidentId === incident.id)
    ? markup`<p><a href="${links.to(`postmortems/${incident.id}`)}">Read the postmortem</a>: what happened, why, and what we change.</p>`
    : NOTHING;
  return layout(view, {
    title: incident.name,
    description: `${incident.name}: ${incident.status}`,
    main: markup`${incidentView(view, incident, { heading: 'h1', fold: false })}${postmortem}${backLink(view)}`,
    live: incident.resolvedAt === null,
    state: incident.resolvedAt === null ? IMPACT_STATUS[incident.impact] : 'operational',
  });
}

/** Every incident that the page remembers, by month, and the postmortems. */
export function historySheet(view: View): string {
  const { page, links, clock } = view;
  const all = [...page.activeIncidents, ...page.pastIncidents];
  const postmortems = page.postmortems.map(
    (postmortem) =>
      markup`<li><time datetime="${postmortem.publishedAt}">${clock.day(postmortem.publishedAt)}</time><span><a href="${links.to(`postmortems/${postmortem.incidentId}`)}" dir="auto">${postmortem.title}</a></span></li>`,
  );
  return layout(view, {
    title: 'History',
    description: `Incidents of ${page.name}`,
    main: markup`<h1>History</h1>${all.length > 0 ? pastList(view, all) : markup`<p class="d">No incident has been published so far.</p>`}${postmortems.length > 0 ? markup`<section><h2>Postmortems</h2><ul class="past">${postmortems}</ul></section>` : NOTHING}${backLink(view)}`,
    live: false,
  });
}

/** The published copy of a postmortem. */
export function postmortemSheet(view: View, postmortem: PublicPostmortem): string {
  const { links, clock } = view;
  return layout(view, {
    title: postmortem.title,
    description: `What happened, why, and what we change: ${postmortem.title}`,
    main: markup`<article class="doc"><h1 dir="auto">${postmortem.title}</h1><p class="d">Postmortem, published <time datetime="${postmortem.publishedAt}">${clock.at(postmortem.publishedAt)}</time> · <a href="${links.to(`incidents/${postmortem.incidentId}`)}">the incident as it went</a></p><div class="md" dir="auto">${trusted(markdownToHtml(postmortem.body, { from: 2 }))}</div></article>${backLink(view)}`,
    live: false,
  });
}

/** How uptime is counted, and every noted day of every component. */
export function uptimeSheet(view: View): string {
  const { components } = view.page;
  const rows = components.map(
    (component) =>
      markup`<section id="${component.id}"><h2 dir="auto">${component.name}</h2><p class="d">${uptimeText(component.uptime)}${component.uptime === null ? '' : ' uptime'} over ${component.days.length} days</p>${barsView(component)}${daysTable(view, component)}</section>`,
  );
  return layout(view, {
    title: 'Uptime',
    description: 'How uptime is counted, day by day',
    main: markup`<h1>Uptime</h1><div class="md"><p>Uptime is the share of time without an outage, over the last 90 days of this page’s time zone, ${view.page.timeZone}. An outage begins with the first failed check and ends with recovery; it is time that counts, not the number of checks.</p><ul><li>Partial and major outages count in full. Degraded performance does not count as an outage, and is shown in its own colour.</li><li>Planned maintenance is left out, from its beginning to when it really ended, and shown in its own colour.</li><li>Time in which we could not see a component is left out too, and shown as unknown: our own blindness is neither its outage nor its uptime.</li><li>The result is rounded down. 100 % means that not a second was lost.</li><li>A day wears the colour of the worst that happened on it. It is grey when nothing bad is known and we could not see more than a twentieth of it.</li></ul></div>${rows}${backLink(view)}`,
    live: false,
  });
}

/** A real 404, with the way back. */
export function notFoundSheet(view: View): string {
  return layout(view, {
    title: 'Not found',
    description: 'There is no such page',
    main: markup`<h1>There is no such page</h1><p>The address may be mistyped, or what it showed is no longer published.</p>${backLink(view)}`,
    live: false,
    hidden: true,
  });
}

function pastList(view: View, incidents: readonly PublicIncident[]): Markup {
  return markup`<ul class="past">${incidents.map((incident) => pastLine(view, incident))}</ul>`;
}

export function backLink({ links }: View): Markup {
  return markup`<p class="back"><a href="${links.to('')}">← Current status</a></p>`;
}

function describe(page: PublicPage): string {
  return [page.headline.title, page.headline.detail].filter(Boolean).join('. ');
}
