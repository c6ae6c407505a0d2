import { acceptIncident, assignRole, declareIncident, declineIncident, proposeSeverity, type Severity } from '#declare';
import { type Alert, dismissAlert, findAlike, lockAlert, readAlert } from '#detect';
import { conflict, notFound } from '#kernel/errors.ts';
import type { Ctx } from '#platform/ctx.ts';
import { readPeople } from '../reach/people.ts';
import { readStanding, type Standing } from './standing.ts';

/** What somebody who declares by a link had before them, and what they chose of it. */
export type PromptChoice = {
  /** What was offered there; it is not confirmed by being taken. Null = whatever is proposed now. */
  readonly offered: Severity | null;
  readonly chosen: Severity | null;
};

/**
 * It is an incident: declares one with everything that is asked about as one, or accepts what was suspected meanwhile. A
 * severity that was only offered stays unconfirmed, so that somebody is asked for it.
 */
export async function declarePrompted(ctx: Ctx, alertId: string, { offered, chosen }: PromptChoice): Promise<string> {
  const { alert, alike, standing } = await hold(ctx, alertId);
  const own = chosen !== null && chosen !== offered ? chosen : undefined;
  if (standing.is === 'suspected') {
    const { reference, severity } = await acceptIncident(ctx, standing.incident.id, { severity: own });
    return `You accepted ${reference} as ${severity}.`;
  }
  const others = (await alike?.undecided()) ?? [];
  const known = await proposeSeverity(ctx, [alert, ...others.map((one) => one.alert)]);
  const { reference, severity } = await declareIncident(ctx, {
    severity: own,
    proposedSeverity: offered ?? known.severity,
    title: alert.title.slice(0, 200),
    alertIds: [alertId, ...others.map((one) => one.alert.id)],
    kind: alert.drill ? 'drill' : 'real',
    why: new Map(
      others.map(({ alert: { id }, why }) => [id, `It was declared together with another alert, because ${why}.`]),
    ),
  });
  return `You declared ${reference} as ${severity}.`;
}

/** It is none. Of what is asked about as one, only what its reader could know of is dismissed with it. */
export async function dismissPrompted(ctx: Ctx, alertId: string, knownAt: Date | null): Promise<string> {
  const { alert, alike, standing } = await hold(ctx, alertId);
  if (standing.is === 'suspected') {
    const { reference } = await declineIncident(ctx, standing.incident.id);
    return `You said that ${reference} is a false alarm.`;
  }
  const until = knownAt ?? alert.promptedAt ?? alert.firstSeenAt;
  const others = ((await alike?.undecided()) ?? []).filter((one) => one.alert.firstSeenAt <= until);
  for (const { id } of [alert, ...others.map((one) => one.alert)]) await dismissAlert(ctx, id, {});
  return others.length === 0
    ? 'You said that it is not an incident.'
    : `You said that it and ${others.length} more like it are not an incident.`;
}

/** Leads what was declared, as long as nobody else does. */
export async function leadPrompted(ctx: Ctx, alertId: string, userId: string): Promise<string> {
  const standing = await readStanding(ctx, await readAlert(ctx, alertId));
  if (standing.is !== 'declared') throw conflict('There is no open incident to lead.');
  const { id, reference, roles } = standing.incident;
  const leader = roles['incident-commander'];
  if (leader !== undefined && leader !== userId)
    throw conflict(`${(await readPeople(ctx)).nameOf(leader)} leads ${reference} already.`);
  await assignRole(ctx, id, 'incident-commander', userId);
  return `You are incident commander of ${reference}.`;
}

/** Holds an alert that still waits for a decision, and what is alike; refuses one about which somebody has decided. */
async function hold(ctx: Ctx, alertId: string) {
  const alike = await findAlike(ctx, await readAlert(ctx, alertId));
  const alert = await lockAlert(ctx, alertId);
  if (alert === null) throw notFound('alert', alertId);
  const standing = await readStanding(ctx, alert);
  const decided = decidedWords(alert, standing, (await readPeople(ctx)).nameOf);
  if (decided !== null) throw conflict(decided);
  return { alert, alike, standing };
}

/** One sentence about what was decided; null while nothing was. */
export function decidedWords(
  alert: Pick<Alert, 'closedBy'>,
  standing: Standing,
  nameOf: (userId: string) => string,
): string | null {
  switch (standing.is) {
    case 'asked':
    case 'suspected':
      return null;
    case 'declared': {
      const { declaredBy, reference, severity } = standing.incident;
      return declaredBy === null
        ? `It is an incident: ${reference}, ${severity}.`
        : `${nameOf(declaredBy)} declared ${reference} as ${severity}.`;
    }
    case 'ended':
      return standing.incident.state === 'declined'
        ? `${standing.incident.reference} was a false alarm.`
        : `It was an incident: ${standing.incident.reference} is ${standing.incident.state}.`;
    case 'dismissed':
      return `${alert.closedBy === null ? 'Somebody' : nameOf(alert.closedBy)} said that it is not an incident.`;
    case 'over':
      return 'It is over. Nobody needs to decide.';
    default:
      return standing satisfies never;
  }
}
