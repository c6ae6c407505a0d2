-- A monitor whose value something else sends to us: what must hold of it, how often it comes, and what came last.
create table pushed_value (
  workspace_id text not null,
  monitor_id text not null,
  key_digest text not null,
  key_sealed text not null,
  period_seconds integer not null,
  grace_seconds integer not null,
  test text not null check (test in ('at-least', 'at-most', 'above', 'below', 'equals', 'differs')),
  threshold double precision not null,
  for_seconds integer not null,
  last_value double precision,
  last_value_at timestamptz,
  -- When a value last held, without a hole since; null when nothing is known.
  held_at timestamptz,
  -- When the run of values that do not hold began; null while they hold.
  broken_since timestamptz,
  -- When silence makes it unknown; null before the first value, after a silence and while paused.
  due_at timestamptz,
  -- Values ever taken: the number of the last one.
  value_count bigint not null default 0,
  primary key (workspace_id, monitor_id),
  foreign key (workspace_id, monitor_id) references monitor (workspace_id, id)
);
-- A key names its workspace, so it is unique in the installation.
create unique index pushed_value_key on pushed_value (key_digest);
create index pushed_value_due on pushed_value (due_at) where due_at is not null;

create table pushed_value_sample (
  workspace_id text not null,
  monitor_id text not null,
  number bigint not null,
  at timestamptz not null,
  value double precision not null,
  primary key (workspace_id, monitor_id, number),
  foreign key (workspace_id, monitor_id) references pushed_value (workspace_id, monitor_id)
);
create index pushed_value_sample_at on pushed_value_sample (at);
