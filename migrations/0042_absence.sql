-- When somebody cannot be on call. Like overrides it is never written for the past.
create table absence (
  workspace_id text not null,
  id text not null,
  user_id text not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null check (ends_at > starts_at),
  reason text,
  created_at timestamptz not null,
  created_by text,
  primary key (workspace_id, id)
);
create index absence_span on absence (workspace_id, ends_at);
