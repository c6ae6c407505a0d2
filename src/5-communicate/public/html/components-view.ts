import { barPaths, barsText } from '../bars.ts';
import { lengthText } from '../clock-text.ts';
import type { PublicComponent, PublicDay } from '../page.ts';
import { STATUS_LABEL } from '../status.ts';
import { uptimeText } from '../uptime.ts';
import { statusLabel } from './icons.ts';
import type { View } from './layout.ts';
import { markup, NOTHING, trusted, type Markup } from './markup.ts';

/** From here on components are set more tightly, in columns where the screen has room. */
const DENSE_FROM = 16;

/** Rows of days on the whole page; the sheet `uptime` has them all. Keeps a bad quarter of 100 components under 100 KB. */
const DAY_ROWS_ON_PAGE = 180;

export function isDense(components: readonly unknown[]): boolean {
  return components.length >= DENSE_FROM;
}

export function componentsView(view: View): Markup {
  const { components } = view.page;
  if (components.length === 0) return NOTHING;
  const rows = Math.max(2, Math.floor(DAY_ROWS_ON_PAGE / components.length));
  const firstDay = components[0]?.days[0]?.date ?? '';
  return markup`<section aria-labelledby="components"><h2 id="components" class="hide">Components</h2><ul class="${isDense(components) ? 'cs dense' : 'cs'}" data-first="${firstDay}">${components.map((component) => componentView(view, component, rows))}</ul></section>`;
}

function componentView(view: View, component: PublicComponent, rows: number): Markup {
  const { clock } = view;
  const unseen = component.status === 'unknown';
  const since = unseen && component.statusSince ? ` since ${clock.at(component.statusSince)}` : '';
  const said = unseen && !isDense(view.page.components) ? 'we cannot see it right now' : component.description;
  return markup`
<li id="${component.id}"><div class="c"><h3 dir="auto">${component.name}</h3>${said ? markup`<p class="d" dir="auto">${said}</p>` : NOTHING}${statusLabel(component.status, since)}</div>${barsView(component)}<details><summary><span>${component.days.length} days ago</span><b>${uptimeText(component.uptime)}${component.uptime === null ? '' : ' uptime'}</b><span>today</span></summary>${daysView(view, component, rows)}</details></li>`;
}

export function barsView(component: Pick<PublicComponent, 'days'>): Markup {
  const paths = barPaths(component.days).map(({ className, path }) => `<path class=${className} d="${path}"/>`);
  return markup`<svg class="b" viewBox="0 -.5 ${component.days.length} 1" preserveAspectRatio="none" role="img" aria-label="${barsText(component.days)}">${trusted(paths.join(''))}</svg>`;
}

/** The days worth a word, newest first: the drawing in text, for everybody who cannot see it. */
export function daysView(view: View, component: PublicComponent, rows: number): Markup {
  const noted = component.days
    .map((day, index) => ({ day, index }))
    .filter(({ day }) => isNoted(day))
    .toReversed();
  if (noted.length === 0) return markup`<p class="d">${quietText(component.days)}</p>`;
  const left = noted.length - Math.min(rows, noted.length);
  return markup`<table><thead><tr><th scope="col">Day<th scope="col">Worst state<th scope="col">Outage<th scope="col">Not seen</thead><tbody>${noted.slice(0, rows).map(({ day, index }) => dayRow(view, day, index))}</tbody></table>${left > 0 ? markup`<p class="d"><a href="${view.links.to('uptime')}#${component.id}">${left} more days</a></p>` : NOTHING}`;
}

function dayRow({ page, clock, links }: View, day: PublicDay, index: number): Markup {
  const named = [...page.activeIncidents, ...page.pastIncidents].filter((incident) =>
    day.incidents.includes(incident.id),
  );
  const names = named.map(
    (incident) => markup`<br><a href="${links.to(`incidents/${incident.id}`)}" dir="auto">${incident.name}</a>`,
  );
  const length = (seconds: number) => (seconds > 0 ? lengthText(seconds) : '–');
  return markup`<tr data-i=${index}><th scope=row>${clock.date(day.date)}<td>${day.worst === null ? 'No data' : STATUS_LABEL[day.worst]}${names}<td>${length(day.downSeconds)}<td>${length(day.unknownSeconds)}`;
}

function isNoted(day: PublicDay): boolean {
  return (day.worst !== null && day.worst !== 'operational') || day.downSeconds > 0 || day.incidents.length > 0;
}

function quietText(days: readonly PublicDay[]): string {
  const known = days.filter((day) => day.worst !== null).length;
  if (known === 0) return 'Nothing has been measured yet.';
  return known === days.length
    ? 'No trouble on any of these days.'
    : `No trouble on the ${known} days that were watched.`;
}
