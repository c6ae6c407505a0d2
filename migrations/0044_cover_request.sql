-- Somebody asks to be covered in a shift; with a span in return it is a swap. What is accepted becomes overrides.
create table cover_request (
  workspace_id text not null,
  id text not null,
  schedule_id text not null,
  asked_by text not null,
  -- null = whoever takes part in the schedule.
  asked_user_id text,
  starts_at timestamptz not null,
  ends_at timestamptz not null check (ends_at > starts_at),
  return_starts_at timestamptz,
  return_ends_at timestamptz check (return_ends_at > return_starts_at),
  note text,
  state text not null check (state in ('open', 'accepted', 'declined', 'withdrawn')),
  created_at timestamptz not null,
  answered_at timestamptz,
  answered_by text,
  primary key (workspace_id, id),
  foreign key (workspace_id, schedule_id) references schedule (workspace_id, id),
  check ((return_starts_at is null) = (return_ends_at is null))
);
create index cover_request_of_schedule on cover_request (workspace_id, schedule_id, ends_at);
