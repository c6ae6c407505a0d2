-- A heartbeat may follow a cron expression, and each of its beats is kept for a while.
alter table heartbeat
  -- Null when it reports by a period; then `period_seconds` is the longest stretch between two expected times.
  add column cron text,
  add column time_zone text,
  -- How long a run may take after its start; null: as long as the grace.
  add column max_run_seconds integer,
  -- When the next beat should come; stays after a miss, so that it can be said how late it is.
  add column expected_at timestamptz,
  -- Runs that have started and not ended: id, start, and whether the end was missed.
  add column runs jsonb not null default '[]',
  -- Beats ever taken: the number of the last one.
  add column beat_count bigint not null default 0,
  add constraint heartbeat_cron_has_zone check ((cron is null) = (time_zone is null));

update heartbeat set
  expected_at = case when running_since is null then due_at - grace_seconds * interval '1 second' end,
  runs = case when running_since is null then '[]'::jsonb else
    jsonb_build_array(jsonb_build_object('id', null, 'startedAtMs', floor(date_part('epoch', running_since) * 1000), 'late', false)) end;
alter table heartbeat drop column running_since;

create table heartbeat_beat (
  workspace_id text not null,
  monitor_id text not null,
  number bigint not null,
  at timestamptz not null,
  kind text not null check (kind in ('start', 'success', 'failure', 'log', 'missed')),
  exit_code smallint,
  duration_ms integer,
  run_id text,
  address text,
  agent text,
  -- What the job said, or why it counts as missed.
  log text not null,
  primary key (workspace_id, monitor_id, number),
  foreign key (workspace_id, monitor_id) references heartbeat (workspace_id, monitor_id)
);
create index heartbeat_beat_at on heartbeat_beat (at);
