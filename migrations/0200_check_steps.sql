-- How the steps of a check went, where it is made in several: the last checks of each monitor and place. Those that failed
-- have their steps in `check_failure` too, for as long as that is kept.
create table check_steps (
  workspace_id text not null,
  monitor_id text not null,
  location_id text not null,
  due_at timestamptz not null,
  outcome text not null check (outcome in ('up', 'degraded', 'down', 'unknown')),
  total_ms double precision not null,
  steps jsonb not null,
  primary key (workspace_id, monitor_id, location_id, due_at),
  foreign key (workspace_id, monitor_id) references monitor (workspace_id, id)
);
