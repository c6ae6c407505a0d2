-- A key that was replaced works on until then; null = it has been replaced never, or was revoked at once.
alter table alert_source
  add column previous_key_digest text,
  add column previous_key_until timestamptz,
  add column key_changed_at timestamptz;
create unique index alert_source_previous_key on alert_source (previous_key_digest) where previous_key_digest is not null;

-- The last messages of every source and what became of them; the latest 25 of each source, 30 days.
create table received_message (
  workspace_id text not null,
  id text not null,
  alert_source_id text not null,
  received_at timestamptz not null,
  format text not null,
  outcome text not null,
  text text not null,
  alert_ids text[] not null,
  payload text not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, alert_source_id) references alert_source (workspace_id, id)
);
create index received_message_source on received_message (workspace_id, alert_source_id, id);
create index received_message_age on received_message (received_at);

-- What other tools say that they changed: a deployment, a migration, a flag. It alerts nobody.
create table change_event (
  workspace_id text not null,
  id text not null,
  alert_source_id text not null,
  service_id text,
  summary text not null,
  source text,
  links jsonb not null,
  details jsonb,
  happened_at timestamptz not null,
  received_at timestamptz not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, alert_source_id) references alert_source (workspace_id, id)
);
create index change_event_source on change_event (workspace_id, alert_source_id, id);
create index change_event_service on change_event (workspace_id, service_id, id);
