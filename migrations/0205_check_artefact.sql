-- What a check in a browser leaves behind when it was not up: a picture of the page (JPEG) and a trace (zip). Of each monitor
-- only the last ones are kept.
create table check_artefact (
  workspace_id text not null,
  monitor_id text not null,
  id text not null,
  part text not null check (part in ('picture', 'trace')),
  taken_at timestamptz not null,
  bytes bytea not null,
  primary key (workspace_id, id, part),
  foreign key (workspace_id, monitor_id) references monitor (workspace_id, id)
);
create index check_artefact_of_monitor on check_artefact (workspace_id, monitor_id, taken_at desc);
-- They are compressed already.
alter table check_artefact alter column bytes set storage external;
