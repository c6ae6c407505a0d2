-- How a workspace reaches its people in a chat: the bot that an admin connected, one for each kind.
create table chat_setting (
  workspace_id text not null,
  kind text not null check (kind in ('slack', 'mattermost', 'discord', 'telegram', 'pushover')),
  -- Sealed JSON: tokens and secrets.
  credentials text not null,
  -- What the service calls them: the workspace or server, and the bot.
  account text not null,
  bot text not null,
  changed_at timestamptz not null,
  changed_by text,
  primary key (workspace_id, kind)
);

-- Answers by buttons that were taken, so that the same request twice has its effect once.
create table heard_answer (
  workspace_id text not null,
  answer_key text not null,
  heard_at timestamptz not null,
  primary key (workspace_id, answer_key)
);
create index heard_answer_age on heard_answer (heard_at);
