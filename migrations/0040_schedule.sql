-- Who is on call when. There is no rotation state: versions and overrides say everything.
create table schedule (
  workspace_id text not null,
  id text not null,
  version integer not null,
  removed_at timestamptz,
  primary key (workspace_id, id)
);

-- Never changed once written; at an instant the last one holds whose effective_from has come.
create table schedule_version (
  workspace_id text not null,
  schedule_id text not null,
  version integer not null,
  name text not null,
  document jsonb not null,
  effective_from timestamptz not null,
  changed_at timestamptz not null,
  changed_by text,
  primary key (workspace_id, schedule_id, version),
  foreign key (workspace_id, schedule_id) references schedule (workspace_id, id)
);

-- Ids are made in order of time, and that is the order in which overrides are applied.
create table schedule_override (
  workspace_id text not null,
  id text not null,
  schedule_id text not null,
  kind text not null check (kind in ('add', 'remove', 'replace')),
  user_id text not null,
  -- Of `replace`: whose place is taken; null = everybody's.
  replaced_user_id text,
  starts_at timestamptz not null,
  ends_at timestamptz not null check (ends_at > starts_at),
  reason text,
  created_at timestamptz not null,
  created_by text,
  primary key (workspace_id, id),
  foreign key (workspace_id, schedule_id) references schedule (workspace_id, id)
);
create index schedule_override_span on schedule_override (workspace_id, schedule_id, ends_at);
