-- Who needs what a check left behind for longer than the last ten checks of its monitor: an alert that is open, or that
-- belongs to an incident.
create table check_artefact_hold (
  workspace_id text not null,
  holder text not null,
  artefact_id text not null,
  primary key (workspace_id, holder, artefact_id)
);
create index check_artefact_hold_of on check_artefact_hold (workspace_id, artefact_id);
-- What open alerts and incidents show today.
insert into check_artefact_hold (workspace_id, holder, artefact_id)
select a.workspace_id, a.id, a.evidence->'artefacts'->>'id'
from alert a
where a.monitor_id is not null
  and (a.state <> 'closed' or a.incident_id is not null)
  and a.evidence->'artefacts'->>'id' is not null;
