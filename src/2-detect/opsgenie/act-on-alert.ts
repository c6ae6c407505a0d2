import { listMembers } from '#access';
import type { Ctx } from '#platform/ctx.ts';
import { acknowledgeElsewhere } from '../alert/acknowledge-elsewhere.ts';
import type { Alert } from '../alert/alert.ts';
import { alertAsksFor } from '../alert/events.ts';
import { escalateAlert } from '../alert/escalate-alert.ts';
import { keptResponders, readResponders } from '../alert/named-responder.ts';
import { noteAlert } from '../alert/note-alert.ts';
import { reassignAlert } from '../alert/reassign-alert.ts';
import { unacknowledgeAlert } from '../alert/return-alert.ts';
import { rewordAlert } from '../alert/reword-alert.ts';
import { snoozeAlert } from '../alert/snooze-alert.ts';
import { instantOf, lineOf } from '../signal/claim.ts';
import { type ActBody, listIn, namesOf } from './alert-body.ts';

/** Acts on an alert that a sender may ask for, besides closing it; each names what it did, as Opsgenie does. */
export const ALERT_ACTS = {
  acknowledge: 'Acknowledged alert',
  unacknowledge: 'UnAcknowledged alert',
  snooze: 'Snoozed alert',
  escalate: 'Escalated alert',
  assign: 'Assigned alert',
  notes: 'Added note',
  tags: 'Added tags',
  'tags-removed': 'Removed tags',
  details: 'Added details',
  'details-removed': 'Removed details',
  responders: 'Added responder',
  teams: 'Added team',
  message: 'Updated message',
  description: 'Updated description',
} as const;
export type AlertAct = keyof typeof ALERT_ACTS;

/** Does what was asked for; an alert that is closed, or in whose state it makes no sense, is refused `conflict`. */
export async function actOnAlert(ctx: Ctx, alert: Alert, act: AlertAct, body: ActBody): Promise<void> {
  const sender = body.user ? lineOf(body.user) : (alert.alertSourceName ?? 'its source');
  switch (act) {
    case 'acknowledge':
      await acknowledgeElsewhere(ctx, keyOf(alert), sender);
      break;
    case 'unacknowledge':
      await unacknowledgeAlert(ctx, alert.id);
      break;
    case 'snooze': {
      const until = instantOf(body.endTime);
      if (until !== null) await snoozeAlert(ctx, alert.id, { until, byUserId: null, sender });
      break;
    }
    case 'escalate':
      await escalateAlert(ctx, alert.id);
      break;
    case 'assign':
      await assign(ctx, alert, body);
      break;
    case 'message':
      await rewordAlert(ctx, alert, { title: lineOf(body.message ?? '') });
      break;
    case 'description':
      await rewordAlert(ctx, alert, { evidence: describedBy(alert, body.description ?? '') });
      break;
    case 'notes':
      break;
    case 'tags':
    case 'tags-removed':
    case 'details':
    case 'details-removed':
    case 'responders':
    case 'teams':
      await rewordAlert(ctx, alert, { labels: labelsAfter(alert, act, body), ...evidenceAfter(alert, act, body) });
      if (act === 'responders' || act === 'teams')
        await ctx.publish(alertAsksFor, { alert, responders: readResponders(body.responder ?? body.team) });
      await say(ctx, alert, body.user, `${ALERT_ACTS[act]}: ${lineOf(addedBy(act, body)).slice(0, 1_000)}`);
      break;
  }
  if (body.note && act !== 'message' && act !== 'description') await say(ctx, alert, body.user, body.note);
}

function keyOf({ alertSourceId, dedupKey }: Alert) {
  return { scope: alertSourceId ?? '', dedupKey };
}

function describedBy(alert: Alert, description: string) {
  return { ...alert.evidence, summary: lineOf(description).slice(0, 300), description };
}

type LabelAct = 'tags' | 'tags-removed' | 'details' | 'details-removed' | 'responders' | 'teams';

function addedBy(act: LabelAct, { tags, details, responder, team }: ActBody): string {
  switch (act) {
    case 'tags':
    case 'tags-removed':
      return (tags ?? []).join(', ');
    case 'details':
      return Object.entries(details ?? {})
        .map(([name, value]) => `${name}=${value}`)
        .join(', ');
    case 'details-removed':
      return Object.keys(details ?? {}).join(', ');
    case 'responders':
    case 'teams':
      return namesOf(responder ?? team);
  }
}

/** The labels of an alert once tags, details or responders were added or taken away. */
function labelsAfter({ labels }: Alert, act: LabelAct, body: ActBody): Record<string, string> {
  const named = body.tags ?? [];
  const listed = (name: string, list: readonly string[]): Record<string, string> => {
    const { [name]: _, ...others } = labels;
    return list.length === 0 ? others : { ...labels, [name]: [...new Set(list)].join(', ') };
  };
  switch (act) {
    case 'tags':
      return listed('tags', [...listIn(labels['tags']), ...named]);
    case 'tags-removed':
      return listed(
        'tags',
        listIn(labels['tags']).filter((tag) => !named.includes(tag)),
      );
    case 'details':
      return { ...labels, ...body.details };
    case 'details-removed':
      return Object.fromEntries(Object.entries(labels).filter(([name]) => !Object.hasOwn(body.details ?? {}, name)));
    case 'responders':
    case 'teams':
      return listed('responders', [...listIn(labels['responders']), ...listIn(addedBy(act, body))]);
  }
}

/** Whoever is added is asked with the others when the alert asks again. */
function evidenceAfter({ evidence }: Alert, act: LabelAct, { responder, team }: ActBody) {
  if (act !== 'responders' && act !== 'teams') return {};
  return { evidence: { ...evidence, responders: keptResponders(evidence?.['responders'], responder ?? team) } };
}

/** An owner who is a member by that address is paged; for anybody else the alert says who it was meant for. */
async function assign(ctx: Ctx, alert: Alert, { owner, user }: ActBody): Promise<void> {
  const wanted = owner?.username ?? owner?.id ?? '';
  const member = (await listMembers(ctx)).find(
    ({ email, active }) => active && email.toLowerCase() === wanted.toLowerCase(),
  );
  if (member) await reassignAlert(ctx, alert.id, { userId: member.id });
  else await say(ctx, alert, user, `Assigned it to ${lineOf(wanted)}, who is nobody here.`);
}

async function say(ctx: Ctx, alert: Alert, user: string | null | undefined, what: string): Promise<void> {
  await noteAlert(ctx, alert.id, user ? `${lineOf(user)}: ${what}` : what);
}
