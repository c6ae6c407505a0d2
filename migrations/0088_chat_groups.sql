-- A user group of a chat, whose members are whoever is on call by a schedule.
create table chat_group (
  workspace_id text not null,
  schedule_id text not null,
  -- As Slack calls it: S0615G0KT.
  group_id text not null,
  -- What people write to mention it; known once Slack has said it.
  handle text,
  -- Who was put into it last, and by which addresses; empty until it was set.
  user_ids text[] not null default '{}',
  addresses text[] not null default '{}',
  set_at timestamptz,
  -- Who is on call and is not in it, since the chat does not know them.
  missing_user_ids text[] not null default '{}',
  -- Why it was left as it was: nobody is on call, or nobody of them has the chat.
  kept text check (kept in ('nobody', 'unknown')),
  -- What kept it from being set at the last try, and how many tries in a row came to nothing.
  problem text,
  problem_at timestamptz,
  tries integer not null default 0,
  -- How often somebody asked for a look; one that comes during a look is not lost.
  asked integer not null default 0,
  -- When it is looked at next.
  due_at timestamptz not null,
  -- Whoever sets it at this moment has it until then.
  leased_until timestamptz,
  primary key (workspace_id, schedule_id),
  foreign key (workspace_id, schedule_id) references schedule (workspace_id, id),
  unique (workspace_id, group_id)
);
create index chat_group_due on chat_group (due_at);
