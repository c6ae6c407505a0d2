import { declineIncidentRoute, type IncidentView } from '#declare/contract';
import { toast } from '../app/toasts.tsx';
import { useAct } from '../data/query.ts';
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
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      title="A false alarm?"
      consequence="Paging stops, what was said in public is corrected, and it stays out of every figure. Thank you for declaring."
      act="It was a false alarm"
      busy={decline.isPending}
      error={decline.error}
      onConfirm={() => decline.mutate({ params: { id: incident.id }, body: {} })}
    />
  );
}
