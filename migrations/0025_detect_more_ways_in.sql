-- How the JSON of another tool becomes a signal; a source without a row takes our own JSON.
create table alert_source_mapping (
  workspace_id text not null,
  alert_source_id text not null,
  mapping jsonb not null,
  -- The payload that the mapping was last tried on.
  sample text,
  changed_at timestamptz not null,
  primary key (workspace_id, alert_source_id),
  foreign key (workspace_id, alert_source_id) references alert_source (workspace_id, id)
);

-- The latest request of Amazon SNS to confirm its subscription.
create table sns_subscription (
  workspace_id text not null,
  alert_source_id text not null,
  topic_arn text not null,
  subscribe_url text not null,
  asked_at timestamptz not null,
  confirmed_at timestamptz,
  primary key (workspace_id, alert_source_id),
  foreign key (workspace_id, alert_source_id) references alert_source (workspace_id, id)
);

-- What was answered with 400, so that people see it where they would look for the signal; the latest 20 of each source.
create table refused_signal (
  workspace_id text not null,
  id text not null,
  alert_source_id text not null,
  received_at timestamptz not null,
  message text not null,
  payload text not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, alert_source_id) references alert_source (workspace_id, id)
);
create index refused_signal_source on refused_signal (workspace_id, alert_source_id, id);
