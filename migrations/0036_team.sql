-- People who are asked together: a step of an escalation policy may name a team.
create table team (
  workspace_id text not null,
  id text not null,
  name text not null,
  created_at timestamptz not null,
  removed_at timestamptz,
  primary key (workspace_id, id)
);
create unique index team_name on team (workspace_id, lower(name)) where removed_at is null;

create table team_member (
  workspace_id text not null,
  team_id text not null,
  user_id text not null,
  added_at timestamptz not null,
  primary key (workspace_id, team_id, user_id),
  foreign key (workspace_id, team_id) references team (workspace_id, id)
);
create index team_member_user on team_member (workspace_id, user_id);
