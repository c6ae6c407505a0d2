import { html } from 'hono/html';
import type { Proposal, SeverityPolicy } from '#declare';
import type { Alert } from '#detect';
import { formatDuration, secondsBetween } from '#kernel/duration.ts';
import { clockTime } from '../page/clock-time.ts';
import { decidedWords } from '../prompt/decide.ts';
import type { Standing } from '../prompt/standing.ts';
import { layout } from './layout.ts';
import type { Reader } from './page-view.ts';
import { toldView } from './told-view.ts';

export type Prompt = {
  readonly alert: Alert;
  readonly standing: Standing;
  /** What goes along with the decision. */
  readonly others: readonly Alert[];
  readonly policy: SeverityPolicy;
  /** What is declared as unless its reader chooses something else. */
  readonly proposal: Proposal;
  readonly serviceName: string | null;
  readonly nameOf: (userId: string | null) => string;
};

type Decider = Reader & { readonly mayDecide: boolean };

/** What the link in "Is this an incident?" shows on a phone. Only its buttons act. */
export function promptView(prompt: Prompt, reader: Decider, now: Date, publicUrl: string) {
  const { alert, standing, serviceName, others } = prompt;
  const asked = standing.is === 'asked' || standing.is === 'suspected';
  const about = alert.incidentId === null ? `/alerts/${alert.id}` : `/incidents/${alert.incidentId}`;
  const leads = alert.incidentId === null ? 'Open in Allclear' : 'Open the incident';
  const body = html` <header>
      ${asked ? html`<span class="badge">▲ Is this an incident?</span>` : html`<span class="badge done">✓ ${standing.is === 'over' ? 'Over' : 'Decided'}</span>`}<span
        data-moves
        >${clockTime(alert.firstSeenAt, reader.timeZone, now)} ·
        ${formatDuration(Math.max(0, secondsBetween(alert.firstSeenAt, now)))} ago</span
      >
    </header>
    <div>
      <h1>${alert.title}</h1>
      <p class="muted">${[serviceName, alert.severity].filter(Boolean).join(' · ')}</p>
    </div>
    ${alert.drill ? html`<p class="drill">DRILL: this is practice, nothing is broken.</p>` : ''} ${toldView(alert)}
    ${alike(others)} ${asked && reader.mayDecide ? meaning(prompt) : ''}
    <footer class="${asked ? 'stays' : ''}">
      ${asked ? ask(prompt, reader, now) : outcome(prompt, reader)}
      <p><a href="${publicUrl}${about}">${leads}</a></p>
    </footer>`;
  return layout(alert.title, body, asked ? `${standing.is} ${others.length}` : undefined);
}

const MOST_NAMED = 5;

function alike(others: readonly Alert[]) {
  if (others.length === 0) return '';
  const left = others.length - MOST_NAMED;
  return html`<section>
    <p><strong>${others.length} more like it ${others.length === 1 ? 'goes' : 'go'} along</strong></p>
    ${others.slice(0, MOST_NAMED).map(({ title }) => html`<p class="muted">${title}</p>`)}
    ${left > 0 ? html`<p class="muted">and ${left} more</p>` : ''}
  </section>`;
}

function ask(prompt: Prompt, reader: Decider, now: Date) {
  const { alert, standing, others } = prompt;
  const suspected = standing.is === 'suspected' ? standing.incident : null;
  if (!reader.mayDecide)
    return html`<p><strong>Nobody has decided yet.</strong></p>
      <p class="muted">You may look, not decide. Ask a member of the workspace.</p>`;
  return html`<p class="muted">${waits(alert, suspected?.reference ?? null, reader, now)}</p>
    <form method="post">
      <input type="hidden" name="shown" value="${now.toISOString()}" />
      ${choice(prompt)}
      <button class="main" name="act" value="declare">Declare</button>
      <button name="act" value="dismiss">
        ${others.length === 0 ? 'Not an incident' : `None of these ${others.length + 1} is an incident`}
      </button>
    </form>`;
}

/** The severities, one of them chosen already: one tap declares, and another choice is one more. */
function choice({ policy, proposal }: Prompt) {
  return html`<input type="hidden" name="offered" value="${proposal.severity}" />
    <fieldset>
      <legend>Severity</legend>
      ${policy.levels.map(
        ({ severity }) =>
          html`<label
            ><input
              type="radio"
              name="severity"
              value="${severity}"
              ${severity === proposal.severity ? 'checked' : ''}
            />${severity}</label
          >`,
      )}
    </fieldset>`;
}

/** What the chosen severity means; all of them, in a browser that cannot tell which is chosen. */
function meaning({ policy, proposal }: Prompt) {
  const offered = proposal.why === null ? '' : `${proposal.severity} is offered because: ${proposal.why} `;
  return html`<div>
    ${policy.levels.map(
      ({ severity, name, criteria }) =>
        html`<p class="muted" data-means="${severity}">${severity} is ${name}: ${criteria}</p>`,
    )}
    <p class="muted">${offered}It can be changed afterwards; a false alarm is one click.</p>
  </div>`;
}

function waits({ suspectDueAt }: Alert, reference: string | null, reader: Reader, now: Date): string {
  if (reference !== null) return `Nobody decided in time, so it is suspected incident ${reference} by now.`;
  if (suspectDueAt === null) return 'Nobody has decided yet.';
  return `Nobody has decided yet. It becomes a suspected incident by itself at ${clockTime(suspectDueAt, reader.timeZone, now)}.`;
}

function outcome({ alert, standing, nameOf }: Prompt, reader: Decider) {
  const who = (userId: string) => (userId === reader.userId ? 'You' : nameOf(userId));
  return html`<p><strong>${decidedWords(alert, standing, who)}</strong></p>
    ${standing.is === 'declared' ? command(standing, nameOf, reader) : html`<p class="muted">You need to do nothing.</p>`}`;
}

function command(
  { incident }: Extract<Standing, { is: 'declared' }>,
  nameOf: Prompt['nameOf'],
  { userId, mayDecide }: Decider,
) {
  const leader = incident.roles['incident-commander'];
  if (leader !== undefined)
    return html`<p class="muted">${leader === userId ? 'You are' : `${nameOf(leader)} is`} incident commander.</p>`;
  if (!mayDecide) return '';
  return html`<form method="post">
      <button class="main" name="act" value="take-command">I’ll take command</button>
    </form>
    <p class="muted">Nobody leads ${incident.reference} yet.</p>`;
}
