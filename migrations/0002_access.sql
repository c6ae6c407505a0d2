create table audit_entry (
  id text not null,
  workspace_id text not null,
  at timestamptz not null,
  actor_user_id text,
  actor_name text not null,
  channel text not null,
  action text not null,
  subject_id text not null,
  detail jsonb not null,
  primary key (workspace_id, id)
);
