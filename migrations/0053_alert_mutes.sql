-- Alerts that match ask nobody until the end; they stay visible.
create table alert_mute (
  workspace_id text not null,
  id text not null,
  match jsonb not null,
  reason text not null,
  created_at timestamptz not null,
  created_by text,
  ends_at timestamptz not null,
  -- When somebody ended it before its time.
  ended_at timestamptz,
  ended_by text,
  primary key (workspace_id, id)
);
create index alert_mute_active on alert_mute (workspace_id, ends_at) where ended_at is null;

alter table alert add column mute_id text;
create index alert_muted on alert (workspace_id, mute_id) where mute_id is not null and state <> 'closed';
