-- What a service needs in order to work. There is no cycle: the verb refuses one.
create table service_dependency (
  workspace_id text not null,
  service_id text not null,
  depends_on_id text not null,
  primary key (workspace_id, service_id, depends_on_id),
  foreign key (workspace_id, service_id) references service (workspace_id, id),
  foreign key (workspace_id, depends_on_id) references service (workspace_id, id),
  check (service_id <> depends_on_id)
);
create index service_dependency_on on service_dependency (workspace_id, depends_on_id);

-- Planned work on some services: what fails of them meanwhile asks nobody until the end.
create table maintenance_window (
  workspace_id text not null,
  id text not null,
  title text not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  created_at timestamptz not null,
  created_by text,
  -- When somebody ended it before its time.
  ended_at timestamptz,
  ended_by text,
  primary key (workspace_id, id),
  check (ends_at > starts_at)
);
create index maintenance_window_ends on maintenance_window (workspace_id, ends_at) where ended_at is null;

create table maintenance_window_service (
  workspace_id text not null,
  maintenance_window_id text not null,
  service_id text not null,
  primary key (workspace_id, maintenance_window_id, service_id),
  foreign key (workspace_id, maintenance_window_id) references maintenance_window (workspace_id, id),
  foreign key (workspace_id, service_id) references service (workspace_id, id)
);

alter table alert drop constraint alert_quiet_check;
alter table alert add constraint alert_quiet_check
  check (quiet in ('suppressed', 'held', 'muted', 'grouped', 'maintenance', 'upstream', 'shadow'));
-- The maintenance window, or the alert of what it depends on, that keeps it quiet.
alter table alert add column quiet_by text;
create index alert_quiet_by on alert (workspace_id, quiet_by) where quiet_by is not null and state <> 'closed';
create index alert_of_service on alert (workspace_id, service_id) where service_id is not null and state <> 'closed';
