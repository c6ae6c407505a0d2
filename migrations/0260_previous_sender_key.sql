-- The key of a heartbeat, or of a monitor that values are sent to, before the one of now: it is taken until its time is
-- over, so that senders can be changed one by one.
create table previous_sender_key (
  workspace_id text not null,
  monitor_id text not null,
  key_digest text not null,
  until timestamptz not null,
  primary key (workspace_id, monitor_id),
  foreign key (workspace_id, monitor_id) references monitor (workspace_id, id)
);
-- A key names its workspace, so it is unique in the installation.
create unique index previous_sender_key_digest on previous_sender_key (key_digest);
