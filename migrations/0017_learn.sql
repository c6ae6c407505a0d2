create table postmortem (
  workspace_id text not null,
  id text not null,
  incident_id text not null,
  state text not null check (state in ('draft', 'in-review', 'approved', 'published')),
  owner_user_id text,
  due_at timestamptz not null,
  version integer not null,
  sections jsonb not null,
  facts jsonb,
  approved_by text,
  approved_at timestamptz,
  published_at timestamptz,
  public_body text,
  public_declined_reason text,
  public_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (workspace_id, id),
  unique (workspace_id, incident_id)
);
create index postmortem_newest on postmortem (workspace_id, created_at desc, id desc);

-- Every saved text, so that nothing that anybody wrote is lost.
create table postmortem_revision (
  workspace_id text not null,
  postmortem_id text not null,
  version integer not null,
  sections jsonb not null,
  author_user_id text,
  at timestamptz not null,
  primary key (workspace_id, postmortem_id, version),
  foreign key (workspace_id, postmortem_id) references postmortem (workspace_id, id)
);

create table action_item (
  workspace_id text not null,
  id text not null,
  incident_id text not null,
  title text not null,
  done_when text not null,
  owner_user_id text not null,
  due_on text not null,
  state text not null check (state in ('open', 'done', 'waived')),
  waived_reason text,
  settled_at timestamptz,
  settled_by text,
  moves jsonb not null default '[]',
  created_by text,
  created_at timestamptz not null,
  primary key (workspace_id, id)
);
create index action_item_open on action_item (workspace_id, state, due_on, id);
create index action_item_incident on action_item (workspace_id, incident_id);
