-- Objectives for a service or a set of monitors. What was available is reckoned from state intervals, never stored.
create table slo (
  workspace_id text not null,
  id text not null,
  name text not null,
  -- Null when it is on monitors, which `slo_monitor` names.
  service_id text,
  -- Percent, such as 99.9.
  objective double precision not null,
  -- The last so many days, or null for the calendar month in `time_zone`.
  window_days integer,
  time_zone text,
  -- Burn-rate alerts: pairs of windows, a rate and a severity.
  alerts jsonb not null,
  -- The longest window of `alerts`: no downtime before it can make one fire.
  looks_back_minutes integer not null,
  -- Since when alerts of this severity fire; null while they do not.
  critical_since timestamptz,
  warning_since timestamptz,
  created_at timestamptz not null,
  archived_at timestamptz,
  primary key (workspace_id, id),
  foreign key (workspace_id, service_id) references service (workspace_id, id),
  check ((window_days is null) <> (time_zone is null))
);

create table slo_monitor (
  workspace_id text not null,
  slo_id text not null,
  monitor_id text not null,
  primary key (workspace_id, slo_id, monitor_id),
  foreign key (workspace_id, slo_id) references slo (workspace_id, id),
  foreign key (workspace_id, monitor_id) references monitor (workspace_id, id)
);

alter table alert drop constraint alert_source_check;
alter table alert add constraint alert_source_check
  check (source in ('monitor', 'heartbeat', 'intake', 'person', 'slo'));
