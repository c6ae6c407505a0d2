-- Maintenance that comes again: a rule that windows are planned by, some time ahead.
create table maintenance_series (
  workspace_id text not null,
  id text not null,
  title text not null,
  -- As in the contract: every day, week or month at a time of the clock, or by a cron expression.
  repeat jsonb not null,
  time_zone text not null,
  duration_seconds integer not null check (duration_seconds > 0),
  -- Dates in the zone, 2026-11-23.
  from_date text not null,
  until_date text,
  service_ids text[] not null,
  monitor_ids text[] not null,
  created_at timestamptz not null,
  created_by text,
  -- When somebody ended it, or after the last that it had to plan has begun.
  ended_at timestamptz,
  ended_by text,
  -- Windows are planned for everything that begins until then.
  planned_until timestamptz not null,
  plan_due_at timestamptz not null,
  primary key (workspace_id, id)
);
create index maintenance_series_due on maintenance_series (plan_due_at) where ended_at is null;

alter table maintenance_window add column series_id text;
-- The beginning that the rule gave it, whatever became of it.
alter table maintenance_window add column planned_for timestamptz;
alter table maintenance_window add foreign key (workspace_id, series_id) references maintenance_series (workspace_id, id);
create unique index maintenance_window_of_series on maintenance_window (workspace_id, series_id, planned_for)
  where series_id is not null;
create index maintenance_window_starts on maintenance_window (workspace_id, starts_at, id);

create table maintenance_window_monitor (
  workspace_id text not null,
  maintenance_window_id text not null,
  monitor_id text not null,
  primary key (workspace_id, maintenance_window_id, monitor_id),
  foreign key (workspace_id, maintenance_window_id) references maintenance_window (workspace_id, id) on delete cascade,
  foreign key (workspace_id, monitor_id) references monitor (workspace_id, id)
);
create index maintenance_window_monitor_of on maintenance_window_monitor (workspace_id, monitor_id);
create index maintenance_window_service_of on maintenance_window_service (workspace_id, service_id);

-- A planned window of a series goes when the series is changed.
alter table maintenance_window_service
  drop constraint maintenance_window_service_workspace_id_maintenance_window_fkey;
alter table maintenance_window_service
  add foreign key (workspace_id, maintenance_window_id) references maintenance_window (workspace_id, id) on delete cascade;
