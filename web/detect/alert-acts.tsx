import { Link } from '@tanstack/react-router';
import { acknowledgeAlertRoute, type AlertView, closeAlertRoute, dismissAlertRoute } from '#detect/contract';
import { askToDeclare } from '../app/declare-slot.ts';
import { useKey } from '../app/keys.ts';
import { toast } from '../app/toasts.tsx';
import { useAct } from '../data/query.ts';
import { useMay } from '../data/session.ts';
import { Button, buttonClass } from '../ui/button.tsx';
import { sentenceOf } from '../ui/error-note.tsx';
import { AlertMore } from './alert-more.tsx';

const touches = ['alerts', 'pages', 'incidents'];
const say = { onError: (error: unknown) => toast({ tone: 'bad', text: sentenceOf(error) }) };

/** What to do with an alert. On its own screen (`all`) Close is there too and Acknowledge stands out; a list stays calm. */
export function AlertActs({ alert, all = false }: { alert: AlertView; all?: boolean }) {
  const size = all ? 'md' : 'sm';
  const mayAct = useMay('alerts.act');
  const mayDeclare = useMay('incidents.declare');
  const own = [...touches, `alert:${alert.id}`];
  const params = { id: alert.id };
  const acknowledge = useAct(acknowledgeAlertRoute, {
    touches: own,
    onDone: () => toast({ text: 'Acknowledged; paging for it has stopped' }),
  });
  const dismiss = useAct(dismissAlertRoute, {
    touches: own,
    onDone: () => toast({ text: 'Not an incident: closed until its source has recovered' }),
  });
  const close = useAct(closeAlertRoute, { touches: own, onDone: () => toast({ text: 'Alert closed' }) });
  const { incidentId } = alert;
  const undecided = incidentId === null && alert.disposition === null;
  const declare = () => askToDeclare({ title: alert.title, alertIds: [alert.id], drill: alert.drill });
  useKey('d', 'Declare an incident from this alert', declare, all && mayDeclare && undecided);
  return (
    <>
      {mayAct && all ? <AlertMore alert={alert} /> : null}
      {mayAct && all ? (
        <Button size={size} busy={close.isPending} onClick={() => close.mutate({ params }, say)}>
          Close
        </Button>
      ) : null}
      {mayAct && undecided ? (
        <Button size={size} busy={dismiss.isPending} onClick={() => dismiss.mutate({ params, body: {} }, say)}>
          Not an incident
        </Button>
      ) : null}
      {mayDeclare && undecided ? (
        <Button size={size} onClick={declare}>
          Declare
        </Button>
      ) : null}
      {mayAct && alert.state === 'open' ? (
        <Button
          size={size}
          variant={all ? 'primary' : 'secondary'}
          className={all ? 'max-md:order-first max-md:w-full' : ''}
          busy={acknowledge.isPending}
          onClick={() => acknowledge.mutate({ params }, say)}
        >
          Acknowledge
        </Button>
      ) : null}
      {incidentId === null ? null : (
        <Link to="/incidents/$incidentId" params={{ incidentId }} className={buttonClass('secondary', size)}>
          Open the incident
        </Link>
      )}
    </>
  );
}
