-- A place that a team reads. It is told what begins and ends, and pages nobody.
create table notice_channel (
  workspace_id text not null,
  id text not null,
  name text not null,
  kind text not null,
  address text not null,
  -- Sealed JSON list: a webhook's signing secret, an ntfy access token.
  credentials text,
  -- Of these services only; empty = of everything that pages.
  service_ids text[] not null,
  -- How often it hears that something is still open; null = never.
  still_every_seconds integer,
  created_at timestamptz not null,
  created_by text,
  removed_at timestamptz,
  primary key (workspace_id, id)
);

-- Alerts that a channel has been told of and whose end it has not.
create table notice_channel_watch (
  workspace_id text not null,
  channel_id text not null,
  alert_id text not null,
  -- When it is told again; null = only at the end.
  next_at timestamptz,
  reminders integer not null default 0,
  primary key (workspace_id, channel_id, alert_id),
  foreign key (workspace_id, channel_id) references notice_channel (workspace_id, id)
);
create index notice_channel_watch_alert on notice_channel_watch (workspace_id, alert_id);
create index notice_channel_watch_next on notice_channel_watch (next_at) where next_at is not null;
