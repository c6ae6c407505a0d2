import { lengthText, secondsFrom } from '../clock-text.ts';
import { markdownToHtml } from '#platform/markdown.ts';
import type { PublicIncident, PublicUpdate } from '../page.ts';
import { IMPACT_STATUS, INCIDENT_STATUS_LABEL, STATUS_CLASS, STATUS_LABEL } from '../status.ts';
import type { View } from './layout.ts';
import { markup, NOTHING, trusted, type Markup } from './markup.ts';

/** Updates in view on the status page; earlier ones are folded away. */
const UPDATES_IN_VIEW = 3;

type Options = { readonly heading: 'h1' | 'h2'; readonly fold: boolean };

/** One incident: the newest update first and large, then the promise of the next one, then what was said before. */
export function incidentView(view: View, incident: PublicIncident, { heading, fold }: Options): Markup {
  const [latest, ...earlier] = incident.updates;
  const title =
    heading === 'h1'
      ? markup`<h1 dir="auto">${incident.name}</h1>`
      : markup`<h2 dir="auto"><a href="${view.links.to(`incidents/${incident.id}`)}">${incident.name}</a></h2>`;
  const inView = fold ? earlier.slice(0, UPDATES_IN_VIEW - 1) : earlier;
  const folded = earlier.slice(inView.length);
  const colour = STATUS_CLASS[IMPACT_STATUS[incident.impact]];
  return markup`
<article class="inc e-${colour}"><div class="c">${title}<p class="since">${spanText(view, incident)}</p></div>${affectedView(view, incident)}
${latest ? updateView(view, latest, 'latest') : markup`<p class="d">Nothing has been said in public yet.</p>`}${promiseView(view, incident)}${inView.length > 0 ? markup`<ol class="ups">${inView.map((update) => markup`<li>${updateView(view, update)}</li>`)}</ol>` : NOTHING}${folded.length > 0 ? markup`<details class="more"><summary>${folded.length === 1 ? 'One earlier update' : `${folded.length} earlier updates`}</summary><ol class="ups">${folded.map((update) => markup`<li>${updateView(view, update)}</li>`)}</ol></details>` : NOTHING}</article>`;
}

function affectedView({ page }: View, incident: PublicIncident): Markup {
  const names = page.components
    .filter((component) => incident.componentIds.includes(component.id))
    .map(({ name }) => name);
  if (names.length === 0) return NOTHING;
  const shown = names.slice(0, 6);
  const more = names.length - shown.length;
  return markup`<p class="d" dir="auto">Affects ${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}</p>`;
}

function updateView({ clock }: View, update: PublicUpdate, className = ''): Markup {
  const changes = update.components.map(({ name, to }) => `${name}: ${STATUS_LABEL[to].toLowerCase()}`);
  return markup`<div class="up ${className}"><div><b>${INCIDENT_STATUS_LABEL[update.status]}</b> <time datetime="${update.displayAt}">${clock.at(update.displayAt)}</time></div><div class="md" dir="auto">${trusted(markdownToHtml(update.body))}${changes.length > 0 ? markup`<p class="d">${changes.join(' · ')}</p>` : NOTHING}</div></div>`;
}

/** The promise: an absolute time always; how far off it is, and the reader's own clock, are added where a script runs. */
function promiseView({ clock }: View, incident: PublicIncident): Markup {
  const next = incident.nextUpdate;
  if (!next) return NOTHING;
  const time = markup`<time datetime="${next.by}" data-rel>${clock.promise(next.by)}</time>`;
  return next.state === 'late'
    ? markup`<p class="next late"><b>The update that we promised by ${time} is late</b><span class="rel"></span></p>`
    : markup`<p class="next"><b>Next update by ${time}</b><span class="rel"></span></p>`;
}

function spanText({ clock }: View, incident: PublicIncident): Markup {
  if (!incident.resolvedAt) {
    return markup`since <time datetime="${incident.startedAt}">${clock.at(incident.startedAt)}</time>`;
  }
  return markup`<time datetime="${incident.startedAt}">${clock.at(incident.startedAt)}</time> · lasted ${lengthText(secondsFrom(incident.startedAt, incident.resolvedAt))}`;
}

/** A resolved incident in one line. */
export function pastLine({ page, clock, links }: View, incident: PublicIncident): Markup {
  const lasted = incident.resolvedAt ? `, ${lengthText(secondsFrom(incident.startedAt, incident.resolvedAt))}` : '';
  const postmortem = page.postmortems.some(({ incidentId }) => incidentId === incident.id)
    ? markup` · <a href="${links.to(`postmortems/${incident.id}`)}">postmortem</a>`
    : NOTHING;
  return markup`<li><time datetime="${incident.startedAt}">${clock.day(incident.startedAt)}</time><span><a href="${links.to(`incidents/${incident.id}`)}" dir="auto">${incident.name}</a>${lasted}${postmortem}</span></li>`;
}
