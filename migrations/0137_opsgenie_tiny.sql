-- The short numbers by which senders of Opsgenie's API name alerts; given when one is first asked for.
create table opsgenie_tiny (
  workspace_id text not null,
  alert_id text not null,
  tiny_id bigint generated always as identity,
  primary key (workspace_id, alert_id),
  unique (workspace_id, tiny_id),
  foreign key (workspace_id, alert_id) references alert (workspace_id, id) on delete cascade
);
