-- What files manage: by which key of which set of files a thing is known. A thing belongs to one set at most.
create table config_key (
  workspace_id text not null,
  set_name text not null,
  section text not null check (section in ('services', 'monitors', 'slos', 'maintenance')),
  key text not null,
  -- The id of what the key stands for, whichever table it is in; it may be archived by now.
  target_id text not null,
  applied_at timestamptz not null,
  primary key (workspace_id, set_name, section, key),
  unique (workspace_id, target_id)
);
