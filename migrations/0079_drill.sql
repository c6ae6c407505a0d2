-- A paging drill: a real test page to people, who have only to acknowledge it.
alter table page drop constraint page_cause_check;
alter table page add constraint page_cause_check check (cause in ('alert', 'incident', 'role-vacancy', 'by-hand', 'drill'));

create table drill (
  workspace_id text not null references workspace (id),
  id text not null,
  -- Whom it was for, in words: the names of people, of a schedule, of a policy.
  title text not null,
  -- Who asked for it; null = the plan.
  asked_by text,
  started_at timestamptz not null,
  -- When those who have not answered by then have missed it.
  ends_at timestamptz not null,
  primary key (workspace_id, id)
);

create table drill_person (
  workspace_id text not null,
  drill_id text not null,
  user_id text not null,
  -- Null when nothing was sent.
  page_id text,
  state text not null check (state in ('running', 'answered', 'missed', 'unreachable', 'left-out', 'ended')),
  -- Why nothing was sent, or why it ended.
  why text,
  started_at timestamptz not null,
  answered_at timestamptz,
  answered_by_channel text,
  primary key (workspace_id, drill_id, user_id),
  foreign key (workspace_id, drill_id) references drill (workspace_id, id),
  foreign key (workspace_id, page_id) references page (workspace_id, id)
);
-- Nobody is drilled twice at a time, whoever asks.
create unique index drill_person_running on drill_person (workspace_id, user_id) where state = 'running';
create index drill_person_last on drill_person (workspace_id, user_id, started_at desc);
create index drill_person_page on drill_person (workspace_id, page_id) where page_id is not null;

-- When everybody on call is drilled by itself; no row = never.
create table drill_plan (
  workspace_id text primary key references workspace (id),
  every text not null check (every in ('week', 'month')),
  -- 1 = Monday … 7 = Sunday; of a month, the first one in it.
  weekday integer not null check (weekday between 1 and 7),
  -- Wall time in the workspace's zone, such as 10:30.
  at_time text not null,
  next_at timestamptz not null,
  changed_at timestamptz not null,
  changed_by text
);
create index drill_plan_next on drill_plan (next_at);
