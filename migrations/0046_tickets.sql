-- When tickets of a help desk are about the same, and how bad they are; a source without a row goes by subject, as warnings.
create table ticket_rule (
  workspace_id text not null,
  alert_source_id text not null,
  same_by text not null check (same_by in ('subject', 'component', 'ticket')),
  severity text not null check (severity in ('critical', 'error', 'warning', 'info')),
  changed_at timestamptz not null,
  primary key (workspace_id, alert_source_id),
  foreign key (workspace_id, alert_source_id) references alert_source (workspace_id, id)
);
