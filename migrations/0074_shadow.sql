-- A source in shadow: what it sends opens alerts, and what would have been paged for them is kept instead of being paged.
alter table alert_source add column shadow boolean not null default false;
alter table alert drop constraint alert_quiet_check;
alter table alert add constraint alert_quiet_check
  check (quiet in ('suppressed', 'held', 'muted', 'grouped', 'maintenance', 'upstream', 'shadow'));

-- The plan as it was at that instant: who would have been asked, when and by what.
create table shadow_page (
  workspace_id text not null,
  id text not null,
  alert_id text not null,
  alert_source_id text not null,
  at timestamptz not null,
  urgency text not null check (urgency in ('high', 'low', 'none')),
  -- Why nobody would have been paged; null when somebody would.
  why text,
  declares boolean not null,
  policy_name text,
  policy_version integer,
  steps jsonb not null,
  primary key (workspace_id, id)
);
create index shadow_page_alert on shadow_page (workspace_id, alert_id);
create index shadow_page_source on shadow_page (workspace_id, alert_source_id, id);
