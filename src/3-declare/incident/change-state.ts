import { audit } from '#access';
import { conflict } from '#kernel/errors.ts';
import type { Ctx } from '#platform/ctx.ts';
import { incidentStateChanged } from '../events.ts';
import { waivePromise } from '../promise/open-promise.ts';
import { watchForCommander } from '../role/watch-for-commander.ts';
import { watchForSeverity } from '../severity/watch-severity.ts';
import { record } from '../timeline/record.ts';
import type { Incident } from './incident.ts';
import type { IncidentChange } from './incident-event.ts';
import { type Act, move } from './lifecycle.ts';

/** What stage 6 moves an incident to, with what only that move knows. */
export type StateMove =
  | { readonly to: 'mitigated'; readonly body?: string | undefined }
  | {
      readonly to: 'resolved';
      /** What was still impaired, in words, and confirmed by the person who resolves. */
      readonly confirmedImpaired?: readonly string[] | undefined;
      readonly skipPostReason?: string | undefined;
      /** Allclear resolves an incident that nobody has touched. */
      readonly automatic?: boolean | undefined;
    }
  | { readonly to: 'active'; readonly reason: string }
  | { readonly to: 'closed' };

/**
 * Moves an incident along its lifecycle and tells later stages. Going back to `active` is a relapse from mitigated, or a
 * reopening of what was resolved or closed: the same incident with a new stretch of impact. Refuses what the lifecycle
 * does not know.
 */
export async function changeState(ctx: Ctx, incidentId: string, wanted: StateMove): Promise<Incident> {
  const { before, after } = await record(ctx, incidentId, (incident) => {
    const step = move(incident.state, actOf(wanted, incident));
    if (!step.ok) throw conflict(step.message);
    return [changeFor(wanted, incident)];
  });
  await audit(ctx, { action: `incident.${wanted.to}`, subjectId: incidentId, detail: { from: before.state } });
  if (wanted.to === 'resolved')
    for (const kind of ['role-vacancy', 'severity'] as const) await waivePromise(ctx, { kind, incidentId });
  if (wanted.to === 'active') {
    await watchForCommander(ctx, after);
    await watchForSeverity(ctx, after);
  }
  await ctx.publish(incidentStateChanged, { incident: after, from: before.state, to: after.state });
  return after;
}

function actOf(wanted: StateMove, incident: Incident): Act {
  switch (wanted.to) {
    case 'mitigated':
      return 'mitigate';
    case 'resolved':
      return wanted.automatic === true ? 'resolve-by-itself' : 'resolve';
    case 'active':
      return incident.state === 'mitigated' ? 'relapse' : 'reopen';
    case 'closed':
      return 'close';
    default:
      return wanted satisfies never;
  }
}

function changeFor(wanted: StateMove, incident: Incident): IncidentChange {
  switch (wanted.to) {
    case 'mitigated':
      return {
        type: 'mitigated',
        data: {},
        text:
          wanted.body === undefined ? 'Mitigated: service is restored, we are watching' : `Mitigated: ${wanted.body}`,
      };
    case 'resolved': {
      const automatic = wanted.automatic === true;
      const confirmedImpaired = [...(wanted.confirmedImpaired ?? [])];
      const notes = [
        automatic ? 'by itself: every alert has recovered and nobody had touched it' : '',
        confirmedImpaired.length > 0 ? `although ${confirmedImpaired.join('; ')}` : '',
        wanted.skipPostReason === undefined ? '' : `nothing posted in public: ${wanted.skipPostReason}`,
      ].filter(Boolean);
      const data = { automatic, confirmedImpaired, skipPostReason: wanted.skipPostReason ?? null };
      return { type: 'resolved', data, text: ['Resolved', ...notes].join(', ') };
    }
    case 'active': {
      const what = incident.state === 'mitigated' ? 'The impact is back' : 'Reopened';
      return { type: 'reopened', data: { reason: wanted.reason }, text: `${what}: ${wanted.reason}` };
    }
    case 'closed':
      return { type: 'closed', data: {}, text: 'Closed' };
    default:
      return wanted satisfies never;
  }
}
