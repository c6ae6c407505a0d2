import type { Alert, AlertReason } from '../alert/alert.ts';
import type { GroupRow } from './store.ts';

/** What was said about an alert, without what an earlier group said. */
export function ungrouped({ reasons }: Pick<Alert, 'reasons'>): readonly AlertReason[] {
  return (reasons ?? []).filter(({ kind }) => kind !== 'group' && kind !== 'storm');
}

/** How an alert stands in a group that it does not lead: it asks nobody, and says who asks for it, and by which rule. */
export function member(
  group: GroupRow,
  alert: Pick<Alert, 'reasons'>,
  lead: Pick<Alert, 'id' | 'title'>,
  rule: string,
) {
  return {
    quiet: 'grouped',
    groupId: group.id,
    promptDueAt: null,
    suspectDueAt: null,
    lookDueAt: null,
    ...withReason(group, alert, `Grouped ${rule}: “${lead.title}” asks for all of them.`, lead.id),
  } as const;
}

/** How an alert stands that asks for a group. */
export function lead(group: GroupRow, alert: Alert, why: string) {
  return { groupId: group.id, ...withReason(group, alert, why) } as const;
}

function withReason({ kind }: GroupRow, alert: Pick<Alert, 'reasons'>, text: string, alertId?: string) {
  const reason: AlertReason = {
    kind: kind === 'storm' ? 'storm' : 'group',
    text,
    ...(alertId === undefined ? {} : { alertId }),
  };
  return { reasons: JSON.stringify([...ungrouped(alert), reason]) };
}

/** The rule that made a storm, in words. */
export const STORM_RULE = 'because it came in a storm of alerts';
