import { useParams } from '@tanstack/react-router';
import { getMonitor } from '#monitor/contract';
import { LoadedScreen } from '../app/loaded-screen.tsx';
import { useRead } from '../data/query.ts';
import { Page } from '../ui/panel.tsx';
import { AskingForm } from './asking-form.tsx';
import { HeartbeatForm } from './heartbeat-form.tsx';
import { ManagedNote } from './managed-note.tsx';
import { PushedValueForm } from './pushed-value-form.tsx';

export function EditMonitorScreen() {
  const { monitorId } = useParams({ from: '/shell/monitors/$monitorId/edit' });
  const monitor = useRead(getMonitor, { params: { id: monitorId } }, ['monitors', `monitor:${monitorId}`]);
  return (
    <LoadedScreen read={monitor} title="Edit">
      {(data) => (
        <Page title={`Edit ${data.name}`} narrow>
          <div className="mb-4 empty:hidden">
            <ManagedNote monitor={data} />
          </div>
          {data.heartbeat !== null ? (
            <HeartbeatForm monitor={data} heartbeat={data.heartbeat} />
          ) : data.pushedValue !== null ? (
            <PushedValueForm monitor={data} pushedValue={data.pushedValue} />
          ) : (
            <AskingForm monitor={data} />
          )}
        </Page>
      )}
    </LoadedScreen>
  );
}
