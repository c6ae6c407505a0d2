import { useState } from 'react';
import { acceptIncidentRoute, type IncidentView } from '#declare/contract';
import { closeIncidentRoute } from '#resolve/contract';
import { startPostmortemRoute } from '#learn/contract';
import { useNavigate } from '@tanstack/react-router';
import { toast } from '../app/toasts.tsx';
import { useKey } from '../app/keys.ts';
import { useAct } from '../data/query.ts';
import { useMay } from '../data/session.ts';
import { Button } from '../ui/button.tsx';
import { sentenceOf } from '../ui/error-note.tsx';
import { MitigateDialog } from '../resolve/mitigate-dialog.tsx';
import { ReopenDialog } from '../resolve/reopen-dialog.tsx';
import { ResolveDialog } from '../resolve/resolve-dialog.tsx';
import { StandDownDialog } from '../resolve/stand-down-dialog.tsx';
import { FalseAlarmDialog } from './false-alarm-dialog.tsx';
import { topicsOf } from './open-states.ts';
import { SeverityDialog } from './severity-dialog.tsx';

type Asked = 'severity' | 'false-alarm' | 'mitigate' | 'resolve' | 'stand-down' | 'reopen';

const fail = { onError: (error: unknown) => toast({ tone: 'bad', text: sentenceOf(error) }) };

/** What can be done now; the one next step is the primary button and has a key. */
export function IncidentActs({ incident }: { incident: IncidentView }) {
  const may = useMay('incidents.respond');
  const [asked, ask] = useState<Asked>();
  const close = () => ask(undefined);
  const { state } = incident;
  const working = state === 'active' || state === 'mitigated';
  useKey('m', 'Mark mitigated', () => ask('mitigate'), may && state === 'active');
  useKey('r', 'Resolve', () => ask('resolve'), may && working);
  useKey('s', 'Change the severity', () => ask('severity'), may && (working || state === 'suspected'));
  if (!may) return null;
  return (
    <div className="flex flex-wrap items-center gap-2">
      {state === 'suspected' ? <Suspected incident={incident} onDecline={() => ask('false-alarm')} /> : null}
      {working ? (
        <>
          <Button onClick={() => ask('false-alarm')}>False alarm</Button>
          <Button onClick={() => ask('severity')} keyHint="s">
            {incident.severityConfirmed ? 'Change severity' : 'Confirm severity'}
          </Button>
          <Button variant={state === 'mitigated' ? 'primary' : 'secondary'} onClick={() => ask('resolve')} keyHint="r">
            Resolve
          </Button>
        </>
      ) : null}
      {state === 'active' ? (
        <Button
          variant="primary"
          keyHint="m"
          onClick={() => ask('mitigate')}
          className="max-sm:order-first max-sm:w-full"
        >
          Mark mitigated
        </Button>
      ) : null}
      {state === 'resolved' || state === 'closed' ? (
        <Afterwards incident={incident} onReopen={() => ask('reopen')} onStandDown={() => ask('stand-down')} />
      ) : null}
      {asked === 'severity' ? <SeverityDialog incident={incident} onClose={close} /> : null}
      {asked === 'false-alarm' ? <FalseAlarmDialog incident={incident} onClose={close} /> : null}
      {asked === 'mitigate' ? <MitigateDialog incident={incident} onClose={close} /> : null}
      {asked === 'resolve' ? <ResolveDialog incident={incident} onClose={close} /> : null}
      {asked === 'stand-down' ? <StandDownDialog incident={incident} onClose={close} /> : null}
      {asked === 'reopen' ? <ReopenDialog incident={incident} onClose={close} /> : null}
    </div>
  );
}

function Suspected({ incident, onDecline }: { incident: IncidentView; onDecline: () => void }) {
  const accept = useAct(acceptIncidentRoute, { touches: [...topicsOf(incident.id), 'promises', 'pages'] });
  return (
    <>
      <Button onClick={onDecline}>False alarm</Button>
      <Button
        variant="primary"
        busy={accept.isPending}
        onClick={() => accept.mutate({ params: { id: incident.id }, body: {} }, fail)}
      >
        It is an incident
      </Button>
    </>
  );
}

function Afterwards({
  incident,
  onReopen,
  onStandDown,
}: {
  incident: IncidentView;
  onReopen: () => void;
  onStandDown: () => void;
}) {
  const navigate = useNavigate();
  const mayWrite = useMay('postmortems.write');
  const touches = topicsOf(incident.id);
  const close = useAct(closeIncidentRoute, {
    touches,
    onDone: () => toast({ text: `${incident.reference} is closed` }),
  });
  const start = useAct(startPostmortemRoute, {
    touches: ['postmortems', 'promises', ...touches],
    onDone: (postmortem) =>
      void navigate({ to: '/postmortems/$postmortemId', params: { postmortemId: postmortem.id } }),
  });
  const params = { params: { id: incident.id } };
  return (
    <>
      {incident.state === 'resolved' ? <Button onClick={onReopen}>Reopen</Button> : null}
      {mayWrite ? (
        <Button busy={start.isPending} onClick={() => start.mutate(params, fail)}>
          Postmortem
        </Button>
      ) : null}
      {incident.state === 'resolved' && incident.standDownAt === null ? (
        <Button variant="primary" onClick={onStandDown}>
          Stand down
        </Button>
      ) : null}
      {incident.state === 'resolved' && incident.standDownAt !== null ? (
        <Button variant="primary" busy={close.isPending} onClick={() => close.mutate(params, fail)}>
          Close
        </Button>
      ) : null}
    </>
  );
}
