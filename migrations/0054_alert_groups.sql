-- Alerts that ask as one: those that a route groups, and those of a storm. The lead asks for all of them.
create table alert_group (
  workspace_id text not null,
  id text not null,
  kind text not null check (kind in ('route', 'storm')),
  -- What makes two alerts one: the rule and the values it groups by; in a storm, the escalation policy.
  key text not null,
  lead_id text not null,
  opened_at timestamptz not null,
  last_at timestamptz not null,
  -- Without a further alert it is over by then; each one moves it.
  open_until timestamptz not null,
  primary key (workspace_id, id)
);
create index alert_group_key on alert_group (workspace_id, key, open_until);
create index alert_group_lead on alert_group (workspace_id, lead_id);

alter table alert add column group_id text;
create index alert_grouped on alert (workspace_id, group_id, id) where group_id is not null;
alter table alert drop constraint alert_quiet_check;
alter table alert add constraint alert_quiet_check check (quiet in ('suppressed', 'held', 'muted', 'grouped'));

-- Over so many new alerts a minute they are one; null = never.
alter table alert_setting add column storm_per_minute integer default 30 check (storm_per_minute >= 5);
