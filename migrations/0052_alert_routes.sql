-- Ordered rules that decide about each new alert, as one document; without a row there are none.
create table alert_routing (
  workspace_id text primary key,
  version integer not null,
  document jsonb not null,
  changed_at timestamptz not null,
  changed_by text
);

alter table alert
  -- The rule that took it; null = none did.
  add column route_id text,
  -- Why it is where it is, in sentences; null = nothing was decided about it.
  add column reasons jsonb,
  -- It asks nobody although it is open; a held one until its time, a suppressed one for good.
  add column quiet text check (quiet in ('suppressed', 'held', 'muted')),
  add column quiet_until timestamptz,
  -- When whoever owns what nobody claimed is asked to look at it.
  add column look_due_at timestamptz;
create index alert_quiet_until on alert (quiet_until) where quiet_until is not null;
create index alert_look_due on alert (look_due_at) where look_due_at is not null;
-- Held alerts that were over before anybody was asked are counted.
create index alert_transient on alert (workspace_id, closed_at) where quiet = 'held' and state = 'closed';
