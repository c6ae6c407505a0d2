-- Where checks come from beside this installation: places, and the programs there that ask.
create table location (
  workspace_id text not null,
  id text not null,
  name text not null,
  -- CIDRs that programs there may reach beyond public addresses.
  allowed_targets text[] not null,
  created_at timestamptz not null,
  archived_at timestamptz,
  primary key (workspace_id, id)
);
create unique index location_name on location (workspace_id, lower(name)) where archived_at is null;

create table probe (
  workspace_id text not null,
  id text not null,
  location_id text not null,
  name text not null,
  token_digest text not null unique,
  created_at timestamptz not null,
  revoked_at timestamptz,
  -- By the database's clock, as leases are.
  seen_at timestamptz,
  version text,
  -- What the program said of itself: lateness, checks running, results waiting.
  load jsonb,
  -- When it was found to be silent; null while it reports, and before it ever did.
  lost_at timestamptz,
  primary key (workspace_id, id),
  foreign key (workspace_id, location_id) references location (workspace_id, id)
);
create index probe_location on probe (workspace_id, location_id);
create index probe_watched on probe (seen_at) where revoked_at is null and seen_at is not null;

-- A monitor as it is seen from one place. Only monitors that are asked from elsewhere have such rows, then one for each
-- place, `home` included; the others are judged by monitor_status alone. `number` stands in check_result and
-- latency_bucket for the monitor at this place; at home it is the monitor's own.
create table vantage (
  workspace_id text not null,
  monitor_id text not null,
  location_id text not null,
  number integer not null default nextval(pg_get_serial_sequence('monitor', 'number')),
  state text not null,
  since timestamptz not null,
  verdict jsonb not null,
  settled boolean not null,
  -- No longer asked from there; what was found stays.
  removed_at timestamptz,
  primary key (workspace_id, monitor_id, location_id),
  foreign key (workspace_id, monitor_id) references monitor (workspace_id, id)
) with (fillfactor = 70);
create unique index vantage_number on vantage (number);
create index vantage_location on vantage (workspace_id, location_id) where removed_at is null;

-- How many places must agree; null = more than half.
alter table monitor add column confirm_locations smallint;

-- Two places may find the same monitor failing at the same due time.
alter table check_failure add column location_id text not null default 'home';
alter table check_failure drop constraint check_failure_pkey;
alter table check_failure add primary key (workspace_id, monitor_id, due_at, location_id);
