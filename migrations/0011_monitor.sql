create table service (
  workspace_id text not null,
  id text not null,
  name text not null,
  slug text not null,
  description text not null,
  -- A document of a later stage; no foreign key across stages.
  escalation_policy_id text,
  created_at timestamptz not null,
  archived_at timestamptz,
  primary key (workspace_id, id)
);
create unique index service_slug on service (workspace_id, slug) where archived_at is null;

create table monitor (
  workspace_id text not null,
  id text not null,
  -- Stands for (workspace_id, id) in check_result and latency_bucket, where each byte is stored a million times a day.
  number integer generated always as identity,
  kind text not null,
  name text not null,
  service_id text not null,
  url text,
  interval_ms integer not null,
  timeout_ms integer not null,
  confirm_failures smallint not null,
  confirm_recoveries smallint not null,
  -- Method, headers, body, assertions and so on; values of secret headers are replaced and kept sealed.
  question jsonb not null,
  sealed_secrets text,
  revision integer not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  archived_at timestamptz,
  primary key (workspace_id, id),
  foreign key (workspace_id, service_id) references service (workspace_id, id)
);
create unique index monitor_number on monitor (number);
create index monitor_service on monitor (workspace_id, service_id);

-- What is held of a monitor at this moment. Written only when something changes, never by a check that confirms it.
create table monitor_status (
  workspace_id text not null,
  monitor_id text not null,
  state text not null,
  since timestamptz not null,
  -- The pure verdict with its unfinished runs; `settled` says that there is none.
  verdict jsonb not null,
  settled boolean not null,
  certificate_expires_at timestamptz,
  drill_started_at timestamptz,
  drill_ends_at timestamptz,
  primary key (workspace_id, monitor_id),
  foreign key (workspace_id, monitor_id) references monitor (workspace_id, id)
) with (fillfactor = 70);
create index monitor_status_drill on monitor_status (drill_ends_at) where drill_ends_at is not null;

-- When a monitor was in which state. Drills are a second track beside the real one.
create table state_interval (
  workspace_id text not null,
  id bigint generated always as identity,
  monitor_id text not null,
  state text not null,
  started_at timestamptz not null,
  ended_at timestamptz,
  drill boolean not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, monitor_id) references monitor (workspace_id, id)
);
create unique index state_interval_open on state_interval (workspace_id, monitor_id, drill) where ended_at is null;
create index state_interval_time on state_interval (workspace_id, monitor_id, started_at);

-- One row per check, in daily partitions (UTC), 92 bytes with its index: widest columns first, nothing null, no text.
-- The monitor's number stands for the workspace. -32768 = a phase that was not reached, status 0 = no answer.
create table check_result (
  due_at timestamptz not null,
  monitor_number integer not null,
  late_ms integer not null,
  total_us integer not null,
  dns_code smallint not null,
  tcp_code smallint not null,
  tls_code smallint not null,
  first_byte_code smallint not null,
  transfer_code smallint not null,
  status smallint not null,
  outcome smallint not null
) partition by range (due_at);
create unique index check_result_once on check_result (monitor_number, due_at);

-- Makes the partition of one day when it is missing, without locking readers or writers of the others.
create function ensure_check_result_day(day date) returns void language plpgsql as $$
declare
  partition text := 'check_result_' || to_char(day, 'YYYYMMDD');
  starts timestamptz := day::timestamp at time zone 'UTC';
begin
  if to_regclass(partition) is not null then return; end if;
  perform pg_advisory_xact_lock(4242011);
  if to_regclass(partition) is not null then return; end if;
  execute format('create table %I (like check_result including all)', partition);
  execute format('alter table check_result attach partition %I for values from (%L) to (%L)', partition, starts, starts + interval '24 hours');
end $$;
select ensure_check_result_day((now() at time zone 'UTC')::date + ahead) from generate_series(-1, 3) as ahead;

-- Checks that were not up, with what was seen.
create table check_failure (
  workspace_id text not null,
  monitor_id text not null,
  due_at timestamptz not null,
  evidence jsonb not null,
  primary key (workspace_id, monitor_id, due_at)
);
create index check_failure_age on check_failure (due_at);

-- Answered checks per monitor and 15 minutes, as a sparse histogram over log-spaced slots, so that percentiles merge.
create table latency_bucket (
  monitor_number integer not null,
  starts_at timestamptz not null,
  slots smallint[] not null,
  counts integer[] not null,
  primary key (monitor_number, starts_at)
);

-- One row for the whole installation: up to where the buckets are made.
create table latency_progress (
  only_one boolean primary key default true check (only_one),
  rolled_until timestamptz not null
);

create table heartbeat (
  workspace_id text not null,
  monitor_id text not null,
  key_digest text not null,
  key_sealed text not null,
  period_seconds integer not null,
  grace_seconds integer not null,
  last_beat_at timestamptz,
  -- When silence counts as failure; null before the first beat, after a miss and while paused.
  due_at timestamptz,
  running_since timestamptz,
  last_duration_ms integer,
  primary key (workspace_id, monitor_id),
  foreign key (workspace_id, monitor_id) references monitor (workspace_id, id)
);
-- A key names its workspace, so it is unique in the installation.
create unique index heartbeat_key on heartbeat (key_digest);
create index heartbeat_due on heartbeat (due_at) where due_at is not null;

-- Programs that check. A row belongs to the installation, not to a workspace: every node checks for all of them.
create table probe_node (
  id text primary key,
  seen_at timestamptz not null
);

-- Until when this installation has listened for beats, and the last stretch in which it has not: a beat that was due
-- then may have been sent to nobody. One row for the whole installation.
create table listening (
  only_one boolean primary key default true check (only_one),
  heard_until timestamptz not null,
  deaf_from timestamptz,
  deaf_until timestamptz
);
