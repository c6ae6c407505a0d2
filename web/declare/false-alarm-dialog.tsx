import { declineIncidentRoute, type IncidentView } from '#declare/contract';
import { listAlerts } from '#detect/contract';
import { toast } from '../app/toasts.tsx';
import { useAct, useRead } from '../data/query.ts';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { topicsOf } from './open-states.ts';

export function FalseAlarmDialog({ incident, onClose }: { incident: IncidentView; onClose: () => void }) {
  const decline = useAct(declineIncidentRoute, {
    touches: [...topicsOf(incident.id), 'alerts', 'pages', 'promises', 'status-pages'],
    onDone: () => {
      toast({ text: 'False alarm: paging has stopped, and it counts nowhere' });
      onClose();
    },
  });
  const alerts = useRead(listAlerts, { query: { incidentId: incident.id, limit: 50 } }, ['alerts']);
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      title="A false alarm?"
      consequence={`${aboutWords(alerts.data?.items ?? [])}Paging stops, what was said in public is corrected, and it stays out of every figure. Thank you for declaring.`}
      act="It was a false alarm"
      busy={decline.isPending}
      error={decline.error}
      onConfirm={() => decline.mutate({ params: { id: incident.id }, body: {} })}
    />
  );
}

/** Alerts join by themselves, so that whoever says "a false alarm" may not have looked at all of them. */
function aboutWords(alerts: readonly { readonly title: string }[]): string {
  if (alerts.length < 2) return '';
  const named = alerts.slice(0, 3).map(({ title }) => `“${title}”`);
  const rest = alerts.length - named.length;
  return `All of its ${alerts.length === 50 ? '50 or more' : alerts.length} alerts are called one: ${named.join(', ')}${rest === 0 ? '' : ` and ${rest} more`}. `;
}
