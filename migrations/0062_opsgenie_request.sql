-- What became of a request in the format of Opsgenie, for whoever asks for it by its id; kept for a day.
create table opsgenie_request (
  workspace_id text not null,
  id uuid not null,
  alert_source_id text not null,
  action text not null,
  success boolean not null,
  status text not null,
  alert_id text,
  alias text,
  processed_at timestamptz not null,
  primary key (workspace_id, id)
);
create index opsgenie_request_age on opsgenie_request (processed_at);
