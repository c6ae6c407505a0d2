-- How one person can be reached. Used for pages only once verified.
create table contact_method (
  workspace_id text not null,
  id text not null,
  user_id text not null,
  kind text not null check (kind in ('email', 'webhook', 'ntfy')),
  address text not null,
  label text,
  -- Sealed JSON list: a webhook's signing secrets, newest first, or an ntfy access token.
  credentials text,
  credentials_changed_at timestamptz,
  verified_at timestamptz,
  code_digest text,
  code_expires_at timestamptz,
  code_tries integer not null default 0,
  tested_at timestamptz,
  created_at timestamptz not null,
  primary key (workspace_id, id),
  unique (workspace_id, user_id, kind, address)
);

create table notification_rule (
  workspace_id text not null,
  id text not null,
  user_id text not null,
  contact_method_id text not null,
  urgency text not null check (urgency in ('high', 'low')),
  delay_seconds integer not null check (delay_seconds between 0 and 3600),
  created_at timestamptz not null,
  primary key (workspace_id, id),
  unique (workspace_id, contact_method_id, urgency),
  foreign key (workspace_id, contact_method_id) references contact_method (workspace_id, id) on delete cascade
);
create index notification_rule_user on notification_rule (workspace_id, user_id);

create table escalation_policy (
  workspace_id text not null,
  id text not null,
  is_default boolean not null,
  version integer not null,
  removed_at timestamptz,
  primary key (workspace_id, id)
);
create unique index escalation_policy_one_default on escalation_policy (workspace_id) where is_default;

create table escalation_policy_version (
  workspace_id text not null,
  policy_id text not null,
  version integer not null,
  name text not null,
  document jsonb not null,
  changed_at timestamptz not null,
  changed_by text,
  primary key (workspace_id, policy_id, version),
  foreign key (workspace_id, policy_id) references escalation_policy (workspace_id, id)
);

-- One demand for a responder's attention; keeps the steps it began with.
create table page (
  workspace_id text not null,
  id text not null,
  title text not null,
  state text not null check (state in ('held', 'open', 'acknowledged', 'stopped')),
  cause text not null check (cause in ('alert', 'incident', 'role-vacancy')),
  urgency text not null check (urgency in ('high', 'low')),
  severity text,
  drill boolean not null,
  alert_id text,
  incident_id text,
  service_id text,
  policy_id text,
  policy_version integer,
  policy_name text not null,
  document jsonb not null,
  -- -1 before the first step.
  step integer not null,
  cycle integer not null,
  created_at timestamptz not null,
  starts_at timestamptz not null,
  next_step_at timestamptz,
  acknowledged_at timestamptz,
  acknowledged_by text,
  acknowledged_channel text,
  stopped_at timestamptz,
  stop_reason text,
  primary key (workspace_id, id)
);
create index page_due on page (next_step_at) where state in ('held', 'open') and next_step_at is not null;
create index page_alert on page (workspace_id, alert_id) where alert_id is not null;
create index page_incident on page (workspace_id, incident_id) where incident_id is not null;

-- Whom a page tells, by what and when. The key is the promise of at most one message per person, method, step and cycle.
create table page_notice (
  workspace_id text not null,
  page_id text not null,
  user_id text not null,
  -- `account`: the address of the person's account, when nobody at all could be reached otherwise.
  contact_method_id text not null,
  step integer not null,
  cycle integer not null,
  kind text not null,
  state text not null check (state in ('planned', 'queued', 'cancelled')),
  due_at timestamptz not null,
  delivery_id text,
  primary key (workspace_id, page_id, user_id, contact_method_id, step, cycle),
  foreign key (workspace_id, page_id) references page (workspace_id, id)
);
create index page_notice_due on page_notice (due_at) where state = 'planned';

create table incident_task (
  workspace_id text not null,
  id text not null,
  incident_id text not null,
  title text not null,
  state text not null check (state in ('open', 'done', 'dropped')),
  assignee_id text,
  due_at timestamptz,
  created_by text,
  created_at timestamptz not null,
  settled_at timestamptz,
  primary key (workspace_id, id)
);
create index incident_task_incident on incident_task (workspace_id, incident_id);

-- Every version of an incident's board is kept; the key makes concurrent writers meet.
create table incident_board (
  workspace_id text not null,
  incident_id text not null,
  version integer not null,
  document jsonb not null,
  changed_at timestamptz not null,
  changed_by text,
  primary key (workspace_id, incident_id, version)
);
