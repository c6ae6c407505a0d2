-- Versions of the severity policy; the highest is in force, incidents pin the one they were declared with.
create table severity_policy (
  workspace_id text not null,
  version integer not null,
  document jsonb not null,
  changed_at timestamptz not null,
  changed_by text,
  primary key (workspace_id, version)
);

-- The last INC-n given out.
create table incident_counter (
  workspace_id text primary key,
  last_number integer not null
);

-- The projection of incident_event, written in the same transaction; it can be rebuilt from there at any time.
create table incident (
  workspace_id text not null,
  id text not null,
  number integer not null,
  title text not null,
  state text not null check (state in ('suspected', 'active', 'mitigated', 'resolved', 'closed', 'declined')),
  severity text not null,
  severity_confirmed boolean not null,
  severity_policy_version integer not null,
  kind text not null check (kind in ('real', 'drill')),
  automatic boolean not null,
  customer_facing boolean not null,
  service_ids text[] not null,
  impact_started_at timestamptz not null,
  detected_at timestamptz not null,
  declared_at timestamptz not null,
  declared_by text,
  accepted_at timestamptz,
  mitigated_at timestamptz,
  resolved_at timestamptz,
  closed_at timestamptz,
  declined_at timestamptz,
  decline_reason text,
  stand_down_at timestamptz,
  postmortem_owner_id text,
  recovery_proposed_at timestamptz,
  reopened_count integer not null,
  -- [{startedAt, endedAt|null}], in order
  impact jsonb not null,
  -- {role: {userId, since}}
  roles jsonb not null,
  touched boolean not null,
  seq integer not null,
  primary key (workspace_id, id),
  unique (workspace_id, number)
);
create index incident_open on incident (workspace_id, number) where state in ('suspected', 'active', 'mitigated');

-- What happened, append-only. seq is given under the incident's row lock, so it has no gaps.
create table incident_event (
  workspace_id text not null,
  incident_id text not null,
  seq integer not null,
  id text not null,
  type text not null,
  text text not null,
  data jsonb not null,
  actor_user_id text,
  actor_name text,
  channel text not null,
  occurred_at timestamptz not null,
  recorded_at timestamptz not null,
  visibility text not null check (visibility in ('internal', 'public')),
  corrects text,
  idempotency_key text,
  primary key (workspace_id, incident_id, seq),
  unique (workspace_id, id),
  foreign key (workspace_id, incident_id) references incident (workspace_id, id)
);
create unique index incident_event_once on incident_event (workspace_id, incident_id, idempotency_key) where idempotency_key is not null;

-- What declaring set off, as a checklist.
create table incident_effect (
  workspace_id text not null,
  incident_id text not null,
  effect text not null,
  state text not null check (state in ('pending', 'done', 'failed', 'skipped')),
  detail text not null,
  started_at timestamptz not null,
  finished_at timestamptz,
  position integer not null,
  primary key (workspace_id, incident_id, effect),
  foreign key (workspace_id, incident_id) references incident (workspace_id, id)
);

-- The ledger of everything owed. next_look_at is when a level (prompt, warn, broken) is to be told next.
create table promise (
  workspace_id text not null,
  id text not null,
  kind text not null,
  incident_id text,
  subject_id text,
  owed_by text not null,
  owner_user_id text,
  opened_at timestamptz not null,
  prompt_at timestamptz,
  warn_at timestamptz,
  due_at timestamptz not null,
  told text check (told in ('prompt', 'warn', 'broken')),
  state text not null check (state in ('pending', 'kept', 'broken', 'waived')),
  settled_at timestamptz,
  drill boolean not null,
  next_look_at timestamptz,
  primary key (workspace_id, id)
);
create index promise_look on promise (next_look_at) where next_look_at is not null;
create index promise_incident on promise (workspace_id, incident_id) where incident_id is not null;
create index promise_subject on promise (workspace_id, subject_id) where subject_id is not null;
create index promise_due on promise (workspace_id, due_at, id);

-- Pictures on the timeline, at most 5 MB each.
create table attachment (
  workspace_id text not null,
  id text not null,
  incident_id text not null,
  entry_id text not null,
  name text not null,
  media_type text not null,
  size_bytes integer not null,
  sha256 text not null,
  bytes bytea not null,
  created_at timestamptz not null,
  created_by text,
  primary key (workspace_id, id),
  foreign key (workspace_id, incident_id) references incident (workspace_id, id)
);
alter table attachment alter column bytes set storage external;
