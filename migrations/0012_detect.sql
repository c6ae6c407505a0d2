-- An address where other tools send signals. The key is looked up by its digest and shown again from its sealed form.
create table alert_source (
  workspace_id text not null,
  id text not null,
  name text not null,
  kind text not null,
  service_id text,
  key_digest text not null unique,
  key_sealed text not null,
  created_at timestamptz not null,
  created_by text,
  last_signal_at timestamptz,
  deleted_at timestamptz,
  primary key (workspace_id, id)
);

-- A deduplicated claim that something is wrong. `scope` keeps the keys of different senders apart: an alert source's
-- id, `monitor`, or `drill`. While `holds_key` is true, signals with the same key belong to this row. Columns that every
-- repeated signal changes (count, last_seen_at) stand in no index, so that such an update stays on its page.
create table alert (
  workspace_id text not null,
  id text not null,
  scope text not null,
  dedup_key text not null,
  holds_key boolean not null default true,
  title text not null,
  severity text not null check (severity in ('critical', 'error', 'warning', 'info')),
  state text not null default 'open' check (state in ('open', 'acknowledged', 'closed')),
  source text not null check (source in ('monitor', 'heartbeat', 'intake')),
  alert_source_id text,
  alert_source_name text,
  monitor_id text,
  service_id text,
  incident_id text,
  disposition text check (disposition in ('dismissed', 'declared', 'false-alarm')),
  dismiss_reason text,
  drill boolean not null default false,
  count integer not null,
  began_at timestamptz not null,
  first_seen_at timestamptz not null,
  last_seen_at timestamptz not null,
  acknowledged_by text,
  acknowledged_at timestamptz,
  closed_at timestamptz,
  closed_by text,
  close_reason text,
  labels jsonb not null default '{}',
  url text,
  evidence jsonb,
  -- What later stages have not been told yet: opened, raised, closed.
  announce text check (announce in ('opened', 'raised', 'closed')),
  raised_from text,
  prompt_due_at timestamptz,
  suspect_due_at timestamptz,
  prompted_at timestamptz,
  primary key (workspace_id, id)
) with (fillfactor = 70);
create unique index alert_key on alert (workspace_id, scope, dedup_key) where holds_key;
create index alert_incident on alert (workspace_id, incident_id) where incident_id is not null;
create index alert_monitor on alert (workspace_id, monitor_id, id) where monitor_id is not null;
create index alert_not_closed on alert (workspace_id, id) where state <> 'closed';
create index alert_announce on alert (workspace_id, id) where announce is not null;
create index alert_prompt_due on alert (prompt_due_at) where prompt_due_at is not null;
create index alert_suspect_due on alert (suspect_due_at) where suspect_due_at is not null;
create index alert_quiet on alert (workspace_id, id) where holds_key and state = 'closed';

-- The messages behind an alert, as received: the first (slot 0) and the latest 199. No foreign key: each row is written
-- by the statement that writes its alert, and a check per row would cost a fifth of the intake.
create table signal (
  workspace_id text not null,
  alert_id text not null,
  slot smallint not null,
  ordinal integer not null,
  id text not null,
  status text not null check (status in ('firing', 'resolved')),
  severity text not null,
  title text not null,
  source text,
  received_at timestamptz not null,
  payload text not null,
  primary key (workspace_id, alert_id, slot)
);
