import { type Incident, levelOf, readIncident } from '#declare';
import type { Ctx } from '#platform/ctx.ts';
import type { SaidStatus } from '../component/contract.ts';
import { publicTitleOf } from '../component/public-name.ts';
import { selectComponents, selectSaidBy } from '../component/store.ts';
import { createClockText } from '../public/clock-text.ts';
import type { ComponentStatus } from '../public/page.ts';
import { selectStatusPages } from '../status-page/store.ts';
import type { UpdateStatus } from './contract.ts';
import { proposedStatus } from './impact.ts';
import { nextUpdateDue } from './promises.ts';
import { selectUpdates } from './store.ts';
import type { Update } from './update.ts';
import { fillWording, type Moment, wordingFor } from './wording.ts';

type DraftChange = {
  readonly id: string;
  readonly name: string;
  readonly from: ComponentStatus;
  readonly to: SaidStatus;
};

export type Draft = {
  readonly status: UpdateStatus;
  readonly title: string;
  /** Markdown. */
  readonly body: string;
  /** What would change; empty = nothing does. */
  readonly components: readonly DraftChange[];
  /** Null for the final update. */
  readonly nextUpdateBy: Date | null;
  readonly nextUpdateInSeconds: number | null;
};

/**
 * The shipped wording for the next update, filled in from the incident. Without a status: the first acknowledgement,
 * then holding updates; "restored, watching" once it is mitigated, and the last word once it is resolved.
 */
export async function draftUpdate(ctx: Ctx, incidentId: string, status?: UpdateStatus): Promise<Draft> {
  const incident = await readIncident(ctx, incidentId);
  const last = (await selectUpdates(ctx, [incidentId])).at(-1);
  const moment = momentOf(incident, last, status);
  const wording = wordingFor(moment, incident.severity);
  const final = moment === 'resolved' || moment === 'false-alarm';
  const said = status ?? (moment === 'holding' ? (last?.status ?? wording.status) : wording.status);
  const changes = await proposedChanges(ctx, incident, moment);
  const nextUpdateBy = final ? null : await nextUpdateDue(ctx, incident);
  const { postmortemRequired } = await levelOf(ctx, incident);
  const names = changes.length > 0 ? changes.map(({ name }) => name) : await affectedNames(ctx, incident, last);
  return {
    status: said,
    title: last?.title ?? publicTitleOf(incident.title, names),
    body: fillWording(wording.body, {
      components: names,
      nextUpdate: nextUpdateBy && (await pageTime(ctx, nextUpdateBy)),
      postmortem: postmortemRequired,
    }),
    components: changes,
    nextUpdateBy,
    nextUpdateInSeconds: nextUpdateBy && Math.round((nextUpdateBy.getTime() - ctx.now.getTime()) / 1_000),
  };
}

function momentOf(incident: Incident, last: Update | undefined, status: UpdateStatus | undefined): Moment {
  const settled = incident.state === 'resolved' || incident.state === 'closed';
  if (incident.state === 'declined') return 'false-alarm';
  if (status === 'resolved' || (!status && settled)) return 'resolved';
  if (status === 'monitoring' || (!status && incident.state === 'mitigated' && last?.status !== 'monitoring'))
    return 'monitoring';
  if (!last) return status === 'identified' ? 'identified' : 'first';
  return status === 'identified' && last.status !== 'identified' ? 'identified' : 'holding';
}

async function proposedChanges(ctx: Ctx, incident: Incident, moment: Moment): Promise<DraftChange[]> {
  if (moment === 'first') {
    const to = proposedStatus(incident.severity);
    const components = await selectComponents(ctx, { serviceIds: incident.serviceIds });
    return components.map(({ id, name, status }) => ({ id, name, from: status, to }));
  }
  if (moment === 'holding' || moment === 'identified') return [];
  const said = await selectSaidBy(ctx, incident.id);
  return said.map(({ id, name, status }) => ({ id, name, from: status, to: 'operational' }));
}

async function affectedNames(ctx: Ctx, incident: Incident, last: Update | undefined): Promise<string[]> {
  const said = await selectSaidBy(ctx, incident.id);
  if (said.length > 0) return said.map(({ name }) => name);
  if (last && last.components.length > 0) return last.components.map(({ name }) => name);
  return (await selectComponents(ctx, { serviceIds: incident.serviceIds })).map(({ name }) => name);
}

async function pageTime(ctx: Ctx, at: Date): Promise<string> {
  const [page] = await selectStatusPages(ctx);
  return createClockText(page?.timeZone ?? 'UTC', ctx.now.toISOString()).promise(at.toISOString());
}
