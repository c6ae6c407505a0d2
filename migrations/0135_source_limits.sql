-- How many signals a minute a source may send; null = as many as it likes.
alter table alert_source add column signals_per_minute integer check (signals_per_minute > 0);

-- What a source was not allowed to send, counted by the hour: over its own limit, or over its part of the waiting places.
create table turned_away (
  workspace_id text not null,
  alert_source_id text not null,
  hour timestamptz not null,
  first_at timestamptz not null,
  last_at timestamptz not null,
  over_limit bigint not null,
  over_share bigint not null,
  primary key (workspace_id, alert_source_id, hour),
  foreign key (workspace_id, alert_source_id) references alert_source (workspace_id, id)
);
create index turned_away_age on turned_away (hour);
