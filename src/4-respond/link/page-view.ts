import { html } from 'hono/html';
import { attachedLinks, causeWords } from '#detect';
import { formatDuration, secondsBetween } from '#kernel/duration.ts';
import { clockTime } from '../page/clock-time.ts';
import { whatHappens, whyYou } from '../page/page-message.ts';
import type { PageStory } from '../page/page-story.ts';
import { layout } from './layout.ts';
import { toldView } from './told-view.ts';

export type Reader = { readonly userId: string; readonly timeZone: string };

/** What the link in a page shows on a phone. Only its buttons act. `publicUrl` leads on to the dashboard. */
export function pageView(story: PageStory, reader: Reader, now: Date, publicUrl: string) {
  const { page, alert, incident, serviceName } = story;
  const since = alert?.firstSeenAt ?? incident?.detectedAt ?? page.createdAt;
  const asking = page.state === 'open' || page.state === 'held';
  const about = page.incidentId
    ? `/incidents/${page.incidentId}`
    : page.alertId
      ? `/alerts/${page.alertId}`
      : `/pages/${page.id}`;
  const body = html` <header>
      ${badge(story)}<span data-moves
        >${clockTime(since, reader.timeZone, now)} · ${formatDuration(Math.max(0, secondsBetween(since, now)))}
        ago</span
      >
    </header>
    <div>
      <h1>${page.title}</h1>
      <p class="muted">
        ${[serviceName, incident && `${incident.reference}, ${incident.severity}`, page.cause === 'by-hand' || page.cause === 'drill' ? page.policyName : `Step ${page.step + 1} of “${page.policyName}”`].filter(Boolean).join(' · ')}
      </p>
    </div>
    ${page.note === null ? '' : html`<p>${page.note}</p>`}
    ${page.drill ? html`<p class="drill">DRILL: this is practice, nothing is broken.</p>` : ''} ${toldView(alert)}
    ${others(story)} ${links(story)}
    <footer>
      ${asking ? ask(story, reader, now) : outcome(story, reader, now)}
      <p><a href="${publicUrl}${about}">Open in Allclear</a></p>
      <details>
        <summary class="muted">Why me?</summary>
        <p class="muted">By ${whyYou(page)}; your notification rules sent it here.</p>
      </details>
    </footer>`;
  return layout(page.title, body, asking ? `${page.state} ${page.step}` : undefined);
}

function badge({ page }: PageStory) {
  if (page.state === 'acknowledged') return html`<span class="badge done">✓ Acknowledged</span>`;
  if (page.state === 'stopped') return html`<span class="badge done">✓ Over</span>`;
  return html`<span class="badge">▲ Page · ${page.urgency} urgency</span>`;
}

/** What it asks for besides the one alert that it names, as it is now. */
function others({ group }: PageStory) {
  if (group === null) return '';
  const causes = causeWords(group);
  return html`<p class="muted" data-moves>
    It asks for ${group.count} alerts so far, ${group.open} of them open${causes === '' ? '' : `; ${causes}`}.
  </p>`;
}

const MOST_LINKS = 6;

/** What the sender attached for people to open, with the host that each leads to; nothing of it is loaded here. */
function links({ alert }: PageStory) {
  const all = alert === null ? [] : attachedLinks(alert).slice(0, MOST_LINKS);
  if (all.length === 0) return '';
  return html`<section>
    ${all.map(
      ({ href, text }) =>
        html`<p>
          <a href="${href}" rel="noreferrer noopener"><bdi>${text}</bdi></a>
          <span class="muted">${new URL(href).host}</span>
        </p>`,
    )}
  </section>`;
}

function ask(story: PageStory, reader: Reader, now: Date) {
  if (story.page.cause === 'drill') return askForDrill(story, reader, now);
  const command =
    story.page.incidentId === null
      ? 'Taking command declares an incident.'
      : 'Taking command makes you incident commander.';
  return html`<p class="muted" data-moves>${countdown(story, reader, now)}</p>
    <form method="post">
      <button class="main" name="act" value="acknowledge">Acknowledge</button>
      <button name="act" value="take-command">Acknowledge and take command</button>
    </form>
    <p class="muted">${command}</p>`;
}

function askForDrill({ page }: PageStory, reader: Reader, now: Date) {
  const ends =
    page.nextStepAt === null ? '' : ` It ends by itself at ${clockTime(page.nextStepAt, reader.timeZone, now)}.`;
  return html`<p class="muted">Acknowledge to finish.${ends} Nobody else is asked.</p>
    <form method="post">
      <button class="main" name="act" value="acknowledge">Acknowledge</button>
    </form>`;
}

/** "Goes to Ann in 4 m 22 s", the time standing out; other endings in words. */
function countdown(story: PageStory, reader: Reader, now: Date) {
  const { next, nameOf } = story;
  const others = next?.userIds.filter((userId) => userId !== reader.userId) ?? [];
  if (!next || others.length === 0) return whatHappens(story, reader.userId, reader.timeZone, now);
  const left = formatDuration(Math.max(0, secondsBetween(now, next.at))).replaceAll(' ', '\u00a0');
  return html`Goes to ${others.map(nameOf).join(', ')}${next.again ? ' again' : ''} in <b>${left}</b>, at
    ${clockTime(next.at, reader.timeZone, now)}`;
}

function outcome(story: PageStory, reader: Reader, now: Date) {
  const { page, nameOf } = story;
  if (page.cause === 'drill') return drillOutcome(page);
  const who = page.acknowledgedBy === reader.userId ? 'You' : nameOf(page.acknowledgedBy);
  const when = page.acknowledgedAt ? ` at ${clockTime(page.acknowledgedAt, reader.timeZone, now)}` : '';
  const answer = page.acknowledgedAt === null ? '' : html`<p><strong>${who} acknowledged it${when}.</strong></p>`;
  return page.state === 'stopped'
    ? html`${answer}
        <p>This page is over: ${page.stopReason ?? 'it was stopped'}. You need to do nothing.</p>`
    : html`${answer}
        <p class="muted">Nobody else will be paged.</p>
        ${page.acknowledgedBy === reader.userId ? command(story, reader) : ''}`;
}

/** The second tap of whoever is on it: to lead, with what that does; or who leads. */
function command({ incident, nameOf }: PageStory, reader: Reader) {
  if (incident?.commanderId === reader.userId)
    return html`<p><strong>You are incident commander of ${incident.reference}.</strong></p>`;
  const leader = incident?.commanderId ?? null;
  const what =
    incident === null
      ? 'Taking command declares an incident.'
      : leader === null
        ? `Taking command makes you incident commander of ${incident.reference}.`
        : `${nameOf(leader)} leads ${incident.reference}; taking command makes you incident commander instead.`;
  return html`<form method="post">
      <button class="${leader === null ? 'main' : ''}" name="act" value="take-command">Take command</button>
    </form>
    <p class="muted">${what}</p>`;
}

function drillOutcome({ acknowledgedAt, createdAt, stopReason }: PageStory['page']) {
  if (acknowledgedAt === null)
    return html`<p><strong>This drill is over: ${stopReason ?? 'it ended'}.</strong></p>
      <p class="muted">Look at how you are paged in Allclear, and test it again.</p>`;
  const after = formatDuration(Math.max(0, secondsBetween(createdAt, acknowledgedAt)));
  return html`<p><strong>You acknowledged the drill after ${after}.</strong></p>
    <p class="muted">Pages reach you. You need to do nothing.</p>`;
}
