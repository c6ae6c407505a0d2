import { type IncidentView, readIncidentRoute } from '#declare/contract';
import { useRead } from '../data/query.ts';
import { RecentChanges } from '../detect/recent-changes.tsx';
import { Loaded } from '../ui/loaded.tsx';
import { CommunicatePanel } from '../communicate/communicate-panel.tsx';
import { BoardPanel } from '../respond/board-panel.tsx';
import { PagePanel } from '../respond/page-panel.tsx';
import { TaskPanel } from '../respond/task-panel.tsx';
import { Composer } from './composer.tsx';
import { EffectPanel } from './effect-panel.tsx';
import { IncidentAlerts } from './incident-alerts.tsx';
import { IncidentPictures } from './incident-pictures.tsx';
import { IncidentHeader } from './incident-header.tsx';
import { PipelineStrip } from './pipeline-strip.tsx';
import { PromisePanel } from './promise-panel.tsx';
import { RolePanel } from './role-panel.tsx';
import { incidentRouteApi } from './route-api.ts';
import { Timeline } from './timeline.tsx';
import { Tracks } from './tracks.tsx';

/** The room of an incident: the live timeline at the left, what is owed and who does what at the right. */
export function IncidentScreen() {
  const { incidentId } = incidentRouteApi.useParams();
  const read = useRead(readIncidentRoute, { params: { id: incidentId } }, ['incidents', `incident:${incidentId}`]);
  return (
    <Loaded read={read} rows={8}>
      {(incident) => <Room incident={incident} />}
    </Loaded>
  );
}

function Room({ incident }: { incident: IncidentView }) {
  return (
    // On a wide screen the room fills the window and its two columns scroll by themselves.
    <div className="flex min-h-0 flex-1 flex-col lg:h-[calc(100dvh-var(--above,3rem))] lg:min-h-[640px] lg:flex-none">
      <IncidentHeader incident={incident} />
      <PipelineStrip incident={incident} />
      <Tracks incident={incident} />
      <div className="grid min-h-0 flex-1 lg:grid-cols-[minmax(0,1fr)_320px] lg:grid-rows-[minmax(0,1fr)]">
        <div className="flex min-h-0 min-w-0 flex-col lg:border-r lg:border-line">
          <Timeline incident={incident} />
          <Composer incident={incident} />
        </div>
        <aside
          aria-label="State of the response"
          tabIndex={0}
          className="flex min-w-0 flex-col gap-6 p-4 max-lg:border-t max-lg:border-line lg:overflow-y-auto"
        >
          <PromisePanel incident={incident} />
          <RolePanel incident={incident} />
          <BoardPanel incident={incident} />
          <IncidentAlerts incident={incident} />
          <IncidentPictures incident={incident} />
          <RecentChanges
            serviceIds={incident.serviceIds}
            began={incident.impactStartedAt}
            until={incident.resolvedAt}
          />
          <TaskPanel incident={incident} />
          <CommunicatePanel incident={incident} />
          <PagePanel incident={incident} />
          <EffectPanel incident={incident} />
        </aside>
      </div>
    </div>
  );
}
