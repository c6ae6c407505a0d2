-- Secret addresses that calendar programs read. Of the key only a digest is kept.
create table calendar_feed (
  workspace_id text not null,
  id text not null,
  kind text not null check (kind in ('person', 'schedule', 'team')),
  -- The person, schedule or team.
  subject_id text not null,
  key_digest text not null unique,
  created_at timestamptz not null,
  created_by text not null,
  revoked_at timestamptz,
  primary key (workspace_id, id)
);
create index calendar_feed_of_maker on calendar_feed (workspace_id, created_by) where revoked_at is null;
