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
<li id="${component.id}"><div class="c"><h3 dir="auto">${component.name}</h3>${said ? markup`<p class="d" dir="auto">${said}</p>` : NOTHING}${statusLabel(component.status, since)}</div>${barsView(component)}<details><summary><b>${uptimeText(component.uptime)}${component.uptime === null ? '' : ' uptime'}</b></summary>${daysList(view, component, rows)}</details></li>`;
}

export function barsView(component: Pick<PublicComponent, 'days'>): Markup {
  const paths = barPaths(component.days).map(({ className, path }) => `<path class=${className} d="${path}"/>`);
  return markup`<svg class="b" viewBox="0 -.5 ${component.days.length} 1" preserveAspectRatio="none" role="img" aria-label="${barsText(component.days)}">${trusted(paths.join(''))}</svg>`;
}

/** The days worth a word, newest first, at most `rows`: the drawing in text, for everybody who cannot see it. */
function daysList(view: View, component: PublicComponent, rows: number): Markup {
  const noted = notedDays(component);
  if (noted.length === 0) return markup`<p class="d">${quietText(component.days)}</p>`;
  const items = noted.slice(0, rows).map(({ day, index }) => {
    const { date, state, lengths, names } = dayWords(view, day);
    return markup`<li data-i=${index}><b>${date}</b> ${[state, ...lengths].join(', ')}${names}`;
  });
  const left = noted.length - items.length;
  return markup`<ul class="ds">${items}${left > 0 ? markup`<li><a href="${view.links.to('uptime')}#${component.id}">${left} more days</a>` : NOTHING}</ul>`;
}

/** All days worth a word as a table. */
export function daysTable(view: View, component: PublicComponent): Markup {
  const noted = notedDays(component);
  if (noted.length === 0) return markup`<p class="d">${quietText(component.days)}</p>`;
  const rows = noted.map(({ day }) => {
    const { date, state, names } = dayWords(view, day);
    const length = (seconds: number) => (seconds > 0 ? lengthText(seconds) : '–');
    return markup`<tr><th scope="row">${date}<td>${state}${names}<td>${length(day.downSeconds)}<td>${length(day.maintenanceSeconds)}<td>${length(day.unknownSeconds)}`;
  });
  return markup`<table><thead><tr><th scope="col">Day<th scope="col">Worst state<th scope="col">Outage<th scope="col">Maintenance<th scope="col">Not seen</thead><tbody>${rows}</tbody></table>`;
}

function notedDays({ days }: PublicComponent) {
  return days
    .map((day, index) => ({ day, index }))
    .filter(({ day }) => isNoted(day))
    .toReversed();
}

function dayWords({ page, clock, links }: View, day: PublicDay) {
  const named = [...page.activeIncidents, ...page.pastIncidents].filter((incident) =>
    day.incidents.includes(incident.id),
  );
  return {
    date: clock.date(day.date),
    state: day.worst === null ? 'No data' : STATUS_LABEL[day.worst],
    lengths: [
      ...(day.downSeconds > 0 ? [lengthText(day.downSeconds)] : []),
      ...(day.maintenanceSeconds > 0 ? [`${lengthText(day.maintenanceSeconds)} of maintenance`] : []),
      ...(day.unknownSeconds > 0 ? [`${lengthText(day.unknownSeconds)} not seen`] : []),
    ],
    names: named.map(
      (incident) => markup`<br><a href="${links.to(`incidents/${incident.id}`)}" dir="auto">${incident.name}</a>`,
    ),
  };
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
