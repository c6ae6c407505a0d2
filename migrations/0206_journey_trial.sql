-- How far a journey is that somebody tries before saving it, for whichever node the dashboard asks. Gone when it ends; not
-- logged, since after a crash nobody waits for it any more.
create unlogged table journey_trial (
  workspace_id text not null,
  trial text not null,
  progress jsonb not null,
  updated_at timestamptz not null default now(),
  primary key (workspace_id, trial)
);
