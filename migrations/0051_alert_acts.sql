-- What people decide about an alert beside acknowledging and closing it.
alter table alert
  -- Quiet until then; it is acknowledged meanwhile, and asks again when the time is up.
  add column snoozed_until timestamptz,
  -- Whom it was given to; pages ask this person first, or go by this escalation policy instead of its service's.
  add column assignee_id text,
  add column policy_id text,
  -- Whether it pages, and how urgently; null = by its signal severity.
  add column urgency text check (urgency in ('high', 'low', 'none'));
create index alert_snoozed on alert (snoozed_until) where snoozed_until is not null;

-- What was done about an alert, by whom and when.
create table alert_entry (
  workspace_id text not null,
  alert_id text not null,
  seq bigint generated always as identity,
  at timestamptz not null,
  kind text not null,
  text text not null,
  data jsonb not null default '{}',
  actor_user_id text,
  -- The part of Allclear that acted; null when a person did.
  actor_name text,
  channel text not null,
  primary key (workspace_id, alert_id, seq)
);

-- How a workspace treats its alerts; without a row, as the columns' defaults say.
create table alert_setting (
  workspace_id text primary key,
  -- Alerts whose sender says nothing for so long are closed; null = never.
  auto_close_seconds integer check (auto_close_seconds >= 300),
  changed_at timestamptz not null
);
